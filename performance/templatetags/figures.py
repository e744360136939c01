"""A figure and its change, and the rows of indicators. A template for each of the hundred figures of a page takes
longer than to read them."""

from html import escape

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from sakip.converters import address_of
from sakip.numbers import format_number
from sakip.templatetags.sakip import badge

register = template.Library()

MISSING = '<span title="{0}">-<span class="visually-hidden"> {0}</span></span>'
REMARK = '<span class="figure-annotation">({})</span>'
CARRIED_OVER = mark_safe(
    '\n<span class="figure-remark">tidak bermakna: nilai tahun sebelumnya</span>'
)
SAME = mark_safe('\n<span class="figure-remark">= tetap</span>')
MOVED = '\n<span class="figure-remark is-{}"><span aria-hidden="true">{}</span> {} {}, {}</span>'
ENTER = '<a href="{}">{} realisasi {}<span class="visually-hidden"> {}</span></a>'
ROW = '<tr><td class="number">{}</td><td class="indicator-name{}"><a href="{}">{}</a>{}</td>{}{}{}</tr>\n'
MAY_ENTER = ' <span class="figure-remark d-print-none">{}</span>'
MEASURE = '<td class="measure">{}</td>'
CELL = '<td class="number year" data-label="{}">{}</td>'
CHANGE = '<td class="number change" data-label="Perubahan {} (%)">{}</td>'


@register.simple_tag
def indicator_rows(table, writable, columns):
    """The rows of an ObjectiveTable with these columns. `writable` are the keys of the indicators for whose last
    year the reader may enter the figure."""
    return mark_safe("".join(_row(row, writable, columns) for row in table.rows))  # noqa: S308  escaped in _row


def _row(row, writable, columns):
    indicator = row.indicator
    name = escape(str(indicator))
    cells = row.cells if "earlier" in columns else row.cells[-1:]
    return ROW.format(
        row.label,
        " is-part" if row.is_part else "",
        address_of("performance:indicator-detail", indicator.pk),
        name,
        MAY_ENTER.format(_enter_link(row, name)) if indicator.pk in writable else "",
        MEASURE.format(escape(indicator.measure)) if "measure" in columns else "",
        "".join([CELL.format(cell.year, figure(cell)) for cell in cells]),
        CHANGE.format(row.year, figure_change(row)) if "change" in columns else "",
    )


def _enter_link(row, name):
    address = reverse("performance:realisation-edit", args=[row.indicator.pk, row.year])
    word = "Ubah" if row.current.realisation else "Isi"
    return ENTER.format(address, word, row.year, name)


@register.simple_tag
def figure(cell):
    """A RealisationCell."""
    shown = "-"
    if cell.value is not None:
        shown = escape(format_number(cell.value, cell.places) + cell.mark)
    elif cell.text_value:
        shown = escape(cell.text_value + cell.mark)
    elif cell.missing:
        shown = MISSING.format(escape(cell.missing))
    remark = cell.remark
    return mark_safe(shown + REMARK.format(escape(remark)) if remark else shown)  # noqa: S308  escaped just before


@register.simple_tag
def figure_change(row):
    """Of an IndicatorRow. The sign is arithmetic; arrow, word and colour tell the way it went and whether that
    is good."""
    printed = format_html(" {}", badge(row.printed_change, "warning")) if row.change_differs else ""
    return format_html("{}{}{}", format_number(row.change), printed, _moved(row))


def _moved(row):
    if row.is_carried_over:
        return CARRIED_OVER
    if row.movement == "tetap":
        return SAME
    if not row.movement:
        return ""
    arrow = "▲" if row.movement == "naik" else "▼"
    return format_html(MOVED, row.direction, arrow, row.movement, row.moved_by, row.judgement)
