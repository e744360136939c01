"""Sentences of the history. A template for each of the hundred of a page takes longer than to read them."""

from html import escape

from django import template
from django.utils.safestring import mark_safe

register = template.Library()

EMPTY = "(kosong)"


@register.simple_tag
def history_sentence(sentence, url=""):
    """`url` is where its record has a page; empty for none."""
    return mark_safe(_told(sentence, url))  # noqa: S308  escaped in _told


@register.simple_tag
def history_details(details):
    """`details` are changes that the sentence does not tell: label, old and new value."""
    return mark_safe(_listed(details))  # noqa: S308  escaped in _listed


@register.simple_tag
def history_items(rows):
    """A list item for each of these: `sentence`, `url`, and the changes that the sentence does not tell."""
    items = (
        f"<li>{_told(row['sentence'], row['url'])}{_listed(row['sentence'].details)}</li>"
        for row in rows
    )
    return mark_safe("".join(items))  # noqa: S308  escaped in _told and _listed


def _told(sentence, url):
    who, before, what, after = map(
        escape, (sentence.who, sentence.before, sentence.what, sentence.after)
    )
    named = f'<a href="{escape(url)}">{what}</a>' if url else what
    return f"<strong>{who}</strong> {before}{named}{after}."


def _listed(details):
    if not details:
        return ""
    rows = (
        f"<dt>{escape(label)}</dt><dd><del>{escape(before or EMPTY)}</del> → "
        f"<ins>{escape(after or EMPTY)}</ins></dd>"
        for label, before, after in details
    )
    return f'<dl class="history-details">{"".join(rows)}</dl>'
