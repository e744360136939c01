"""The entry grid. A browser with scripts saves single cells and reads JSON; without, it posts a form."""

import re

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from performance.models import Objective
from performance.permissions import objective_policy
from performance.rules.quarters import QUARTERS
from performance.selectors import indicator_tables
from performance.selectors.entry_grid import ALL_QUARTERS, REALISATION, grids_of
from performance.selectors.typed_cells import SEEN, about, put_back
from performance.services.entry_grid import save
from performance.views.chosen_year import selected
from sakip.errors import WrongState
from sakip.numbers import roman
from sakip.services import unsaved
from sakip.unsaved import keeps_typed, kept_answer, sentence

VIEWS = {"": "Setahun", ALL_QUARTERS: "Triwulan I–IV"} | {
    str(quarter): f"Triwulan {roman(quarter)}" for quarter in QUARTERS
}
CELL_NAME = re.compile(r"(?:target|realisasi)-([0-9]{1,18})-[0-9-]+")


def _keep(request):
    """Keeps the posted cells that differ from what was stored, and forgets the others."""
    return _merge(request, {name for name in _cells(request) if _is_changed(request, name)})


def _merge(request, unsaved_names):
    fields, gone = {}, set()
    for name in _cells(request):
        both = (name, SEEN + name)
        if name in unsaved_names:
            fields |= {one: request.POST.get(one, "").replace("\0", "") for one in both}
        else:
            gone.update(both)
    return unsaved.merge_form(**about(request.user), at=timezone.now(), fields=fields, gone=gone)


def _refused(request, outcomes):
    """What was changed and not saved, also where the indicator is gone."""
    changed = {name for name in _cells(request) if _is_changed(request, name)}
    return {name for name in changed if name not in outcomes or outcomes[name].error}


def _cells(request):
    return [name for name in request.POST if CELL_NAME.fullmatch(name)]


def _is_changed(request, name):
    return request.POST[name].strip() != request.POST.get(SEEN + name, "").strip()


@require_POST
def entry_grid_typed(request):
    """What js/grid.js sends while somebody types, and the button that throws it away."""
    if "buang" in request.POST:
        unsaved.discard_form(**about(request.user))
        query = request.GET.urlencode()
        return redirect(f"{reverse('performance:entry-grid')}{f'?{query}' if query else ''}")
    try:
        kept = _keep(request)
    except WrongState as refused:
        return sentence(str(refused), status=409)
    return kept_answer(kept) if kept else sentence("")


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(by=_keep)
def entry_grid(request):
    chosen, view = selected(request), _view(request)
    outcomes = {}
    if request.method == "POST":
        outcomes = _save(request, chosen, view)
        _merge(request, _refused(request, outcomes))
        if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            return JsonResponse(_answer(request, chosen, view, outcomes))
        if not any(cell.error for cell in outcomes.values()):
            saved = sum(cell.is_saved for cell in outcomes.values())
            words = f"{saved} sel disimpan." if saved else "Tidak ada yang berubah."
            messages.success(request, words)
            return redirect(request.get_full_path())
    grids = _grids(request, chosen, view)  # after saving, so with the new changes and totals
    _tell(grids, outcomes)
    typed = None if request.method == "POST" else put_back(grids, request.user)
    context = vars(chosen) | {"view": view, "views": VIEWS, "is_mine": _is_mine(request)}
    context |= {"grids": [one for one in grids if one.rows], "typed": typed}
    return render(request, "performance/entry_grid.html", context | _locks(request, chosen, grids))


def _view(request):
    asked = request.GET.get("triwulan", "")
    return asked if asked in VIEWS else ""


def _is_mine(request):
    return request.GET.get("baris") == "saya"


def _save(request, chosen, view):
    """Saves the posted cells; returns all cells of their indicators by name."""
    found = _grids(request, chosen, view, _posted(request))
    for one in found:
        save(one, request.POST, actor=request.user, at=timezone.now())
    return {cell.name: cell for one in found for cell in one.cells}


def _posted(request):
    """The keys of the indicators that have cells in the request."""
    return {int(found[1]) for name in request.POST if (found := CELL_NAME.fullmatch(name))}


def _answer(request, chosen, view, outcomes):
    """What the script shows: each cell of the posted indicators, and the change of each row."""
    grids = _grids(request, chosen, view, _posted(request))
    _tell(grids, outcomes)
    rows = [row for one in grids for row in one.rows]
    template = "performance/_change.html"
    return {
        "cells": {cell.name: _cell(cell) for row in rows for cell in row.cells},
        "changes": {
            line.row.indicator.pk: render_to_string(template, {"row": line.row}) for line in rows
        },
    }


def _cell(cell):
    form = ""
    if cell.error and cell.what == REALISATION and cell.is_open and not cell.quarter:
        form = reverse("performance:realisation-edit", args=[cell.indicator.pk, cell.year])
    return {
        "stored": cell.stored,
        "error": cell.error,
        "note": cell.note,
        "amiss": cell.is_amiss,
        "form": form,
    }


def _grids(request, chosen, view, only=None):
    if not chosen.unit:
        return []
    tables = indicator_tables.indicator_tables(request.user, chosen.year, chosen.unit, only)
    asked = request.GET.get("sasaran")
    tables = [one for one in tables if one.rows and asked in (None, str(one.objective.pk))]
    return grids_of(tables, request.user, view, only_open=_is_mine(request))


def _tell(grids, outcomes):
    """Copies the result of saving each cell into the newly loaded grid."""
    for one in grids:
        for cell in one.cells:
            before = outcomes.get(cell.name)
            if before is None:
                continue
            cell.is_saved, cell.error = before.is_saved, before.error
            if cell.error:
                cell.typed = before.typed


def _locks(request, chosen, grids):
    body = chosen.unit and Objective(unit=chosen.unit)
    return {
        "years": grids[0].table.years if grids else [],
        "locked": grids[0].locked if grids else set(),
        "may_lock": bool(body and objective_policy.check(request.user, "edit", body)),
    }
