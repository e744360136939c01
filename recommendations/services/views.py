"""Saves filters of the renaksi list under a name. Only the owner changes them; colleagues may open shared ones."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from recommendations.models import SavedView
from sakip.history import record
from sakip.writing import write


@transaction.atomic
def create_view(*, actor, at, name, query, is_shared) -> SavedView:
    """`query` is the address part that `FilterForm.query` gives."""
    view = SavedView(owner=actor)
    changes = write(view, name=name, query=query, is_shared=is_shared)
    record(actor=actor, at=at, action="create", target=view, changes=changes)
    return view


@transaction.atomic
def edit_view(*, view, actor, at, name, is_shared) -> SavedView:
    view = SavedView.objects.select_for_update().get(pk=view.pk)
    require_owner(view, actor)
    if changes := write(view, name=name, is_shared=is_shared):
        record(actor=actor, at=at, action="edit", target=view, changes=changes)
    return view


@transaction.atomic
def delete_view(*, view, actor, at):
    require_owner(view, actor)
    record(actor=actor, at=at, action="delete", target=view)
    view.delete()


def require_owner(view, actor):
    if view.owner_id != actor.pk:
        raise PermissionDenied(f"Tampilan ini milik {view.owner}. Hanya pemiliknya yang mengubah.")
