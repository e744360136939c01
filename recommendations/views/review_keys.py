"""Whether the page of a review follows single keys: a choice of each person, off at first."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from recommendations.forms.review import QueueForm
from recommendations.permissions import renaksi_policy
from sakip.converters import key_of
from sakip.errors import require
from sakip.services.shortcuts import use_shortcuts


@require_POST
def review_keys(request):
    """Leads back to the item whose page was open."""
    require(renaksi_policy.check(request.user, "accept"))
    is_on = request.POST.get("pakai") == "ya"
    use_shortcuts(actor=request.user, is_on=is_on)
    messages.success(request, f"Tombol cepat {'dipakai' if is_on else 'tidak dipakai lagi'}.")
    pk = key_of(request.POST.get("renaksi", ""))
    page = reverse("recommendations:review-item", args=[pk]) if pk else ""
    page = page or reverse("recommendations:review-list")
    return redirect(page + QueueForm(request.GET, user=request.user).query)
