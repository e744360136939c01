"""Reminders by hand: the bodies with late items, who would hear of them, and the sending."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.forms.hand_reminders import RemindForm
from recommendations.permissions import renaksi_policy
from recommendations.selectors.late_items import REMIND, late_bodies
from recommendations.services.hand_reminders import remind_by_hand, said
from sakip.dates import format_datetime
from sakip.errors import require

NOT_LATE = "Perangkat daerah yang dipilih tidak mempunyai tindak lanjut yang lewat batas waktu."


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request):
    """Without a choice the list of bodies, with `unit` the preview of a reminder; POST sends it."""
    require(renaksi_policy.check(request.user, REMIND))
    now = timezone.now()
    today = timezone.localdate(now)
    late = late_bodies(request.user, today=today)
    data = request.POST if request.method == "POST" else request.GET
    chosen = RemindForm(data).chosen(late)
    if request.method == "POST" and chosen:
        bodies = [one.body.pk for one in chosen]
        _tell(request, remind_by_hand(bodies=bodies, actor=request.user, at=now, today=today))
        return redirect("recommendations:remind")
    context = {"late": late, "chosen": chosen, "unit": data.get("unit", ""), "today": today}
    context |= _preview(request.user, chosen) if chosen else {}
    context["problem"] = NOT_LATE if data.get("unit") and not chosen and late else ""
    return render(request, "recommendations/remind.html", context)


def _preview(user, chosen):
    told = [(person, items) for one in chosen for person, items in one.told]
    return {
        "people_count": len({person.pk for person, _ in told}),
        "example": said(user, told[0][1]) if told else "",
    }


def _tell(request, outcome):
    if outcome.sent:
        names = ", ".join(one.body.name for one in outcome.sent[:5])
        more = f", dan {len(outcome.sent) - 5} lainnya" if len(outcome.sent) > 5 else ""
        text = f"Pengingat dikirim kepada {len(outcome.people)} orang: {names}{more}."
        messages.success(request, text)
    for one in outcome.reminded_before:
        when = format_datetime(one.last.at)
        messages.warning(
            request, f"{one.body.name} sudah diingatkan hari ini oleh {one.last.actor}, {when}."
        )
    for one in outcome.nobody_there:
        units = ", ".join(map(str, one.untold))
        text = (
            f"{one.body.name} tidak diingatkan: {units} tidak mempunyai operator atau koordinator."
        )
        messages.warning(request, text)
