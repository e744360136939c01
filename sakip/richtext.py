"""The small rich text of the documents: italic, bold and lists, sanitised on the way in."""

import html
import re

from django.utils.html import strip_tags
from django_prose_editor.fields import ProseEditorField

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "HardBreak": True,
}


class RichTextField(ProseEditorField):
    """HTML of p, em, strong, ul, ol and li; anything else is dropped when a form or `full_clean` cleans it."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("config", {"extensions": EXTENSIONS})
        kwargs.setdefault("sanitize", True)
        super().__init__(*args, **kwargs)


def plain_text(text: str) -> str:
    """The words alone, one line for each paragraph or list item; empty when there are none."""
    lines = re.sub(r"</(?:p|li)>|<br\s*/?>", "\n", text)
    lines = html.unescape(strip_tags(lines)).replace("\xa0", " ").splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
