"""The rows of the renaksi list. As nodes of a template their hundreds of values take longer than all queries."""

from html import escape

from django import template
from django.utils.safestring import mark_safe

from recommendations.selectors.renaksi_list import COLUMNS

register = template.Library()

TICK = (
    '<td class="tick"><input class="form-check-input" type="checkbox" name="renaksi" value="{}" '
    'aria-label="Pilih {}"></td>'
)
PLAN, DUE, STATUS = (COLUMNS[name].label for name in ("plan", "due_date", "status"))
ROW = (
    '<tr>{}<th scope="row"><a href="{}">{}</a></th>'
    f'<td data-label="{PLAN}" class="row-words"><div><span class="row-text">{{}}</span>'
    '<span class="row-about">{}{}{} · {}</span></div></td>'
    f'<td data-label="{DUE}"><div><span class="is-date">{{}}</span>{{}}</div></td>'
    f'<td data-label="{STATUS}"><div><span class="badge tone-{{}}">{{}}</span>{{}}</div></td></tr>\n'
)
LATE = '<span class="row-late">terlambat {} hari</span>'
UNPROVED = '<span class="row-about">Tanpa bukti</span>'
PERSON = COLUMNS["person"].label


@register.simple_tag
def renaksi_rows(rows, can_plan):
    """The rows (ListedRenaksi) of the table, with a box to tick for a coordinator."""
    return mark_safe("".join(_row(row, can_plan) for row in rows))  # noqa: S308  escaped in _row


def _row(row, can_plan):
    """`format_html` would look at each of the hundreds of values whether it is safe; none of the texts is."""
    support = row.support and f" · {row.support}"
    person = row.person and f" · {PERSON}: {row.person}"
    return ROW.format(
        TICK.format(row.pk, escape(row.full_name)) if can_plan else "",
        *map(escape, (row.url, row.name, row.text, row.lead, support, person, row.about, row.due)),
        LATE.format(row.days_late) if row.days_late else "",
        *map(escape, (row.tone, row.status)),
        "" if row.has_evidence else UNPROVED,
    )
