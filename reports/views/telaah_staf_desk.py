"""The page of one Telaah Staf: the letter to read, or, for whoever may write it, the desk."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from reports.documents.telaah_staf import document
from reports.forms.telaah_staf_desk import Desk
from reports.models import IssuedReport
from reports.permissions import may_dismiss, telaah_staf_policy
from reports.selectors.telaah_staf_marks import in_order, marks
from reports.services import telaah_staf_parts as parts
from sakip.consistency.pages import findings_on
from sakip.errors import require
from sakip.history.sentences import story_of


def find(request, pk, action="view"):
    """Returns the loaded telaah staf if the person may do `action` on it now; else raises 404, 403 or 409."""
    telaah_staf = document.load(request.user, pk)
    if telaah_staf is None:
        raise Http404("Telaah Staf ini tidak ada.")
    require(telaah_staf_policy.check(request.user, action, telaah_staf))
    return telaah_staf


def page(request, pk, *, opened=None, conflict="", status=200):
    """Shows the current telaah staf. `opened` is the part with a form; `conflict` says why an action on
    an older version was not done.
    """
    telaah_staf = find(request, pk)
    actions = ("edit", "issue", "delete", "supersede")
    may = {one: bool(telaah_staf_policy.check(request.user, one, telaah_staf)) for one in actions}
    found = marks_of(request, telaah_staf) if may["edit"] else {}
    context = document.context(telaah_staf, request.user, on_screen=True, **found) | {
        "may": may,
        "contradictions": in_order(telaah_staf, found),
        "sealed": None if telaah_staf.is_draft else sealed_file(request, telaah_staf),
        "successor": getattr(telaah_staf, "replaced_by", None),
        "may_dismiss": may_dismiss(request.user, telaah_staf),
        "findings": findings_on(request.user, telaah_staf, timezone.localdate()),
        "history": story_of(telaah_staf),
        "conflict": conflict,
    }
    if not may["edit"]:
        return render(request, "reports/telaah_staf_detail.html", context, status=status)
    today = timezone.localdate()
    context["desk"] = Desk(telaah_staf, context["sections"], request.user, today, opened)
    context |= {"order": parts.order_of(telaah_staf), "form": opened and opened.form}
    return render(request, "reports/telaah_staf_desk.html", context, status=status)


def marks_of(request, telaah_staf) -> dict:
    """What the records say since the draft, for `document.context`."""
    return marks(telaah_staf, request.user, on=timezone.localdate())


def sealed_file(request, telaah_staf):
    visible = IssuedReport.objects.visible_to(request.user)
    return visible.of_telaah_staf(telaah_staf).defer("snapshot").first()
