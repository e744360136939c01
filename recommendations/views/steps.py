"""One click on the page of a renaksi ticks a step off, another takes that back."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from recommendations.models import Renaksi, Step
from recommendations.services import steps as services
from recommendations.workflow import available
from sakip.converters import key_of
from sakip.errors import Gone


@require_POST
def tick(request, pk):
    return _set(request, pk, services.tick_step, done_on=timezone.localdate())


@require_POST
def untick(request, pk):
    return _set(request, pk, services.untick_step)


def _set(request, pk, service, **day):
    step = Step.objects.visible_to(request.user).select_related("renaksi").filter(pk=pk).first()
    if step is None:
        given = request.POST.get("renaksi", "")
        return _gone(request, key_of(given))
    try:
        service(step=step, actor=request.user, at=timezone.now(), **day)
    except Gone:
        return _gone(request, step.renaksi_id)
    return redirect(f"{step.renaksi.get_absolute_url()}#tindak-lanjut")


def _gone(request, renaksi_id):
    """409 with the steps as they are now: saving a follow-up writes all of them anew."""
    visible = Renaksi.objects.visible_to(request.user).for_detail()
    renaksi = get_object_or_404(visible, pk=renaksi_id)
    can_tick = any(row.action == "edit" for row in available(request.user, renaksi))
    context = {"renaksi": renaksi, "can_tick": can_tick, "reason": str(Gone(Step))}
    page = "_step_gone" if request.htmx else "step_gone"
    return render(request, f"recommendations/{page}.html", context, status=409)
