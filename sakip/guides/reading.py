"""Makes a page of a guide. The files are our own: what they say is trusted, yet HTML in them is shown as text."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from markdown_it import MarkdownIt
from PIL import Image

from sakip.guides.catalogue import FOLDER, GUIDES, INDEX

GUIDE_LINK = re.compile(r"^(?P<name>[\w-]+)\.md(?P<anchor>#.*)?$")
PICTURE_LINK = re.compile(r"^gambar/(?P<name>[\w.-]+)$")
TABLE = (
    '<div class="table-responsive" tabindex="0" role="region" aria-label="{}"><table class="table">'
)


@dataclass(frozen=True)
class Guide:
    """`contents`: anchor and words of each chapter."""

    name: str
    title: str
    html: str
    contents: tuple[tuple[str, str], ...]
    anchors: frozenset[str]


def guide(name: str) -> Guide:
    """A process makes it once; again only when the file has changed."""
    return _made(name, (FOLDER / f"{name}.md").stat().st_mtime_ns)


@lru_cache(maxsize=2 * len(GUIDES))
def _made(name, _changed):
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule(
        "table_open", lambda _, tokens, place, *__: TABLE.format(tokens[place].meta["name"])
    )
    reader.add_render_rule("table_close", lambda *_: "</table></div>")
    tokens = reader.parse((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    title, words, contents, anchors, count = "", "", [], [], 0
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            words = _words(tokens[place + 1])
            anchor = _anchor(words)
            token.attrSet("id", anchor)
            anchors.append(anchor)
            if token.tag == "h1":
                title = words
            elif token.tag == "h2":
                contents.append((anchor, words))
        elif token.type == "table_open":
            count += 1
            token.meta["name"] = escape(f"Tabel {count}: {words}")
        for inner in token.children or ():
            _lead(inner)
    html = reader.renderer.render(tokens[3:], reader.options, {})  # the page has its title already
    return Guide(name, title, html, tuple(contents), frozenset(anchors))


def _words(heading):
    return "".join(
        part.content for part in heading.children if part.type in ("text", "code_inline")
    )


def _anchor(words):
    """As forges make it, so that one link works in both."""
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


def _lead(token):
    """Links to files become addresses of pages and of pictures."""
    if token.type == "link_open" and (found := GUIDE_LINK.match(str(token.attrGet("href")))):
        name = found["name"]
        page = reverse("guide-list") if name == INDEX else reverse("guide", args=[name])
        token.attrSet("href", page + (found["anchor"] or ""))
    elif token.type == "image" and (found := PICTURE_LINK.match(str(token.attrGet("src")))):
        token.attrSet("src", static(f"panduan/{found['name']}"))
        # With a size, or all of them are near while the page is empty.
        token.attrSet("loading", "lazy")
        with Image.open(FOLDER / "gambar" / found["name"]) as picture:
            token.attrSet("width", str(picture.width))
            token.attrSet("height", str(picture.height))
