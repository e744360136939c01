"""Refusals that a page answers with a status of its own."""

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.utils.text import capfirst


class WrongState(Exception):
    """The record is not in a state that allows this (409). The message is an Indonesian sentence."""


class Gone(WrongState):
    """Somebody deleted the record between the look at it and the deed."""

    def __init__(self, model):
        name = capfirst(str(model._meta.verbose_name))
        super().__init__(f"{name} ini sudah tidak ada: orang lain menghapus atau menggantinya.")


def still_there(rows, record):
    """The record as it stands in the queryset `rows` now; Gone when it is there no more."""
    try:
        return rows.get(pk=record.pk)
    except ObjectDoesNotExist:
        raise Gone(type(record)) from None


def require(decision):
    """Raises what a refused `Decision` means: PermissionDenied (403) or WrongState (409)."""
    if decision:
        return
    if decision.wrong_state:
        raise WrongState(decision.reason)
    raise PermissionDenied(decision.reason)
