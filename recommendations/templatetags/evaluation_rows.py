"""The rows of the list of LHE, and progress as two figures. As nodes of a template their hundreds of values take
longer than all queries."""

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
PROGRESS = (
    '<dl class="progress-figures">'
    '<div><dt>Sudah</dt><dd>{} % <span class="text-secondary">({} dari {})</span></dd></div>'
    '<div><dt>Diverifikasi</dt><dd>{} % <span class="text-secondary">({} dari {})</span></dd></div></dl>'
)
NO_PROGRESS = format_html('<span class="text-secondary">{}</span>', "Belum ada rencana aksi")


@register.simple_tag
def evaluation_rows(rows):
    """`rows` are pairs of Figures and Progress."""
    return format_html_join("", ROW, (_values(figures, found) for figures, found in rows))


def _values(figures, found):
    lhe = figures.evaluation
    total, grade = figures.reported_total, figures.reported_grade
    return (
        *(lhe.get_absolute_url(), lhe.unit, lhe.performance_year, lhe.letter_number or "-"),
        *(
            format_number(figures.total, 2),
            figures.total_differs and _printed(format_number(total, 2)) or "",
        ),
        *(figures.grade or "-", figures.grade_differs and _printed(grade) or ""),
        progress_figures(found),
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
