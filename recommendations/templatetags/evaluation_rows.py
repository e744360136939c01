"""The rows of the list of LHE, the recommendations on the page of one, and progress as two figures. As nodes of a
template their hundreds of values take longer than all queries."""

from html import escape

from django import template
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
LINE = (
    '<li><div class="work-title"><a href="{}">{}</a> <span class="status-counts">{}</span></div>'
    '<p class="text-secondary">{}{}</p></li>\n'
)
PROGRESS = (
    '<dl class="progress-figures">'
    '<div><dt>Sudah</dt><dd>{} % <span class="text-secondary">({} dari {})</span></dd></div>'
    '<div><dt>Diverifikasi</dt><dd>{} % <span class="text-secondary">({} dari {})</span></dd></div></dl>'
)
NO_PROGRESS = '<span class="text-secondary">Belum ada rencana aksi</span>'


@register.simple_tag
def evaluation_rows(rows, columns):
    """`rows` are ListedEvaluation; of the CELLS those in `columns` are drawn."""
    drawn = [(cell, VALUES[code]) for code, cell in CELLS.items() if code in columns]
    return mark_safe("".join(_row(row, drawn) for row in rows))  # noqa: S308  escaped in _row and VALUES


def _row(row, drawn):
    """`format_html` would look at each value whether it is safe; none of the texts is."""
    cells = "".join([cell.format(*values(row)) for cell, values in drawn])
    return ROW.format(row.url, escape(row.body), row.performance_year, cells)


@register.simple_tag
def recommendation_lines(lines):
    """The items (RecommendationLine) of the list of recommendations on the page of an LHE."""
    return mark_safe("".join(map(_line, lines)))  # noqa: S308  escaped in _line


def _line(line):
    marks = [
        badge(f"{count} × {label}" if count > 1 else label, tone)
        for label, tone, count in line.status_counts
    ]
    if not line.is_planned:
        marks = [badge("Belum ada rencana aksi")]
    said = f"{line.repetition}. " if line.repetition else ""
    return LINE.format(
        line.url, escape(line.name), " ".join(marks), escape(said), escape(line.text)
    )


def _score(row):
    printed = row.printed_total
    return (
        format_number(row.total, 2),
        "" if printed is None else _printed(format_number(printed, 2)),
    )


VALUES = {
    "letter_number": lambda row: (escape(row.letter_number) or "-",),
    "score": _score,
    "grade": lambda row: (
        row.grade or "-",
        _printed(row.printed_grade) if row.printed_grade else "",
    ),
    "progress": lambda row: (progress_figures(row.progress),),
}


def _printed(value):
    return PRINTED.format(badge(f"Tercetak {value}", "warning"))


@register.simple_tag
def progress_figures(progress):
    """The claim and the verified part, two figures always."""
    if not progress.countable:
        return mark_safe(NO_PROGRESS)  # noqa: S308  our own words
    figures = PROGRESS.format(
        *(format_number(progress.claimed_percent, 0), progress.claimed, progress.countable),
        *(format_number(progress.verified_percent, 0), progress.verified, progress.countable),
    )
    return mark_safe(figures)  # noqa: S308  numbers
