"""Units and their former names, people, the officials who sign letters, and letterheads."""

from sakip.consistency.finding import DismissedFinding
from sakip.consistency.kept import ChangedScope, KeptFinding
from sakip.history.entries import HistoryEntry
from sakip.models.letterheads import Letterhead
from sakip.models.officials import Official, nip_validator
from sakip.models.posts import Post
from sakip.models.tries import FormerPassword, KnownPlace, TryCount
from sakip.models.unit_names import UnitName, UnitSuccession
from sakip.models.units import Unit
from sakip.models.unsaved import UnsavedText
from sakip.models.users import User

__all__ = [
    "ChangedScope",
    "DismissedFinding",
    "FormerPassword",
    "HistoryEntry",
    "KeptFinding",
    "KnownPlace",
    "Letterhead",
    "Official",
    "Post",
    "TryCount",
    "Unit",
    "UnitName",
    "UnitSuccession",
    "UnsavedText",
    "User",
    "nip_validator",
]
