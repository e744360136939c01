"""The rows of the evaluator's own decisions, of requests for a later due date, and of the bodies with late items. As
nodes of a template their values take longer than all queries."""

from django import template
from django.urls import reverse
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
LATE = (
    '<tr><th scope="row">{}</th><td class="number" data-label="Terlambat">{}</td>'
    '<td data-label="Terlama sejak"><div>{}</div></td>'
    '<td data-label="Terakhir diingatkan"><div>{}</div></td><td>{}</td></tr>\n'
)
OLDEST = '{}<span class="row-about">{}, {}</span>'
REMINDED = '{}<span class="row-about">oleh {}</span>'
REMIND = (
    '<a class="btn btn-sm btn-outline-primary" href="{}?unit={}">Tinjau pengingat'
    '<span class="visually-hidden"> {}</span></a>'
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


@register.simple_tag
def late_rows(rows):
    """The rows (LateBody) of a table."""
    address = reverse("recommendations:remind")
    return format_html_join("", LATE, (_late(row, address) for row in rows))


def _late(row, address):
    body, oldest, last = row.body, row.oldest, row.last
    since = oldest and (format_date(oldest.due_date), oldest.name, oldest.lead_unit)
    reminded = last and (format_datetime(last.at), last.actor)
    return (
        *(body.name, row.number),
        format_html(OLDEST, *since) if since else "-",
        format_html(REMINDED, *reminded) if reminded else "-",
        format_html(REMIND, address, body.pk, body.name) if row.is_due else "Sudah hari ini",
    )


def _excerpt(text):
    return text if len(text) <= EXCERPT else Truncator(text).chars(EXCERPT)
