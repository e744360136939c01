"""The home page: for every role the waiting work, and for a leader the progress."""

from django.conf import settings
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations.selectors.my_work import drafts_of, work_count, work_of
from recommendations.services import extensions
from reports.exports.kept_pages import bodies_of_work, kept
from reports.selectors import home as selectors
from reports.selectors.first_steps import first_steps
from reports.views.leader_page import details, overview
from reports.views.leader_page import parts as overview_parts
from reports.views.province import overview as province_overview
from sakip.guides.tour import steps_for
from sakip.richtext import RichTextInput
from sakip.roles import Role

# What the figures say to each role when there is no LHE yet.
EMPTY = {
    Role.OPERATOR: "Belum ada LHE untuk unit Anda. Tugas unit Anda tampil di sini sesudah koordinator membaginya.",
    Role.EVALUATOR: "Belum ada LHE pada perangkat daerah yang Anda evaluasi. Anda diberi tahu bila ada yang dikirim.",
    Role.COORDINATOR: "Belum ada LHE. Daftarkan LHE pertama, lalu tulis nilai dan rekomendasinya.",
    Role.LEADER: "Belum ada LHE yang terdaftar. Nilai dan kemajuannya tampil di sini sesudah koordinator mencatatnya.",
}


@require_safe
def home(request):
    today = timezone.localdate()
    user = request.user
    context = {"today": today, "role": user.role, "mentions": selectors.mentions(user)}
    context["tour"] = steps_for(user)  # of the person alone, so never in a stored part
    if build := BUILDERS.get(request.user.role):
        context |= build(request, today)
    return render(request, "reports/home.html", context)


@require_safe
def overview_page(request):
    """The figures of the leader's page, for every user within the records that the user may see."""
    context = overview(request.user, request.GET, today=timezone.localdate())
    return render(request, "reports/overview.html", context)


@require_safe
def overview_details(request):
    """Every figure and table behind the page, within the same records."""
    context = details(request.user, request.GET, today=timezone.localdate())
    return render(request, "reports/overview_details.html", context)


def _operator(request, today):
    """A draft is no change of the records, so the drafts are part of the question."""
    user = request.user
    drafts = sorted(drafts_of(user))
    about = ("operator", today, settings.WORK_SOON_DAYS, drafts, request.GET.urlencode())
    found = kept(
        user,
        about=about,
        count=lambda: _with_overview(request, today, _work(user, today)),
        bodies=bodies_of_work,
    )
    return {"editor": RichTextInput().media, **found}


def _work(user, today):
    work, count = work_of(user, today=today), work_count(user)
    shown = sum(len(items) for items in work.values())
    context = {
        "user": user,
        "work": work,
        "soon_heading": f"Batas waktu dalam {settings.WORK_SOON_DAYS} hari",
        "work_count": count,
        "shown_count": shown,
        "has_more": str(shown) != count,
        "unreported": selectors.unreported(user, today),
    }
    return {"work": render_to_string("reports/home/_work.html", context)}


def _evaluator(request, today):
    user, about = request.user, ("evaluator", today, request.GET.urlencode())
    return kept(
        user,
        about=about,
        count=lambda: _with_overview(request, today, _waiting(user)),
        bodies=bodies_of_work,
    )


def _waiting(user):
    count, queue = selectors.review_queue(user)
    context = {"queue": queue, "queue_count": count, "has_more": str(len(queue)) != count}
    return {"waiting": render_to_string("reports/home/_waiting.html", context)}


def _with_overview(request, today, found):
    """What the page shows besides, and the number of rows: all of it is stored until something changes."""
    user = request.user
    parts, rows = overview_parts(user, request.GET, today=today, empty=EMPTY[user.role])
    return found | parts, rows


def _coordinator(request, today):
    user = request.user
    tasks = kept(
        user, about=("coordinator",), count=lambda: (_tasks(user), 1), bodies=bodies_of_work
    )
    return _leader(request, today) | tasks


def _tasks(user):
    steps = first_steps(user)
    done = [step for step in steps if step.is_done]
    return {
        "extension_count": extensions.pending(user).count(),
        "steps": steps,
        "steps_done": len(done),
        "steps_left": len(steps) - len(done),
    }


def _leader(request, today):
    """The leader of several bodies begins with all of them, that of one body with its figures."""
    if request.user.has_several_bodies:
        return province_overview(request.user, request.GET, today=today)
    return _overview(request, today)


def _overview(request, today):
    user = request.user
    return overview(user, request.GET, today=today, empty=EMPTY[user.role])


BUILDERS = {
    Role.OPERATOR: _operator,
    Role.EVALUATOR: _evaluator,
    Role.COORDINATOR: _coordinator,
    Role.LEADER: _leader,
}
