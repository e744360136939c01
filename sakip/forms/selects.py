"""A select for long lists: Django makes each option with a template, which takes longer than the page."""

from functools import lru_cache

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

KEPT = 64  # lists of options that a process keeps; each is found by all that it shows


class LongSelect(forms.Select):
    """A select without groups; its options are written at once."""

    def render(self, name, value, attrs=None, renderer=None):
        options = _written(tuple((self._plain(key), str(label)) for key, label in self.choices))
        for one in {str(one) for one in self.format_value(value)}:
            start = f'<option value="{escape(one)}"'
            options = options.replace(f"{start}>", f"{start} selected>", 1)
        attrs = self.build_attrs(self.attrs, {"name": name} | (attrs or {}))
        return format_html("<select{}>{}</select>", flatatt(attrs), mark_safe(options))  # noqa: S308  escaped

    def use_required_attribute(self, initial):
        """Django looks at the first choice, and so reads the whole list a second time."""
        return False

    @staticmethod
    def _plain(key):
        return "" if key is None else str(key)


@lru_cache(maxsize=KEPT)
def _written(pairs) -> str:
    """`format_html` takes twice as long."""
    return "\n".join(
        f'<option value="{escape(key)}">{escape(label)}</option>' for key, label in pairs
    )
