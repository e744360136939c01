"""Filters of the renaksi list that people keep under a name."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recommendations.forms.saved_views import NewViewForm, SavedViewForm
from recommendations.models import SavedView
from recommendations.selectors.renaksi_list import address
from recommendations.services import saved_views as services
from sakip.editing import attempt, posted

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def saved_view_list(request):
    views = SavedView.objects.visible_to(request.user).select_related("owner")
    return render(request, "recommendations/saved_view_list.html", {"views": views})


@form_methods
def saved_view_create(request):
    initial = {"query": request.GET.urlencode()}
    form = NewViewForm(*posted(request), user=request.user, initial=initial)
    if form.is_valid() and (view := attempt(request, form, services.create_view)):
        messages.success(request, f"Tampilan “{view}” disimpan.")
        return redirect(address(view.query))
    return render(request, "recommendations/saved_view_form.html", {"form": form})


@form_methods
def saved_view_edit(request, pk):
    view = _own_view(request, pk)
    form = SavedViewForm(*posted(request), instance=_own_view(request, pk))
    if form.is_valid() and attempt(request, form, services.edit_view, view=view):
        messages.success(request, "Tampilan disimpan.")
        return redirect("recommendations:saved-view-list")
    context = {"form": form, "view": view}
    return render(request, "recommendations/saved_view_form.html", context)


@require_POST
def saved_view_delete(request, pk):
    view = _own_view(request, pk)
    services.delete_view(view=view, actor=request.user, at=timezone.now())
    messages.success(request, f"Tampilan “{view}” dihapus.")
    return redirect("recommendations:saved-view-list")


def _own_view(request, pk):
    """404 for what the person cannot see, 403 for what a colleague shares."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    services.require_owner(view, request.user)
    return view
