"""The small rich text of the documents: italic, bold and lists, sanitised on the way in."""

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
