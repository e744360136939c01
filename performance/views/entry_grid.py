"""The entry grid."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from performance.models import Objective
from performance.permissions import objective_policy
from performance.selectors import indicator_tables
from performance.selectors.entry_grid import grids_of
from performance.services.entry_grid import save
from performance.views.chosen_year import selected


@require_http_methods(["GET", "HEAD", "POST"])
def entry_grid(request):
    chosen = selected(request)
    grids = _grids(request, chosen)
    if request.method == "POST":
        for one in grids:
            save(one, request.POST, actor=request.user, at=timezone.now())
        cells = {cell.name: cell for one in grids for cell in one.cells}
        grids = _grids(request, chosen)  # with the new changes and totals
        _tell(grids, cells)
        if not request.htmx and not any(cell.error for cell in cells.values()):
            saved = sum(cell.is_saved for cell in cells.values())
            messages.success(
                request, f"{saved} sel disimpan." if saved else "Tidak ada yang berubah."
            )
            return redirect(request.get_full_path())
    context = vars(chosen) | {
        "grids": grids,
        "years": grids[0].table.years if grids else [],
        "locked": grids[0].locked if grids else set(),
        "may_lock": bool(
            chosen.unit
            and objective_policy.check(request.user, "edit", Objective(unit=chosen.unit))
        ),
    }
    return render(request, "performance/entry_grid.html", context)


def _grids(request, chosen):
    tables = indicator_tables.indicator_tables(request.user, chosen.year, chosen.unit)
    asked = request.GET.get("sasaran")
    tables = [one for one in tables if one.rows and asked in (None, str(one.objective.pk))]
    return grids_of(tables, request.user) if chosen.unit else []


def _tell(grids, outcomes):
    """Copies the result of saving each cell into the newly loaded grid."""
    for one in grids:
        for cell in one.cells:
            before = outcomes[cell.name]
            cell.is_saved, cell.error = before.is_saved, before.error
            if cell.error:
                cell.typed = before.typed
