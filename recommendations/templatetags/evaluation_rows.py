"""The rows of the list of LHE, the recommendations on the page of one, and progress as two figures. As nodes of a
template their hundreds of values take longer than all queries."""

from django import template
from django.utils.html import format_html, format_html_join

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
NO_PROGRESS = format_html('<span class="text-secondary">{}</span>', "Belum ada rencana aksi")


@register.simple_tag
def evaluation_rows(rows, columns):
    """`rows` are ListedEvaluation; of the CELLS those in `columns` are drawn."""
    drawn = [(cell, VALUES[code]) for code, cell in CELLS.items() if code in columns]
    return format_html_join("", ROW, (_row(row, drawn) for row in rows))


def _row(row, drawn):
    cells = format_html_join(
        "", "{}", ((format_html(cell, *values(row)),) for cell, values in drawn)
    )
    return row.url, row.body, row.performance_year, cells


@register.simple_tag
def recommendation_lines(lines):
    """The items (RecommendationLine) of the list of recommendations on the page of an LHE."""
    return format_html_join("", LINE, map(_line, lines))


def _line(line):
    marks = [
        badge(f"{count} × {label}" if count > 1 else label, tone)
        for label, tone, count in line.status_counts
    ]
    if not line.is_planned:
        marks = [badge("Belum ada rencana aksi")]
    said = f"{line.repetition}. " if line.repetition else ""
    return (
        line.url,
        line.name,
        format_html_join(" ", "{}", ((one,) for one in marks)),
        said,
        line.text,
    )


def _score(row):
    printed = row.printed_total
    return (
        format_number(row.total, 2),
        "" if printed is None else _printed(format_number(printed, 2)),
    )


VALUES = {
    "letter_number": lambda row: (row.letter_number or "-",),
    "score": _score,
    "grade": lambda row: (
        row.grade or "-",
        _printed(row.printed_grade) if row.printed_grade else "",
    ),
    "progress": lambda row: (progress_figures(row.progress),),
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
