"""The simple rich text of the documents: italic, bold, lists and tables. Sanitised when saved and when shown."""

import html
import re
from collections import Counter

import nh3
from django.core.exceptions import ValidationError
from django.db.models import TextField
from django.forms import Media, Script, Textarea
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField
from django_prose_editor.widgets import ProseEditorWidget

from sakip import text_tables
from sakip.text import printable, too_long, trimmed
from sakip.text_fields import Typed, refuse_nul

LISTS = 9  # levels; a word processor supports no more
DEEPEST = 30  # nested tags; enough for LISTS lists with their items, paragraphs and marks
TOO_DEEP = (
    f"Teks ini bersusun terlalu dalam. Tulis daftar di dalam daftar paling banyak {LISTS} tingkat, "
    "dan tandai kata miring atau tebal satu kali saja."
)
LONGEST_RICH = (
    50_000  # characters that people read; some seventeen pages, more than any cell of an LHE
)
LONGEST_HTML = 4 * LONGEST_RICH  # with the tags; a text of nothing but marks stops here
MOST_LINES = 2_000  # paragraphs, list items and line breaks
TOO_MANY_LINES = (
    f"Teks ini terlalu banyak baris. Tulis paling banyak {MOST_LINES // 1000}.000 paragraf, butir, dan sel tabel, "
    "atau lampirkan sebagai berkas."
)
TOO_MANY_MARKS = (
    "Teks ini memuat terlalu banyak tanda. Tempel lagi sebagai teks biasa (Ctrl+Shift+V)."
)
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "HardBreak": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}


class RichTextInput(ProseEditorWidget):
    """A textarea of HTML that js/editor.js turns into an editor.

    The start code of the package needs an inline import map, which the security policy forbids. Ours
    reads the address of the package's module from an attribute of the textarea.
    """

    @property
    def media(self):
        return Media(
            css={"all": ["css/editor.css"]},
            js=[Script("js/editor.js", type="module")],
        )

    def get_context(self, name, value, attrs):
        context = Textarea.get_context(self, name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-rich-text": static("django_prose_editor/editor.js"),
            "data-word-paste": static("js/word_paste.js"),
            "data-editor-tables": static("js/editor_tables.js"),
        }
        return context


class RichTextFormField(ProseEditorFormField):
    widget = RichTextInput

    def to_python(self, value):
        text = super().to_python(value)
        require_fitting(text)
        if is_too_deep(text):
            raise ValidationError(TOO_DEEP, code="too_deep")
        return text if _is_readable(text) else ""

    def clean(self, value):
        text = super().clean(value)
        if text_tables.has_too_large(text):
            raise ValidationError(text_tables.TOO_LARGE, code="too_large_table")
        return text_tables.tidied(text)


class RichTextField(Typed, ProseEditorField):
    """HTML of p, em, strong, ul, ol (with type and start), li and regular tables. A form and `full_clean` remove
    everything else.

    Nothing longer than `require_fitting` allows is stored. A form refuses lists with more than `LISTS`
    levels; elsewhere deeper items move up to the last allowed level instead, so that an old record with
    such a text can still be saved. A text of which nothing can be read is empty.
    """

    column_class = TextField

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("config", {"extensions": EXTENSIONS})
        kwargs.setdefault("sanitize", True)
        super().__init__(*args, **kwargs)

    def tidied(self, text):
        require_fitting(text)
        if is_too_deep(text):
            text = flattened(text)
        return text if _is_readable(text) else ""

    def clean(self, value, instance):
        return text_tables.tidied(super().clean(value or "", instance))

    def contribute_to_class(self, cls, name, **kwargs):
        """The excerpt of the package lets the words of two paragraphs or cells run together."""
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, f"get_{name}_excerpt", _excerpt(name))

    def formfield(self, **kwargs):
        """Makes the form sanitise too, so that the history records the text that is really stored."""
        kwargs |= {"form_class": RichTextFormField, "widget": RichTextInput}
        return super().formfield(sanitize=self.sanitize, **kwargs)


def _excerpt(name):
    def excerpt(record, words=10):
        return Truncator(plain_text(getattr(record, name))).words(words, truncate=" ...")

    return excerpt


def require_fitting(text: str):
    """Raises ValidationError when the HTML contains NUL, or more than documents and pages can bear."""
    refuse_nul(text)
    if len(text) > LONGEST_RICH:  # a shorter one cannot have too many letters
        reason = too_long(plain_text(text[:LONGEST_HTML]), LONGEST_RICH)
        if reason or len(text) > LONGEST_HTML:
            raise ValidationError(reason or TOO_MANY_MARKS, code="max_length")
    if len(text) > MOST_LINES and len(LINE.findall(text)) > MOST_LINES:
        raise ValidationError(TOO_MANY_LINES, code="too_many_lines")


LINE = re.compile(r"<(?:p|li|br)\b", re.IGNORECASE)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)")
VOID = {"br", "hr", "img", "input", "wbr"}
CLOSED_BY_THE_NEXT = {"li", "p"}
PARTS_OF_TABLES = {"thead", "tbody", "tr", "th", "td"}  # not counted: people leave them open


def is_too_deep(text: str) -> bool:
    """Whether tags are nested too deeply. A tag that is never closed counts until the end."""
    if text.count("<") <= LISTS:
        return False
    stack = []
    for closes, name in TAG.findall(text):
        name = name.lower()
        if name in PARTS_OF_TABLES:
            continue
        if closes:
            while stack and stack[-1] in CLOSED_BY_THE_NEXT and stack[-1] != name:
                stack.pop()
            if name in stack:
                del stack[len(stack) - 1 - stack[::-1].index(name)]
        elif name not in VOID:
            if stack and stack[-1] == name and name in CLOSED_BY_THE_NEXT:
                stack.pop()
            stack.append(name)
        if len(stack) > DEEPEST or stack.count("ul") + stack.count("ol") > LISTS:
            return True
    return False


STACKING = re.compile(r"<(/?)(ul|ol|em|strong|i|b)\b[^<>]*+>", re.IGNORECASE)


def flattened(text: str, lists: int = LISTS) -> str:
    """Removes the tags of lists deeper than `lists` and of nested equal marks; keeps all words.

    The result may not be well-formed HTML.
    """
    depth = Counter()

    def kept(match):
        closes, name = match[1], match[2].lower()
        name, most = ("list", lists) if name in ("ul", "ol") else (name, 1)
        level = depth[name] if closes else depth[name] + 1
        depth[name] = max(0, level - 1) if closes else level
        return match[0] if level <= most else ""

    return STACKING.sub(kept, text)


# The tags of our rich text as they are stored. To replace each of them is many times as fast as one pattern.
LINE_TAGS = ("</p>", "</li>", "<br>")
PLAIN_TAGS = ("<p>", "<em>", "</em>", "<strong>", "</strong>", "<li>", "<ul>", "</ul>", "<ol>", "</ol>")  # fmt: skip
# The same with blanks and attributes. Removing only these is ten times as fast as `strip_tags`.
OURS = re.compile(r"</?(?:p|em|strong|ul|ol|li|br)(?:\s[^<>\"']*)?/?>")


def plain_text(text: str) -> str:
    """The text without tags, one line for each paragraph, list item or row of a table; "" when it has no words."""
    # Nearly every text is of plain paragraphs, which takes a tenth of the time.
    if text.startswith("<p>") and text.endswith("</p>"):
        lines = text[3:-4].replace("</p><p>", "\n")
        if "<" not in lines:
            return _tidy_lines(lines)
    lines = text = text_tables.as_lines(text)
    for tag in LINE_TAGS:
        lines = lines.replace(tag, "\n")
    for tag in PLAIN_TAGS:
        lines = lines.replace(tag, "")
    if "<" in lines:
        lines = OURS.sub("", re.sub(r"</(?:p|li)>|<br\s*/?>", "\n", text))
        if "<" in lines:
            lines = strip_tags(lines)
    return _tidy_lines(lines)


def as_paragraphs(lines: str) -> str:
    """Plain text as rich text, a paragraph for each line; "" for nothing."""
    return f"<p>{html.escape(lines)}</p>".replace("\n", "</p><p>") if lines else ""


def _tidy_lines(text):
    lines = html.unescape(text).replace("\xa0", " ").splitlines()
    return "\n".join(filter(None, map(str.strip, lines)))


WORD = re.compile(r"(?:\A|>)[^<>&]*?[A-Za-z0-9]")


def _is_readable(text: str) -> bool:
    return bool(WORD.search(text) or trimmed(plain_text(text)))  # the first is ten times as fast


PIECES = re.compile(r"<[^>]*>|&#?\w+;|.", re.DOTALL)
ENDS_A_LINE = re.compile(r"</(?:p|li|td|th)>|<br\s*/?>")


def in_places(text: str) -> list[tuple[str, int, int]]:
    """The signs that `plain_text` would show, each with its place (start, end) in the HTML.

    White space is one blank each, and a line ends with one line break. A cell of a table is a line of its own.
    """
    places: list[tuple[str, int, int]] = []
    for piece in PIECES.finditer(text):
        sign = piece[0]
        if sign.startswith("<"):
            sign = "\n" if ENDS_A_LINE.match(sign) else ""
        elif len(sign) > 1:
            sign = html.unescape(sign)
        if sign and sign != "\n" and sign.isspace() or piece[0] == "\n":
            sign = " "
        last = places[-1][0] if places else "\n"
        if not sign or (sign in " \n" and last == "\n") or (sign == " " and last == " "):
            continue
        places += [(one, piece.start(), piece.end()) for one in sign]
    return places


# Documents print more than people type: document definitions number lists, and "steps" get (1), (2).
PRINTED_TAGS = {"p", "br", "em", "i", "strong", "b", "ul", "ol", "li"} | text_tables.TAGS
PRINTED_ATTRIBUTES = {"ol": {"type", "start"}, "li": {"value"}} | text_tables.ATTRIBUTES
PRINTED_CLASSES = {"ol": {"steps"}}
# The LISTS levels that people type can be inside two lists of a table. A limit is needed: neither a page nor
# Python's stack has room for a hundred levels.
PRINTED_LISTS = LISTS + 2
ORDINAL = re.compile(r"[1-9]\d{0,2}")


def clean(html: str) -> SafeString:
    """The rich text with only the tags that pages and documents may contain, whatever is stored."""
    cleaned = nh3.clean(
        flattened(printable(html), PRINTED_LISTS),
        tags=PRINTED_TAGS,
        attributes=PRINTED_ATTRIBUTES,
        allowed_classes=PRINTED_CLASSES,
        attribute_filter=_keep_known_value,
    )
    return mark_safe(text_tables.tidied(cleaned))  # noqa: S308  nh3 has just cleaned it


def shown(html: str) -> SafeString:
    """The rich text as it stands on pages and on paper."""
    return mark_safe(text_tables.framed(clean(html)))  # noqa: S308  just cleaned


def _keep_known_value(tag: str, attribute: str, value: str) -> str | None:
    if attribute in ("start", "value"):
        return value if ORDINAL.fullmatch(value) else None
    if attribute == "type":
        return value if value in ("1", "a", "A", "i", "I") else None
    return value
