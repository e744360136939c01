"""Webhooks among the settings: listed, made, switched; what was sent, and sending it again."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from api.forms.webhooks import WebhookForm
from api.models import Webhook, WebhookDelivery
from api.rules.events import WAITS
from api.services import delivery
from api.services import webhooks as services
from sakip.editing import attempt, made_once, posted
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
