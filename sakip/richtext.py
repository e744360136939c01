"""The small rich text of the documents: italic, bold and lists, sanitised on the way in and on the way out."""

import html
import re
from collections import Counter

import nh3
from django.core.exceptions import ValidationError
from django.forms import Media, Script, Textarea
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField
from django_prose_editor.widgets import ProseEditorWidget

LISTS = 9  # levels: a word processor knows no more
DEEPEST = 30  # tags within each other: all those lists with their items, paragraphs and marks
TOO_DEEP = (
    f"Teks ini bersusun terlalu dalam. Tulis daftar di dalam daftar paling banyak {LISTS} tingkat, "
    "dan tandai kata miring atau tebal satu kali saja."
)
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "HardBreak": True,
}


class RichTextInput(ProseEditorWidget):
    """A textarea of HTML that js/editor.js turns into an editor.

    The package's own start needs an inline import map, which the security policy forbids; ours
    reads the address of the package's module from the textarea.
    """

    @property
    def media(self):
        return Media(
            css={"all": ["django_prose_editor/editor.css", "css/tokens.css", "css/editor.css"]},
            js=[Script("js/editor.js", defer=True)],
        )

    def get_context(self, name, value, attrs):
        context = Textarea.get_context(self, name, value, attrs)
        context["widget"]["attrs"]["data-rich-text"] = static("django_prose_editor/editor.js")
        return context


class RichTextFormField(ProseEditorFormField):
    widget = RichTextInput

    def clean(self, value):
        if is_too_deep(value or ""):
            raise ValidationError(TOO_DEEP, code="too_deep")
        return super().clean(value)


class RichTextField(ProseEditorField):
    """HTML of p, em, strong, ul, ol and li; anything else is dropped when a form or `full_clean` cleans it.

    A form refuses lists beyond `LISTS` levels; `full_clean` makes items of the last level of them,
    so that an old record with such a text can still be saved.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("config", {"extensions": EXTENSIONS})
        kwargs.setdefault("sanitize", True)
        super().__init__(*args, **kwargs)

    def clean(self, value, instance):
        return super().clean(flattened(value or ""), instance)

    def formfield(self, **kwargs):
        """Cleans in the form too, so that the history records what is really stored."""
        kwargs |= {"form_class": RichTextFormField, "widget": RichTextInput}
        return super().formfield(sanitize=self.sanitize, **kwargs)


TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)")
VOID = {"br", "hr", "img", "input", "wbr"}
CLOSED_BY_THE_NEXT = {"li", "p"}


def is_too_deep(text: str) -> bool:
    """Whether tags stand too deep within each other; what is never closed counts to the end."""
    stack = []
    for closes, name in TAG.findall(text):
        name = name.lower()
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
    """Lists beyond that level as items of it, and each mark once. All words stay; not yet well-formed."""
    depth = Counter()

    def kept(match):
        closes, name = match[1], match[2].lower()
        name, most = ("list", lists) if name in ("ul", "ol") else (name, 1)
        level = depth[name] if closes else depth[name] + 1
        depth[name] = max(0, level - 1) if closes else level
        return match[0] if level <= most else ""

    return STACKING.sub(kept, text)


# What the small rich text is made of; taken out ten times as fast as any tag.
OURS = re.compile(r"</?(?:p|em|strong|ul|ol|li|br)(?:\s[^<>\"']*)?/?>")


def plain_text(text: str) -> str:
    """The words alone, one line for each paragraph or list item; empty when there are none."""
    lines = re.sub(r"</(?:p|li)>|<br\s*/?>", "\n", text)
    lines = OURS.sub("", lines)
    if "<" in lines:
        lines = strip_tags(lines)
    lines = html.unescape(lines).replace("\xa0", " ").splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


# What XML 1.0 cannot hold: a workbook with one of these does not open.
ILLEGAL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Documents print more than people type: definitions number lists, and "steps" are numbered (1), (2).
PRINTED_TAGS = {"p", "br", "em", "i", "strong", "b", "ul", "ol", "li"}
PRINTED_ATTRIBUTES = {"ol": {"type", "start"}, "li": {"value"}}
PRINTED_CLASSES = {"ol": {"steps"}}
# Those that may be typed within the lists of a table. Neither a page nor Python's stack has room for a hundred.
PRINTED_LISTS = LISTS + 2
ORDINAL = re.compile(r"[1-9]\d{0,2}")


def printable(text: object) -> str:
    """`text` without the control characters that neither XML nor paper can hold."""
    return ILLEGAL_CHARACTERS.sub("", str(text))


def clean(html: str) -> SafeString:
    """The rich text as pages and documents may hold it; nothing else survives, whatever the database holds."""
    cleaned = nh3.clean(
        flattened(printable(html), PRINTED_LISTS),
        tags=PRINTED_TAGS,
        attributes=PRINTED_ATTRIBUTES,
        allowed_classes=PRINTED_CLASSES,
        attribute_filter=_keep_known_value,
    )
    return mark_safe(cleaned)  # noqa: S308  the one gate: nh3 has just cleaned it


def _keep_known_value(tag: str, attribute: str, value: str) -> str | None:
    if attribute in ("start", "value"):
        return value if ORDINAL.fullmatch(value) else None
    if attribute == "type":
        return value if value in ("1", "a", "A", "i", "I") else None
    return value
