"""“Bantuan”: the guides, and the tour of the first sign-in. Everybody who signs in may read all of them."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sakip.guides.catalogue import GUIDES, INDEX
from sakip.later import later
from sakip.services.tour import close_tour

guide_of = later("sakip.guides.reading.guide")


@require_safe
def guide_list(request):
    return render(request, "sakip/guides.html", {"guide": guide_of(INDEX)})


@require_safe
def guide_page(request, name):
    if name not in GUIDES:
        raise Http404
    return render(request, "sakip/guide.html", {"guide": guide_of(name)})


@require_POST
def tour_close(request):
    close_tour(actor=request.user, at=timezone.now())
    return redirect("reports:home")
