"""The rows of the renaksi list. As nodes of a template their hundreds of values take longer than all queries."""

from html import escape

from django import template
from django.utils.safestring import mark_safe

from recommendations.selectors.listed_tables import ABOUT
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
    '<span class="row-about">{}</span></div></td>{}{}</tr>\n'
)
DUE_CELL = f'<td data-label="{DUE}"><div><span class="is-date">{{}}</span>{{}}</div></td>'
STATUS_CELL = (
    f'<td data-label="{STATUS}"><div><span class="badge tone-{{}}">{{}}</span>{{}}</div></td>'
)
LATE = '<span class="row-late">terlambat {} hari</span>'
UNPROVED = '<span class="row-about">Tanpa bukti</span>'
PERSON = COLUMNS["person"].label


@register.simple_tag
def renaksi_rows(rows, can_plan, columns):
    """The rows (ListedRenaksi) of the table, with a box to tick for a coordinator, and with these columns."""
    return mark_safe("".join(_row(row, can_plan, columns) for row in rows))  # noqa: S308  escaped in _row


def _row(row, can_plan, columns):
    """`format_html` would look at each of the hundreds of values whether it is safe; none of the texts is."""
    told = {
        "lead_unit": row.lead,
        "supporting_units": row.support,
        "person": row.person and f"{PERSON}: {row.person}",
        ABOUT: row.about,
    }
    about = " · ".join([words for code, words in told.items() if words and code in columns])
    return ROW.format(
        TICK.format(row.pk, escape(row.full_name)) if can_plan else "",
        *map(escape, (row.url, row.name, row.text, about)),
        _due(row) if "due_date" in columns else "",
        _status(row) if "status" in columns else "",
    )


def _due(row):
    return DUE_CELL.format(escape(row.due), LATE.format(row.days_late) if row.days_late else "")


def _status(row):
    unproved = "" if row.has_evidence else UNPROVED
    return STATUS_CELL.format(escape(row.tone), escape(row.status), unproved)
