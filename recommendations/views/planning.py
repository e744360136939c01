"""The coordinator's changes to many renaksi at once: the ticked or filtered ones, or all of one unit."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.forms.listing import FilterForm
from recommendations.forms.planning import BulkForm, HandOverForm, HandOverPersonForm
from recommendations.listing import address
from recommendations.models import Renaksi
from recommendations.permissions import renaksi_policy
from recommendations.services import planning as services
from recommendations.views.shared import posted
from sakip.converters import key_of
from sakip.errors import require

SHOWN = 10  # rows a page or a message names; the others are counted
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@form_methods
def bulk(request):
    """GET comes from the list, with the ticked rows or with `semua` and the filters; both travel on in the POST."""
    require(renaksi_policy.check(request.user, "plan"))
    asked = request.POST if request.method == "POST" else request.GET
    filters = FilterForm(QueryDict(asked.get("saringan", "")), user=request.user)
    chosen = _chosen(request.user, asked, filters)
    back = address(filters.query)
    form = BulkForm(*posted(request), user=request.user)
    if request.method == "POST" and chosen.exists() and form.is_valid():
        outcome = services.change_many(
            renaksi_ids=chosen.values_list("pk", flat=True),
            actor=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
        _tell(request, outcome)
        return redirect(back)
    context = {"form": form, "filters": filters, "back": back, "everything": "semua" in asked}
    context |= {"ticked": asked.getlist("renaksi"), "rows": chosen.for_check()[:SHOWN]}
    context["count"] = chosen.count()
    return render(request, "recommendations/bulk_form.html", context)


def _chosen(user, asked, filters):
    """The rows meant, of those the person sees."""
    if "semua" in asked:
        return filters.rows(timezone.localdate())
    ids = map(key_of, asked.getlist("renaksi"))
    return Renaksi.objects.visible_to(user).filter(pk__in=[pk for pk in ids if pk is not None])


@form_methods
def hand_over(request):
    """Both units in the address show what would change; the POST does it."""
    form = _hand_over_form(request, HandOverForm)
    if not form.is_valid():
        return _hand_over_page(request, form)
    from_unit, to_unit = form.cleaned_data["dari"], form.cleaned_data["ke"]
    if request.method == "POST":
        return _handed_over(
            request,
            services.hand_over(
                from_unit=from_unit, to_unit=to_unit, actor=request.user, at=timezone.now()
            ),
            address(f"unit={to_unit.pk}"),
        )
    rows = services.open_items_of(from_unit, request.user).for_check()
    led, count = rows.filter(lead_unit=from_unit).count(), rows.count()
    summary = (
        f"{led} sebagai penanggung jawab dan {count - led} sebagai pendukung, "
        f"dari {from_unit} kepada {to_unit}."
    )
    return _hand_over_page(request, form, rows, summary)


@form_methods
def hand_over_person(request):
    """The same for what is entrusted to a person."""
    form = _hand_over_form(request, HandOverPersonForm)
    if not form.is_valid():
        return _hand_over_page(request, form)
    from_person, to_person = form.cleaned_data["dari"], form.cleaned_data["ke"]
    if request.method == "POST":
        outcome = services.hand_over_person(
            from_person=from_person, to_person=to_person, actor=request.user, at=timezone.now()
        )
        return _handed_over(request, outcome, address(f"petugas={to_person.pk}"))
    rows = services.open_items_of_person(from_person, request.user).for_check()
    unit = to_person.unit
    possible = rows.filter(pk__in=services.open_items_of(unit, request.user).values("pk"))
    summary = f"Dari {from_person} kepada {to_person}."
    if skipped := rows.count() - possible.count():
        summary += f" {skipped} dilewati karena {unit} tidak berperan di dalamnya."
    return _hand_over_page(request, form, possible, summary)


def _hand_over_form(request, form_class):
    require(renaksi_policy.check(request.user, "plan"))
    data = request.POST if request.method == "POST" else request.GET or None
    return form_class(data, user=request.user)


def _hand_over_page(request, form, rows=None, summary=""):
    context = {"form": form, "by_person": isinstance(form, HandOverPersonForm)}
    if rows is not None:
        context |= {"rows": rows[:SHOWN], "count": rows.count(), "summary": summary}
        context |= {"from_whom": form.cleaned_data["dari"], "to_whom": form.cleaned_data["ke"]}
    return render(request, "recommendations/hand_over.html", context)


def _handed_over(request, outcome, back):
    _tell(request, outcome)
    return redirect(back)


def _tell(request, outcome):
    if outcome.changed:
        messages.success(request, f"{len(outcome.changed)} rencana aksi diubah.")
    if outcome.unchanged:
        text = f"{len(outcome.unchanged)} rencana aksi sudah seperti yang diminta."
        messages.info(request, text)
    for reason, rows in outcome.skipped.items():
        names = ", ".join(str(row) for row in rows[:SHOWN])
        names += f", dan {len(rows) - SHOWN} lainnya" if len(rows) > SHOWN else ""
        text = f"{len(rows)} rencana aksi dilewati. {reason} ({names})"
        messages.warning(request, text)
