"""The rows of the renaksi list. As nodes of a template their hundreds of values take longer than all queries."""

from django import template
from django.utils.html import format_html, format_html_join
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
UNPROVED = mark_safe('<span class="row-about">Tanpa bukti</span>')
PERSON = COLUMNS["person"].label


@register.simple_tag
def renaksi_rows(rows, can_plan):
    """The rows (ListedRenaksi) of the table, with a box to tick for a coordinator."""
    return format_html_join("", ROW, (_values(row, can_plan) for row in rows))


def _values(row, can_plan):
    return (
        format_html(TICK, row.pk, row.full_name) if can_plan else "",
        *(row.url, row.name, row.text),
        *(row.lead, row.support and f" · {row.support}"),
        *(row.person and f" · {PERSON}: {row.person}", row.about),
        *(row.due, row.days_late and format_html(LATE, row.days_late) or ""),
        *(row.tone, row.status, "" if row.has_evidence else UNPROVED),
    )
