"""“Atur tabel”: what the person sees of one list."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sakip.editing import posted
from sakip.forms.table_settings import TableSettingsForm
from sakip.services.table_settings import forget_table, set_table
from sakip.table_settings import TABLES, shown_to

FORGET = "semula"  # the button that takes every choice back


@require_http_methods(["GET", "HEAD", "POST"])
def table_settings(request, name):
    """Leads back to the list, which keeps its filters by itself."""
    if name not in TABLES:
        raise Http404("Tabel ini tidak ada.")
    table = TABLES[name]
    shown = shown_to(request.user, table)
    form = TableSettingsForm(*posted(request), table=table, shown=shown)
    if request.method == "POST" and FORGET in request.POST:
        forget_table(actor=request.user, table=table)
        messages.success(request, f"Tabel {table.title} kembali seperti semula.")
        return redirect(table.route)
    if form.is_valid():
        set_table(actor=request.user, table=table, **{"length": shown.length, **form.cleaned_data})
        messages.success(request, f"Tabel {table.title} diatur.")
        return redirect(table.route)
    return render(request, "sakip/table_settings.html", {"form": form, "table": table})
