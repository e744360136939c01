"""The rows of what waits for review. As nodes of a template their values take longer than all queries."""

from django import template
from django.utils.html import format_html_join

from sakip.converters import addresses_of
from sakip.dates import format_date, format_datetime
from sakip.templatetags.sakip import badge

register = template.Library()

QUEUED = (
    '<li class="together"><input class="form-check-input" type="checkbox" name="renaksi" value="{}" '
    'aria-label="Pilih {}, {} {}"><div><p class="work-title"><a href="{}{}">{}: {}</a> '
    '<span class="badges">{}</span></p><p>{}</p><p class="text-secondary">{}</p></div></li>\n'
)
WAITING = (
    '<li><p class="work-title"><a href="{}?urut=lama">{}</a> <span class="badges">{}</span></p>'
    '<p>{}</p><p class="text-secondary">{} · {}, {} · kinerja {}{}</p></li>\n'
)
PAGE = "recommendations:review-item"
NOT_ACTIONABLE = ("warning", "Klaim tidak dapat ditindaklanjuti")
UNPROVED = ("warning", "Tanpa bukti")


@register.simple_tag
def queued_rows(rows, query, with_lhe):
    """QueuedRenaksi of one page of the queue. `with_lhe`: no heading names the LHE."""
    address = addresses_of(PAGE)
    return format_html_join("", QUEUED, (_queued(row, address, query, with_lhe) for row in rows))


@register.simple_tag
def waiting_rows(rows):
    """QueuedRenaksi of the first page of an evaluator."""
    address = addresses_of(PAGE)
    return format_html_join("", WAITING, (_waiting(row, address) for row in rows))


def _queued(row, address, query, with_lhe):
    body, year = row.evaluation.unit, row.evaluation.performance_year
    about = [
        row.lead,
        *([str(body), f"kinerja {year}"] if with_lhe else []),
        f"{row.evidence_count} bukti" if row.evidence_count else "",
        f"dikirim {format_datetime(row.submitted_at)}" if row.submitted_at else "",
        f"batas waktu {format_date(row.due_date)}" if row.due_date else "",
    ]
    return (
        *(row.pk, row.name, body, year, address(row.pk), query, row.name, row.title),
        *(_badges(_marks(row)), row.text, " · ".join(filter(None, about))),
    )


def _marks(row):
    yield from (("info", f"Sedang dibuka {one.person.name}") for one in row.others)
    if row.not_actionable_reason:
        yield NOT_ACTIONABLE
    if row.return_count:
        yield "warning", f"{row.return_count} kali dikembalikan"
    if row.submitted_at is None:
        yield "warning", "Dari dokumen"
    if not row.evidence_count:
        yield UNPROVED


def _waiting(row, address):
    marks = [NOT_ACTIONABLE] if row.not_actionable_reason else []
    marks += [] if row.evidence_count else [UNPROVED]
    sent = f" · dikirim {format_datetime(row.submitted_at)}" if row.submitted_at else ""
    evaluation = row.evaluation
    return (
        *(address(row.pk), row.title or row.name, _badges(marks), row.text),
        *(row.name, row.lead, evaluation.unit, evaluation.performance_year, sent),
    )


def _badges(marks):
    return format_html_join(" ", "{}", ((badge(label, tone),) for tone, label in marks))
