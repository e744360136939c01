"""Shared code of the settings pages (pengaturan) of units, people, officials and letterheads."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from sakip.editing import StaleEdit, attempt, posted
from sakip.filling import way_back
from sakip.history.sentences import story_of
from sakip.roles import Role
from sakip.services.records import save_record
from sakip.writing import label, words

LISTS = {
    "unit": "sakip:unit-list",
    "official": "sakip:official-list",
    "letterhead": "sakip:letterhead-list",
}


def for_coordinators(view):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.role != Role.COORDINATOR:
            raise PermissionDenied("Pengaturan hanya untuk koordinator.")
        return view(request, *args, **kwargs)

    return guarded


def record_page(request, form_class, *, kind, noun, record=None):
    """The form of a unit, official or letterhead; `kind` names its list and its template."""
    form = form_class(*posted(request), instance=record, user=request.user)
    target = {"record": record or form_class.Meta.model()}
    try:
        if form.is_valid() and (saved := attempt(request, form, save_record, **target)):
            messages.success(request, f"{noun} {saved} disimpan.")
            return redirect(way_back(request) or LISTS[kind])
    except StaleEdit as conflict:
        return conflict_page(request, form_class, conflict, kind=kind)
    context = {"form": form, "history": history_of(form.instance)}
    return render(request, f"sakip/{kind}_form.html", context)


def conflict_page(request, form_class, conflict, *, kind, **context):
    """Answers 409 and shows the saved text beside the typed text. Saving again overwrites."""
    current = conflict.current
    if current is None:
        raise conflict
    data = request.POST.copy()
    data["version"] = current.version
    form = form_class(data, request.FILES, instance=current, user=request.user)
    names = [name for name in form_class.Meta.fields if name in form.fields]
    saved = [(label(current, name), words(current, name)) for name in names]
    context |= {"form": form, "history": history_of(current), "conflict": conflict, "saved": saved}
    return render(request, f"sakip/{kind}_form.html", context, status=409)


def history_of(record):
    """The history of the record as sentences; None for a new record."""
    return story_of(record) if record.pk else None
