"""Asking for a later due date, and deciding on it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.forms.extensions import ExtensionDecisionForm, ExtensionForm
from recommendations.models import ExtensionRequest
from recommendations.permissions import renaksi_policy
from recommendations.selectors.extension_rows import waiting
from recommendations.services import extensions as services
from recommendations.views.shared import find_renaksi
from sakip.editing import StaleEdit, again, attempt, posted
from sakip.errors import require
from sakip.paging import page_of
from sakip.unsaved import keeps_typed

form_methods = require_http_methods(["GET", "HEAD", "POST"])
LOADED = ("renaksi__lead_unit", "renaksi__recommendation__evaluation__unit", "requested_by__unit")
DECIDED_LENGTH = 20


@form_methods
@keeps_typed(ExtensionForm)
def create(request, pk):
    renaksi = find_renaksi(request, pk)
    services.require_requestable(renaksi, request.user)
    form = ExtensionForm(*posted(request))
    if form.is_valid() and attempt(request, form, services.request_extension, renaksi=renaksi):
        messages.success(request, "Permintaan perpanjangan dikirim kepada koordinator.")
        return redirect(renaksi)
    context = {"form": form, "renaksi": renaksi}
    return render(request, "recommendations/extension_form.html", context)


@require_safe
def extension_list(request):
    require(renaksi_policy.check(request.user, "decide_extension"))
    rows = ExtensionRequest.objects.visible_to(request.user).exclude(decided_at=None)
    decided = rows.order_by("-decided_at").select_related("decided_by", *LOADED)
    context = {
        "page": page_of(
            services.pending(request.user),
            request.GET,
            order=services.OLDEST_FIRST,
            read=lambda keys: waiting(keys, request.user),
        ),
        "decided": decided[:DECIDED_LENGTH],
    }
    return render(request, "recommendations/extension_list.html", context)


@form_methods
@keeps_typed(ExtensionDecisionForm)
def decide(request, pk):
    extension = _find(request, pk)
    services.require_decidable(extension, request.user)
    form = ExtensionDecisionForm(*posted(request), extension=extension)
    try:
        if form.is_valid() and attempt(
            request, form, services.decide_extension, extension=extension
        ):
            words = extension.get_decision_display().lower()
            name = extension.renaksi.named_for(request.user)
            messages.success(request, f"Permintaan perpanjangan {name} {words}.")
            return redirect("recommendations:extension-list")
    except StaleEdit as conflict:
        return _changed_page(request, pk, conflict)
    return _page(request, extension, form)


def _page(request, extension, form, *, status=200, **context):
    context |= {
        "extension": extension,
        "renaksi": extension.renaksi,
        "form": form,
        "obstacle": services.obstacle(extension),
    }
    return render(request, "recommendations/extension_decide.html", context, status=status)


def _changed_page(request, pk, conflict):
    """409: the dates are not those the coordinator read. The note is kept; the next press decides."""
    extension = _find(request, pk)
    data = again(request, seen=services.digest_of(extension))
    form = ExtensionDecisionForm(data, extension=extension)
    return _page(request, extension, form, status=409, conflict=str(conflict))


def _find(request, pk):
    rows = ExtensionRequest.objects.visible_to(request.user).select_related(
        "requested_by", *LOADED, "renaksi__recommendation__component"
    )
    return get_object_or_404(rows.prefetch_related("renaksi__supporting_units"), pk=pk)
