"""The rows of the list of LHE, the recommendations on the page of one, and progress as two figures. As nodes of a
template their hundreds of values take longer than all queries."""

from django import template
from django.utils.html import format_html, format_html_join

from sakip.numbers import format_number
from sakip.templatetags.sakip import badge

register = template.Library()

ROW = (
    '<tr><th scope="row"><a href="{}">{}</a></th>'
    '<td data-label="Tahun kinerja">{}</td>'
    '<td data-label="Nomor LHE">{}</td>'
    '<td class="number" data-label="Nilai"><div>{} {}</div></td>'
    '<td data-label="Predikat"><div>{} {}</div></td>'
    '<td class="is-block" data-label="Kemajuan tindak lanjut">{}</td></tr>\n'
)
PRINTED = "<br>{}"
LINE = (
    '<li><div class="work-title"><a href="{}">{}</a> <span class="status-counts">{}</span></div>'
    '<p class="text-secondary">{}{}</p></li>\n'
)
PROGRESS = (
    '<dl class="progress-figures">'
    '<div><dt>Sudah</dt><dd>{} % <span class="text-secondary">({} dari {})</span></dd></div>'
    '<div><dt>Terverifikasi</dt><dd>{} % <span class="text-secondary">({} dari {})</span></dd></div></dl>'
)
NO_PROGRESS = format_html('<span class="text-secondary">{}</span>', "Belum ada rencana aksi")


@register.simple_tag
def evaluation_rows(rows):
    """The rows (ListedEvaluation) of the table."""
    return format_html_join("", ROW, map(_values, rows))


def _values(row):
    return (
        *(row.url, row.body, row.performance_year, row.letter_number or "-"),
        format_number(row.total, 2),
        "" if row.printed_total is None else _printed(format_number(row.printed_total, 2)),
        row.grade or "-",
        _printed(row.printed_grade) if row.printed_grade else "",
        progress_figures(row.progress),
    )


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
