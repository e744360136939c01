"""The rows of what waits for review. As nodes of a template their values take longer than all queries."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from sakip.dates import format_date, format_datetime

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
BADGE = '<span class="badge tone-{}">{}</span>'
NOT_ACTIONABLE = ("warning", "Klaim tidak dapat ditindaklanjuti")
UNPROVED = ("danger", "Tanpa bukti")


@register.simple_tag
def queued_rows(rows, query, with_lhe):
    """QueuedRenaksi of one page of the queue. `with_lhe`: no heading names the LHE."""
    page = _page()
    return format_html_join("", QUEUED, (_queued(row, page, query, with_lhe) for row in rows))


@register.simple_tag
def waiting_rows(items):
    """WorkItems of the first page of an evaluator."""
    page = _page()
    return format_html_join("", WAITING, (_waiting(item.renaksi, page) for item in items))


def _page():
    return reverse("recommendations:review-item", args=[0])


def _queued(row, page, query, with_lhe):
    body, year = row.evaluation.unit, row.evaluation.performance_year
    about = [
        row.lead,
        *([str(body), f"kinerja {year}"] if with_lhe else []),
        f"{row.evidence_count} bukti" if row.evidence_count else "",
        f"dikirim {format_datetime(row.submitted_at)}" if row.submitted_at else "",
        f"batas waktu {format_date(row.due_date)}" if row.due_date else "",
    ]
    return (
        *(row.pk, row.name, body, year, _address(page, row), query, row.name, row.title),
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


def _waiting(row, page):
    evaluation = row.recommendation.evaluation
    marks = [NOT_ACTIONABLE] if row.not_actionable_reason else []
    marks += [] if row.has_evidence else [UNPROVED]
    sent = f" · dikirim {format_datetime(row.submitted_at)}" if row.submitted_at else ""
    return (
        *(_address(page, row), row.recommendation.title or row, _badges(marks), _excerpt(row)),
        *(row, row.lead_unit, evaluation.unit, evaluation.performance_year, sent),
    )


def _badges(marks):
    return mark_safe(" ".join(format_html(BADGE, *mark) for mark in marks))  # noqa: S308  escaped just before


def _address(page, row):
    return page.replace("/0/", f"/{row.pk}/")


def _excerpt(row):
    """The first words of the follow-up; without one, of its first step."""
    if found := row.get_follow_up_excerpt():
        return found
    return next((step.get_text_excerpt() for step in row.steps.all()), "")
