"""The public page that tells whether a document is genuine. It needs no sign-in, so it shows very little."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from reports.forms.issuing import CodeForm
from reports.models import IssuedReport
from reports.verification import codes
from reports.verification.uploads import HashingHandler
from sakip.sign_in.rate_limits import Limit

WRONG_CODES = Limit(
    "verification-code",
    most=settings.VERIFICATION_WRONG_CODES,
    minutes=settings.VERIFICATION_WAIT_MINUTES,
)
COMPARED_FILES = Limit(
    "verification-file",
    most=settings.VERIFICATION_COMPARED_FILES,
    minutes=settings.VERIFICATION_WAIT_MINUTES,
)


@login_not_required
@require_safe
def verification_entry(request):
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        return redirect("reports:verification", code=form.cleaned_data["kode"])
    return _unlisted(render(request, "reports/verification_entry.html", {"form": form}))


@login_not_required
@csrf_exempt  # the upload handler must be set first; then `_verify` checks the token
@require_http_methods(["GET", "HEAD", "POST"])
def verification(request, code):
    """Answers the same for a code that was never given and for a text that cannot be a code."""
    if WRONG_CODES.is_reached(request):
        return WRONG_CODES.refusal(request)
    if request.method == "POST":
        if COMPARED_FILES.is_reached(request):
            return COMPARED_FILES.refusal(request)
        COMPARED_FILES.count(request)
        request.upload_handlers = [HashingHandler(request)]
    return _unlisted(_verify(request, codes.normalise(code)))


@csrf_protect
def _verify(request, code):
    issued = IssuedReport.objects.public().filter(code=code).first()
    if issued is None:
        WRONG_CODES.count(request)
        context = {"form": CodeForm(), "unknown": True}
        return render(request, "reports/verification_entry.html", context, status=404)
    context = {"issued": issued, "most": settings.VERIFICATION_MAX_MEGABYTES}
    if request.method == "POST":
        context["compared"] = _compare(request.FILES.get("file"), issued)
    return render(request, "reports/verification.html", context)


def _compare(file, issued) -> str:
    if file is None:
        return "none"
    if file.is_too_large:
        return "too-large"
    return "same" if file.sha256 == issued.sha256 else "different"


def _unlisted(response):
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
