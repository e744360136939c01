"""The page that issues a Telaah Staf: what it still needs, and where that is mended."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reports.definitions import consistency
from reports.documents.telaah_staf import document
from reports.forms.telaah_staf import IssueTelaahStafForm
from reports.selectors.telaah_staf_checks import all_checks
from reports.selectors.telaah_staf_marks import in_order
from reports.services import issuing
from reports.services import telaah_staf as services
from reports.verification.signing import SigningError
from reports.views.issuing import origin
from reports.views.telaah_staf_desk import find, marks_of
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.filling import offer_to_fill
from sakip.unsaved import keeps_typed

SIGNATORY = ("sakip:official-create", "pejabat")
TYPED = (*services.DETAILS, "contradiction_reason")


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(IssueTelaahStafForm)
def telaah_staf_issue(request, pk):
    """Issues it, or with `simpan` only saves number, date and signatory. A GET may carry what is typed: the
    page then shows what that changes.
    """
    telaah_staf = find(request, pk, "issue")
    # What htmx asks for carries what is typed; it is newer than what was kept.
    form = _form(request, telaah_staf, None if "number" in request.GET else posted(request)[0])
    try:
        if form.is_valid() and "simpan" in request.POST:
            if _save(request, form, telaah_staf):
                messages.success(request, "Nomor, tanggal, dan penanda tangan disimpan.")
                return redirect("reports:telaah-staf-issue", pk=pk)
        elif form.is_valid() and _issue(request, form, telaah_staf):
            messages.success(
                request, "Telaah Staf diterbitkan dan disegel. Isinya tidak berubah lagi."
            )
            return redirect(telaah_staf)
    except StaleEdit as conflict:
        telaah_staf = find(request, pk, "issue")
        data = again(request, **_seen(request, telaah_staf))
        form = _form(request, telaah_staf, data)
        return _page(request, telaah_staf, form, conflict=conflict, status=409)
    return _page(request, telaah_staf, form)


def _form(request, telaah_staf, data):
    typed = {name: request.GET[name] for name in TYPED if name in request.GET}
    form = IssueTelaahStafForm(
        data,
        user=request.user,
        telaah_staf=telaah_staf,
        initial=typed | _seen(request, telaah_staf),
        issues="simpan" not in request.POST,
    )
    offer_to_fill(form, request, signatory=SIGNATORY)
    return form


def _seen(request, telaah_staf):
    records = services.digest_of_records(telaah_staf, request.user)
    return {"version": telaah_staf.version, "seen": records}


def _save(request, form, telaah_staf):
    cleaned = form.details | {"version": form.cleaned_data["version"]}
    target = {"telaah_staf": telaah_staf}
    return attempt(request, form, services.write_details, cleaned=cleaned, **target)


def _issue(request, form, telaah_staf):
    """Returns the issued report. When it could not be issued, adds the errors to the form and returns
    None.
    """
    names = ("version", "seen", "contradiction_reason")
    cleaned = {name: form.cleaned_data[name] for name in names} | {"details": form.details}
    target = {"telaah_staf": telaah_staf, "origin": origin(request)}
    try:
        return attempt(request, form, issuing.issue_sealed_telaah_staf, cleaned=cleaned, **target)
    except (issuing.NotIssued, SigningError) as error:
        form.add_error(None, str(error))
        return None


def _page(request, telaah_staf, form, *, conflict="", status=200):
    """Shows the whole letter, so that the person sees exactly what is issued."""
    proposed, today = form.proposed, timezone.localdate()
    marks = marks_of(request, telaah_staf)
    contradictions = in_order(telaah_staf, marks)
    open_findings = consistency.find(request.user, on=today, evaluation=telaah_staf.evaluation)
    checks = all_checks(
        proposed,
        request.user,
        contradictions=contradictions,
        findings=len(open_findings.waiting),
    )
    blocked = [row for row in checks if row.blocks and not (row.is_well or row.field)]
    context = document.context(proposed, request.user, on_screen=True, **marks) | {
        "form": form,
        "checks": [(row, form[row.field] if row.field in form.fields else None) for row in checks],
        "blocked": blocked,
        "contradictions": contradictions,
        "conflict": str(conflict),
    }
    return render(request, "reports/telaah_staf_issue.html", context, status=status)
