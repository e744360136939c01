"""One click on the page of a renaksi ticks a step off, another takes that back."""

from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from recommendations.models import Step
from recommendations.services import steps as services


@require_POST
def tick(request, pk):
    step = _find(request, pk)
    services.tick_step(
        step=step, actor=request.user, at=timezone.now(), done_on=timezone.localdate()
    )
    return _back(step)


@require_POST
def untick(request, pk):
    step = _find(request, pk)
    services.untick_step(step=step, actor=request.user, at=timezone.now())
    return _back(step)


def _find(request, pk):
    return get_object_or_404(Step.objects.visible_to(request.user).select_related("renaksi"), pk=pk)


def _back(step):
    return redirect(f"{step.renaksi.get_absolute_url()}#tindak-lanjut")
