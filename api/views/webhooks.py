"""Webhooks among the settings: listed, made, changed, switched, tested; what was sent, and sending it again."""

from decimal import Decimal

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from api.forms.webhooks import WebhookEditForm, WebhookForm
from api.models import Webhook, WebhookDelivery
from api.rules.events import WAITS
from api.services import delivery, trial
from api.services import webhooks as services
from sakip.editing import StaleEdit, again, attempt, made_once, posted
from sakip.numbers import format_number
from sakip.paging import page_of
from sakip.views.records import for_coordinators


@require_safe
@for_coordinators
def webhook_list(request):
    webhooks = Webhook.objects.visible_to(request.user).select_related("unit")
    return render(request, "api/webhook_list.html", {"webhooks": webhooks})


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
@reauthentication_required(allow_get=True)
def webhook_create(request):
    """Shows the secret once, in the answer to the form."""
    form = WebhookForm(posted(request)[0], user=request.user)
    if form.is_valid() and (made := attempt(request, form, services.make_webhook)):
        webhook, secret = made
        made_once(request, "api:webhook-list")
        return render(request, "api/webhook_made.html", {"webhook": webhook, "secret": secret})
    return render(request, "api/webhook_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
@reauthentication_required(allow_get=True)
def webhook_edit(request, pk):
    webhook = _webhook(request, pk)
    seen = services.digest_of(webhook)
    form = WebhookEditForm(posted(request)[0], webhook=webhook, seen=seen)
    context, status = {"webhook": webhook, "form": form}, 200
    try:
        if form.is_valid() and attempt(request, form, services.edit_webhook, webhook=webhook):
            messages.success(request, f"Webhook “{form.cleaned_data['name']}” disimpan.")
            return redirect("api:webhook-detail", pk)
    except StaleEdit as conflict:
        form = WebhookEditForm(again(request, seen=seen), webhook=webhook, seen=seen)
        context |= {"form": form, "conflict": str(conflict)}
        status = 409
    return render(request, "api/webhook_edit.html", context, status=status)


@require_POST
@for_coordinators
def webhook_test(request, pk):
    """Sends it while the person waits, ten seconds at most."""
    webhook = _webhook(request, pk)
    row, seconds = trial.send_test(webhook=webhook, actor=request.user, at=timezone.now())
    took = f"{format_number(Decimal(seconds))} detik"
    if row.last_problem:
        messages.error(request, f"Kiriman uji tidak diterima. {row.last_problem} ({took})")
    else:
        messages.success(request, f"Kiriman uji diterima: status {row.last_status}, {took}.")
    return redirect("api:webhook-detail", pk)


@require_safe
@for_coordinators
def webhook_detail(request, pk):
    webhook = _webhook(request, pk)
    page = page_of(webhook.deliveries.all(), request.GET, order=["-pk"])
    context = {"webhook": webhook, "page": page, "most": len(WAITS) + 1}
    return render(request, "api/webhook_detail.html", context)


@require_POST
@for_coordinators
def webhook_switch(request, pk):
    webhook, is_active = _webhook(request, pk), request.POST.get("aktif") == "ya"
    services.switch_webhook(
        webhook=webhook, actor=request.user, at=timezone.now(), is_active=is_active
    )
    words = "dihidupkan" if is_active else "dimatikan"
    messages.success(request, f"Webhook “{webhook}” {words}.")
    return redirect("api:webhook-detail", pk)


@require_POST
@for_coordinators
def delivery_again(request, pk):
    row = get_object_or_404(WebhookDelivery.objects.visible_to(request.user), pk=pk)
    delivery.send_again(row=row, at=timezone.now())
    messages.success(request, "Kiriman itu dikirim lagi.")
    return redirect("api:webhook-detail", row.webhook_id)


def _webhook(request, pk):
    rows = Webhook.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(rows, pk=pk)
