"""Settings pages of letterheads, for coordinators within their reach."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from sakip.forms.letterheads import LetterheadForm
from sakip.forms.unit_choices import choosable_units
from sakip.models import Letterhead, Unit
from sakip.views.records import for_coordinators, record_page


def _letterheads(user):
    units = Unit.objects.editable_by(user).values("pk")
    return Letterhead.objects.filter(unit__in=units).select_related("unit")


@require_safe
@for_coordinators
def letterhead_list(request):
    context = {
        "letterheads": _letterheads(request.user),
        "may_create": choosable_units(request.user).filter(letterhead=None).exists(),
    }
    return render(request, "sakip/letterhead_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def letterhead_create(request):
    return record_page(request, LetterheadForm, kind="letterhead", noun="Kop surat")


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def letterhead_edit(request, pk):
    letterhead = get_object_or_404(_letterheads(request.user), pk=pk)
    return record_page(
        request, LetterheadForm, kind="letterhead", noun="Kop surat", record=letterhead
    )


@require_safe
@for_coordinators
def letterhead_logo(request, pk):
    letterhead = get_object_or_404(_letterheads(request.user), pk=pk)
    if not letterhead.logo:
        raise Http404
    return FileResponse(letterhead.logo.open())
