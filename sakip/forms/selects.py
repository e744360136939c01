"""A select for long lists: Django makes each option with a template, which takes longer than the page."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

CHOSEN = mark_safe(" selected")  # noqa: S308  a constant


class LongSelect(forms.Select):
    """A select without groups; its options are written at once."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = {str(one) for one in self.format_value(value)}
        options = mark_safe(  # noqa: S308  both are escaped; format_html takes twice as long
            "\n".join(
                f'<option value="{escape(key)}"{CHOSEN if key in chosen else ""}>{escape(label)}</option>'
                for key, label in ((self._plain(key), label) for key, label in self.choices)
            )
        )
        attrs = self.build_attrs(self.attrs, {"name": name} | (attrs or {}))
        return format_html("<select{}>{}</select>", flatatt(attrs), options)

    def use_required_attribute(self, initial):
        """Django looks at the first choice, and so reads the whole list a second time."""
        return False

    @staticmethod
    def _plain(key):
        return "" if key is None else str(key)
