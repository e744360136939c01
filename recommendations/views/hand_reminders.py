"""Reminders by hand: the bodies with late items, who would hear of them, and the sending."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.forms.hand_reminders import RemindForm
from recommendations.permissions import renaksi_policy
from recommendations.selectors.late_bodies import REMIND, late_bodies, late_numbers
from recommendations.selectors.late_items import example, reminders
from recommendations.services.hand_reminders import remind_by_hand, said
from sakip.dates import format_datetime
from sakip.errors import require

NOT_LATE = "Perangkat daerah yang dipilih tidak mempunyai tindak lanjut yang terlambat."


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request):
    """Without a choice the list of bodies, with `unit` the preview of a reminder; POST sends it."""
    require(renaksi_policy.check(request.user, REMIND))
    now = timezone.now()
    today = timezone.localdate(now)
    numbers = late_numbers(request.user, today=today)
    data = request.POST if request.method == "POST" else request.GET
    chosen = RemindForm(data).chosen(numbers)
    if request.method == "POST" and chosen:
        _tell(request, remind_by_hand(bodies=chosen, actor=request.user, at=now, today=today))
        return redirect("recommendations:remind")
    context = {"number": len(numbers), "unit": data.get("unit", "")}
    if chosen:
        context |= _preview(request.user, numbers, chosen, today)
    else:
        page = Paginator(list(numbers.items()), settings.PAGE_LENGTH).get_page(data.get("page"))
        late = late_bodies(request.user, dict(page.object_list), today=today)
        context |= {"page": page, "late": late}
        context["problem"] = NOT_LATE if data.get("unit") and late else ""
    return render(request, "recommendations/remind.html", context)


def _preview(user, numbers, bodies, today):
    """The bodies of the first page are shown; the number of people is of all."""
    wanted = {key: number for key, number in numbers.items() if key in bodies}
    chosen = reminders(user, wanted, today=today)
    first = next((late for late in chosen if late.told), None)
    oldest = example(user, first, today=today) if first else None
    return {
        "chosen": chosen[: settings.PAGE_LENGTH],
        "chosen_count": len(chosen),
        "not_shown": max(0, len(chosen) - settings.PAGE_LENGTH),
        "people_count": len({one.person.pk for late in chosen for one in late.told}),
        "example": said(user, oldest, first.told[0].number) if oldest else "",
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
