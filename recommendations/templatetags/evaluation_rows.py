"""The rows of the list of LHE, and progress as two figures. As nodes of a template their hundreds of values take
longer than all queries."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from sakip.numbers import format_number
from sakip.templatetags.sakip import badge

register = template.Library()

ROW = '<tr><th scope="row"><a href="{}">{}</a></th><td data-label="Tahun kinerja">{}</td>{}</tr>\n'
CELLS = {  # by the code of the column
    "letter_number": '<td data-label="Nomor LHE">{}</td>',
    "score": '<td class="number" data-label="Nilai"><div>{} {}</div></td>',
    "grade": '<td data-label="Predikat"><div>{} {}</div></td>',
    "progress": '<td class="is-block" data-label="Kemajuan tindak lanjut">{}</td>',
}
PRINTED = "<br>{}"
PROGRESS = (
    '<dl class="progress-figures">'
    '<div><dt>Sudah</dt><dd>{} % <span class="text-secondary">({} dari {})</span></dd></div>'
    '<div><dt>Diverifikasi</dt><dd>{} % <span class="text-secondary">({} dari {})</span></dd></div></dl>'
)
NO_PROGRESS = format_html('<span class="text-secondary">{}</span>', "Belum ada rencana aksi")


@register.simple_tag
def evaluation_rows(rows, columns):
    """`rows` are pairs of Figures and Progress; of the CELLS those in `columns` are drawn."""
    return format_html_join("", ROW, (_values(one, found, columns) for one, found in rows))


def _values(figures, found, columns):
    lhe = figures.evaluation
    cells = (
        format_html(cell, *VALUES[code](figures, found))
        for code, cell in CELLS.items()
        if code in columns
    )
    joined = mark_safe("".join(cells))  # noqa: S308  each is made by format_html
    return lhe.get_absolute_url(), lhe.unit, lhe.performance_year, joined


def _score(figures, _found):
    printed = figures.total_differs and _printed(format_number(figures.reported_total, 2))
    return format_number(figures.total, 2), printed or ""


def _grade(figures, _found):
    return figures.grade or "-", (figures.grade_differs and _printed(figures.reported_grade)) or ""


VALUES = {
    "letter_number": lambda figures, found: (figures.evaluation.letter_number or "-",),
    "score": _score,
    "grade": _grade,
    "progress": lambda figures, found: (progress_figures(found),),
}


def _printed(value):
    return format_html(PRINTED, badge(f"Tercetak {value}", "warning"))


@register.simple_tag
def progress_figures(progress):
    """The claim and the verified part, two figures always."""
    if not progress.countable:
        return NO_PROGRESS
    return format_html(
        PROGRESS,
        *(format_number(progress.claimed_percent, 0), progress.claimed, progress.countable),
        *(format_number(progress.verified_percent, 0), progress.verified, progress.countable),
    )
