"""The page with the indicators of a body and their figures of four years."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance.permissions import objective_policy
from performance.selectors import entry_grid, indicator_tables
from performance.selectors.listed_tables import INDICATORS
from performance.views.chosen_year import selected
from sakip.table_settings import shown_to


@require_safe
def indicator_table(request):
    user, chosen = request.user, selected(request)
    unit = chosen.unit
    tables = indicator_tables.indicator_tables(user, chosen.year, unit) if unit else []
    context = vars(chosen) | {
        "tables": tables,
        "shown": shown_to(user, INDICATORS),
        "has_rows": any(table.rows for table in tables),
        "writable": entry_grid.writable(tables, user),
        "may_create": objective_policy.check(user, "edit"),
    }
    return render(request, "performance/indicator_table.html", context)
