"""The coordinator's changes to many renaksi at once: the ticked or filtered ones, or all of one unit."""

from collections import Counter

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.forms.bulk_plan import BulkForm, HandOverForm, HandOverPersonForm
from recommendations.forms.renaksi_list import FilterForm
from recommendations.models import Renaksi
from recommendations.permissions import renaksi_policy
from recommendations.selectors.renaksi_list import address
from recommendations.services import bulk_plan as services
from sakip.converters import key_of
from sakip.editing import StaleEdit, posted
from sakip.errors import require
from sakip.forms.unit_choices import told_apart, with_body
from sakip.models import User

MOST_BODIES = 3  # named in a sentence; more are counted
SHOWN = 10  # rows a page or a message names; the others are counted
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@form_methods
def bulk(request):
    """The list links here with the selected rows, or with `semua` and the filters; the POST sends them again."""
    require(renaksi_policy.check(request.user, "plan"))
    asked = request.POST if request.method == "POST" else request.GET
    filters = FilterForm(QueryDict(asked.get("saringan", "")), user=request.user)
    chosen = _chosen(request.user, asked, filters)
    form = BulkForm(*posted(request), user=request.user, rows=chosen)
    context = {"form": form, "filters": filters, "everything": "semua" in asked}
    context |= {"ticked": asked.getlist("renaksi"), "back": address(filters.query)}
    if request.method == "POST" and chosen.exists() and form.is_valid():
        return _change_many(request, chosen, context)
    return _bulk_page(request, chosen, context)


def _change_many(request, chosen, context):
    """With `periksa` shows a preview of the changes; else makes them."""
    wish = {"renaksi_ids": list(chosen.values_list("pk", flat=True)), "actor": request.user}
    wish |= context["form"].cleaned_data
    if "periksa" in request.POST:
        return _bulk_page(request, chosen, context, services.change_many_preview(**wish))
    try:
        seen = request.POST.get("seen", "")
        outcome = services.change_many(**wish, at=timezone.now(), seen=seen)
    except StaleEdit:
        outcome = services.change_many_preview(**wish)
        return _bulk_page(request, chosen, context, outcome, status=409)
    _tell(request, outcome)
    return redirect(context["back"])


def _bulk_page(request, chosen, context, outcome=None, status=200):
    """With an `outcome` also shows the preview. Status 409: the changes differ from the earlier preview."""
    if outcome:
        context |= {"rows": outcome.changed[:SHOWN], "count": len(outcome.changed)}
        context |= {"outcome": outcome, "is_outdated": status == 409}
        context["skipped"] = _skipped(request.user, outcome)
    else:
        rows = services.changeable(chosen, request.user)
        context |= {"rows": rows.for_check()[:SHOWN], "count": rows.count()}
    context["left_out"] = chosen.count() - context["count"]
    return render(request, "recommendations/bulk_form.html", context, status=status)


def _chosen(user, asked, filters):
    """The rows meant, of those the person sees."""
    if "semua" in asked:
        return filters.rows(timezone.localdate())
    ids = map(key_of, asked.getlist("renaksi"))
    return Renaksi.objects.visible_to(user).filter(pk__in=[pk for pk in ids if pk is not None])


@form_methods
def hand_over(request):
    """GET with both units shows a preview of the changes; POST makes them."""
    return _hand_over(request, HandOverForm, services.hand_over_preview, services.hand_over)


@form_methods
def hand_over_person(request):
    """The same for what is entrusted to a person."""
    return _hand_over(
        request,
        HandOverPersonForm,
        services.hand_over_person_preview,
        services.hand_over_person,
    )


def _hand_over(request, form_class, preview, deed):
    require(renaksi_policy.check(request.user, "plan"))
    form = form_class(
        request.POST if request.method == "POST" else request.GET or None, user=request.user
    )
    if not form.is_valid():
        return _hand_over_page(request, form)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            outcome = deed(**form.pair, actor=request.user, at=timezone.now(), seen=seen)
        except StaleEdit:
            outcome = preview(**form.pair, actor=request.user)
            return _hand_over_page(request, form, outcome, status=409)
        _tell(request, outcome, to_whom=form.cleaned_data["ke"])
        return redirect(address(form.address))
    return _hand_over_page(request, form, preview(**form.pair, actor=request.user))


def _hand_over_page(request, form, outcome=None, status=200):
    """With an `outcome` also shows the preview. Status 409: the changes differ from the earlier preview."""
    context = {"form": form, "by_person": isinstance(form, HandOverPersonForm)}
    if outcome:
        from_whom, to_whom = form.pair.values()
        context |= {"rows": outcome.changed[:SHOWN], "count": len(outcome.changed)}
        context |= {"from_whom": from_whom, "to_whom": to_whom, "outcome": outcome}
        context |= {"summary": _summary(outcome, from_whom, to_whom), "is_outdated": status == 409}
        context["skipped"] = _skipped(request.user, outcome, to_whom)
    return render(request, "recommendations/hand_over.html", context, status=status)


def _skipped(reader, outcome, to_whom=None):
    """A sentence for each reason; of a person the unit is named, since it is what has no part."""
    if isinstance(to_whom, User):
        name, unit = f"Unit {to_whom} ", f"{to_whom.unit} "
    else:
        name = unit = ""
    between = " karena" if to_whom else "."
    return [
        f"{len(rows)} dilewati{between} {reason.replace(name, unit, 1)} {_named(rows, reader)}"
        for reason, rows in outcome.skipped.items()
    ]


def _summary(outcome, from_whom, to_whom):
    """What will be written, each unit with the body it is part of."""
    pair = f"dari {_with_body(from_whom)} kepada {_with_body(to_whom)}."
    if not outcome.changed:
        return f"D{pair[1:]}"
    if isinstance(from_whom, User):
        return f"{_by_body(outcome.changed)}, {pair}"
    led = sum(renaksi.lead_unit == from_whom for renaksi in outcome.changed)
    return (
        f"{_by_body(outcome.changed)}: {led} sebagai penanggung jawab dan "
        f"{len(outcome.changed) - led} sebagai pendukung, {pair}"
    )


def _with_body(subject):
    """The name of a unit with its body, or of a person with the unit and its body."""
    return (
        f"{subject} ({with_body(subject.unit)})"
        if isinstance(subject, User)
        else with_body(subject)
    )


def _by_body(rows) -> str:
    """How many there are, and of which body: “6 rencana aksi Dinas A dan 1 rencana aksi Dinas B”."""
    counts = Counter(row.recommendation.evaluation.unit for row in rows)
    if len(counts) > MOST_BODIES:
        return f"{len(rows)} rencana aksi dari {len(counts)} perangkat daerah"
    names = told_apart(counts)
    *others, last = [f"{count} rencana aksi {names[body.pk]}" for body, count in counts.items()]
    return f"{', '.join(others)} dan {last}" if others else last


def _tell(request, outcome, to_whom=None):
    """`to_whom` is the unit or person of a hand-over, None for another change."""
    if outcome.changed:
        done = f"dialihkan kepada {_with_body(to_whom)}" if to_whom else "diubah"
        messages.success(request, f"{_by_body(outcome.changed)} {done}.")
    if outcome.taken_off:
        text = f"{len(outcome.taken_off)} di antaranya kini tanpa petugas: unitnya tidak berperan lagi."
        messages.warning(request, text)
    if outcome.unchanged:
        text = f"{len(outcome.unchanged)} rencana aksi sudah seperti yang diminta."
        messages.info(request, text)
    for reason, rows in outcome.skipped.items():
        words = f"{len(rows)} rencana aksi dilewati. {reason} {_named(rows, request.user)}"
        messages.warning(request, words)


def _named(rows, reader):
    names = ", ".join(row.named_for(reader) for row in rows[:SHOWN])
    return f"({names}{f', dan {len(rows) - SHOWN} lainnya' if len(rows) > SHOWN else ''})"
