"""A figure and its change, as cells of a table. A template for each of the hundred of a page takes longer than to
read them."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

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
CELL = '<td class="number">{}</td>'
CARD_CELL = "<div><dt>{}</dt><dd>{}</dd></div>"


@register.simple_tag
def figure(cell):
    """A RealisationCell."""
    shown = "-"
    if cell.value is not None:
        shown = format_number(cell.value, cell.places) + cell.mark
    elif cell.text_value:
        shown = cell.text_value + cell.mark
    elif cell.missing:
        shown = format_html(MISSING, cell.missing)
    return format_html("{}{}", shown, format_html(REMARK, cell.remark) if cell.remark else "")


@register.simple_tag
def figure_cells(cells):
    return format_html_join("", CELL, ((figure(cell),) for cell in cells))


@register.simple_tag
def figure_list(cells):
    """The same as the parts of a list, with their years."""
    return format_html_join("", CARD_CELL, ((cell.year, figure(cell)) for cell in cells))


@register.simple_tag
def enter_link(row):
    """Of an IndicatorRow whose last year the reader may enter."""
    address = reverse("performance:realisation-edit", args=[row.indicator.pk, row.year])
    word = "Ubah" if row.current.realisation else "Isi"
    return format_html(ENTER, address, word, row.year, row.indicator)


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
