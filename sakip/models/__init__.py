"""Units and their former names, people, the officials who sign letters, letterheads, and signs of life."""

from sakip.consistency.finding import DismissedFinding
from sakip.consistency.kept import ChangedScope, KeptFinding
from sakip.history.entries import HistoryEntry
from sakip.history.links import HistoryCheck, HistoryLink
from sakip.history.version import BodyVersion, DataVersion
from sakip.models.backup_runs import BackupRun
from sakip.models.beats import Beat
from sakip.models.letterheads import Letterhead
from sakip.models.mail import WaitingMail
from sakip.models.officials import Official, nip_validator
from sakip.models.partial_uploads import PartialUpload, UploadPart
from sakip.models.posts import Post
from sakip.models.submissions import Submission
from sakip.models.tries import FormerPassword, KnownPlace, TryCount
from sakip.models.unit_names import UnitName, UnitSuccession
from sakip.models.units import Unit
from sakip.models.unsaved import UnsavedText
from sakip.models.users import User

__all__ = [
    "BackupRun",
    "Beat",
    "ChangedScope",
    "BodyVersion",
    "DataVersion",
    "DismissedFinding",
    "FormerPassword",
    "HistoryCheck",
    "HistoryEntry",
    "HistoryLink",
    "KeptFinding",
    "KnownPlace",
    "Letterhead",
    "Official",
    "PartialUpload",
    "Post",
    "TryCount",
    "Submission",
    "Unit",
    "UnitName",
    "UnitSuccession",
    "UnsavedText",
    "UploadPart",
    "User",
    "WaitingMail",
    "nip_validator",
]
