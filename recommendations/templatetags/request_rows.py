"""The rows of the evaluator's own decisions, and of requests for a later due date. As nodes of a template their
values take longer than all queries."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator

from sakip.dates import format_date, format_datetime
from sakip.templatetags.sakip import badge

register = template.Library()

DECIDED = (
    '<tr><th scope="row"><a href="{}">{}</a><span class="row-about">{}</span></th>'
    '<td data-label="Putusan"><div>{}{}</div></td>'
    '<td data-label="Catatan"><div>{}</div></td>'
    '<td data-label="Waktu"><div>{}</div></td></tr>\n'
)
WAITING = (
    '<li><p class="work-title"><a href="{}">{}</a> <span>{} → {}</span></p><p>{}</p>'
    '<p class="text-secondary">Diminta {}, {}, {}</p></li>\n'
)
REASON = '<span class="row-about">{}</span>'
EXCERPT = 200


@register.simple_tag
def decided_rows(rows):
    """The rows (DecidedRenaksi) of a table."""
    return format_html_join("", DECIDED, map(_decided, rows))


def _decided(row):
    return (
        *(row.url, row.name, row.about),
        badge(row.outcome, "success" if row.is_accepted else "warning"),
        format_html(REASON, row.reason) if row.reason else "",
        _excerpt(row.note) or "-",
        format_datetime(row.decided_at),
    )


@register.simple_tag
def waiting_extensions(rows):
    """The items (WaitingExtension) of a list."""
    return format_html_join("", WAITING, map(_waiting, rows))


def _waiting(row):
    return (
        *(row.url, row.name, format_date(row.old_date), format_date(row.new_date)),
        _excerpt(row.reason),
        *(row.person, row.lead, format_datetime(row.requested_at)),
    )


def _excerpt(text):
    return text if len(text) <= EXCERPT else Truncator(text).chars(EXCERPT)
