"""Exceptions that a page answers with a special HTTP status, such as 409."""

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.utils.text import capfirst


class WrongState(Exception):
    """The state of the record does not allow the action (409). The message is an Indonesian sentence."""


class Gone(WrongState):
    """Somebody deleted the record after the person opened the page and before they acted."""

    def __init__(self, model):
        name = capfirst(str(model._meta.verbose_name))
        super().__init__(f"{name} ini sudah tidak ada: orang lain menghapus atau menggantinya.")


def still_there(rows, record):
    """The record as the queryset `rows` has it now. Raises Gone when it is deleted."""
    try:
        return rows.get(pk=record.pk)
    except ObjectDoesNotExist:
        raise Gone(type(record)) from None


def require(decision):
    """Raises PermissionDenied (403) or WrongState (409) when the `Decision` is a refusal."""
    if decision:
        return
    if decision.wrong_state:
        raise WrongState(decision.reason)
    raise PermissionDenied(decision.reason)
