"""The renaksi in the cells of the follow-up table. As nodes of a template their values take longer than all queries."""

from django import template
from django.utils.html import format_html, format_html_join

from sakip.converters import addresses_of
from sakip.templatetags.sakip import badge, prose

register = template.Library()

TEXT = '<li value="{}">{}<div class="prose">{}</div>{}</li>\n'
STEPS = '<ol class="steps">{}</ol>'
STEP = '<li><div class="prose">{}</div></li>'
PLAN_MARK = format_html('<span class="plan-mark">{}</span>', "Rencana:")
STATUS = (
    '<li value="{}"><a href="{}">{}<span class="visually-hidden">, buka {}</span></a> '
    '<span class="d-print-none">{}</span></li>\n'
)


@register.simple_tag
def follow_up_texts(items):
    """What was done or is planned, of each FollowUpItem."""
    return format_html_join("", TEXT, map(_text, items))


def _text(item):
    steps = format_html_join("", STEP, ((_rich(step),) for step in item.steps))
    return (
        *(item.position, PLAN_MARK if item.is_plan else "", _rich(item.text)),
        format_html(STEPS, steps) if steps else "",
    )


def _rich(text):
    return prose(text)


@register.simple_tag
def follow_up_statuses(items):
    """The statuses of the same items, each a link to its renaksi."""
    address = addresses_of("recommendations:renaksi-detail")
    return format_html_join("", STATUS, (_status(item, address) for item in items))


def _status(item, address):
    renaksi = item.renaksi
    mark = badge(renaksi.get_status_display(), item.words.tone)
    return item.position, address(renaksi.pk), item.printed_status, renaksi, mark
