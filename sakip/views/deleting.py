"""The page that asks before a record is deleted that was made by mistake."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from sakip.deleting import DeleteForm
from sakip.editing import posted
from sakip.errors import WrongState


def delete_page(request, record, template, context, *, require_deletable, delete, told, to):
    """409 with the reason while something hangs on the record.

    `require_deletable` gets the record and the person, `delete` the actor, the time and the version.
    Afterwards `told` is said, on the page `to`.
    """
    form = DeleteForm(posted(request)[0], record=record)
    context = context | {"form": form}
    try:
        require_deletable(record, request.user)
    except WrongState as refusal:
        return render(request, template, context | {"refusal": refusal}, status=409)
    if not form.is_valid():
        return render(request, template, context)
    delete(actor=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, told)
    return redirect(to)
