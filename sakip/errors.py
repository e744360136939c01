"""Refusals that a page answers with a status of its own."""

from django.core.exceptions import PermissionDenied


class WrongState(Exception):
    """The record is not in a state that allows this (409). The message is an Indonesian sentence."""


def require(decision):
    """Raises what a refused `Decision` means: PermissionDenied (403) or WrongState (409)."""
    if decision:
        return
    if decision.wrong_state:
        raise WrongState(decision.reason)
    raise PermissionDenied(decision.reason)
