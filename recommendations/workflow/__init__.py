"""Performs the transitions of a renaksi; `recommendations/transitions.py` contains the table."""

from recommendations.workflow.authorship import AUTHORING, has_authored, without_own_work
from recommendations.workflow.carry_out import Work, begin, perform, perform_held, perform_many
from recommendations.workflow.conditions import available, lock, missing, require_transition

__all__ = [
    "AUTHORING",
    "Work",
    "available",
    "begin",
    "has_authored",
    "lock",
    "missing",
    "perform",
    "perform_held",
    "perform_many",
    "require_transition",
    "without_own_work",
]
