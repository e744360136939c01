"""Filters and tags every template may use; a builtin library."""

from django import template
from django.utils.html import format_html

from sakip import charts, dates, navigation, numbers

register = template.Library()

register.filter("number", numbers.format_number)
register.filter("date_id", dates.format_date)
register.filter("datetime_id", dates.format_datetime)
register.filter("signed_number", lambda value: numbers.format_number(value, signed=True))
register.filter("letter", numbers.list_letter)
register.filter("roman", numbers.roman)
register.filter("drawn", charts.draw)

TONES = {"success", "warning", "danger", "info", "primary", "secondary"}


@register.simple_tag
def badge(label, tone="secondary"):
    """A short word on a colour; the word alone carries the meaning."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"badge: tone “{tone}” is none of {sorted(TONES)}")
    return format_html('<span class="badge tone-{}">{}</span>', tone, label)


@register.simple_tag(name="navigation", takes_context=True)
def navigation_for(context):
    """The main menu of the person signed in."""
    return navigation.entries_for(context["user"], context["request"].path)
