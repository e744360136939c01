"""Saves filters of the renaksi list under a name. Only the owner changes them; colleagues may open shared ones."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from recommendations.models import SavedView
from sakip.errors import still_there
from sakip.history.write import record
from sakip.models import User
from sakip.writing import write


@transaction.atomic
def create_view(*, actor, at, name, query, is_shared) -> SavedView:
    """`query` is the query string from `FilterForm.query`."""
    _one_at_a_time(actor)
    view = SavedView(owner_id=actor.pk, unit_id=actor.unit_id)
    changes = write(view, name=name, query=query, is_shared=is_shared)
    record(actor=actor, at=at, action="create", target=view, changes=changes)
    return view


@transaction.atomic
def edit_view(*, view, actor, at, name, is_shared) -> SavedView:
    view = _held(view, actor)
    unit = actor.unit if is_shared and not view.is_shared else view.unit
    if changes := write(view, name=name, is_shared=is_shared, unit=unit):
        record(actor=actor, at=at, action="edit", target=view, changes=changes)
    return view


@transaction.atomic
def delete_view(*, view, actor, at):
    view = _held(view, actor)
    record(actor=actor, at=at, action="delete", target=view)
    view.delete()


def _held(view, actor):
    require_owner(view, actor)
    _one_at_a_time(actor)
    return still_there(SavedView.objects, view)


def _one_at_a_time(owner):
    """Locks the owner, so that a name sent twice at once gives a readable error, not a database error."""
    User.objects.select_for_update(of=("self",)).get(pk=owner.pk)


def require_owner(view, actor):
    if view.owner_id != actor.pk:
        raise PermissionDenied(f"Tampilan ini milik {view.owner}. Hanya pemiliknya yang mengubah.")
