"""The page with which a coordinator locks a year of a body or opens it again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from performance.services import locked_years
from sakip.models import Unit


@require_POST
def year_lock(request, pk, year):
    """Locks a year of a body; opens it again when `buka` is posted."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    act = locked_years.unlock_year if "buka" in request.POST else locked_years.lock_year
    act(unit=unit, year=year, actor=request.user, at=timezone.now())
    words = "dibuka kembali" if "buka" in request.POST else "dikunci"
    messages.success(request, f"Tahun {year} {words}.")
    shown = request.GET.get("tahun", "")
    shown = shown if shown.isdecimal() else year
    return redirect(f"{reverse('performance:entry-grid')}?unit={unit.pk}&tahun={shown}")
