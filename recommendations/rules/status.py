"""The labels of each status of a renaksi, and the status of a recommendation, which follows from its
renaksi (docs/design.md §2.3)."""

from typing import NamedTuple

from recommendations import transitions
from recommendations.rules.progress import Progress

DONE_MARK, NOT_YET_MARK, CANNOT_MARK = "Sudah", "Belum", "Tidak dapat"


class StatusWords(NamedTuple):
    """`tone` is the weight of the badge on screen; its text is the label of `Renaksi.Status`. What a unit has
    to take up again is the loudest, what waits for the evaluator is calm.

    `printed` is the unit's claim, `verification` the evaluator's decision ("-" when there is none).
    `kke` is the word in format 6 of the evaluator's working paper, `bpk` that of the audit board.
    """

    tone: str
    printed: str
    verification: str
    kke: str
    bpk: str

    @property
    def printed_verified(self) -> str:
        """Like `printed`, but only what the evaluator accepted is Sudah."""
        return NOT_YET_MARK if self.verification == UNVERIFIED else self.printed


UNVERIFIED = "Belum diverifikasi"
NOT_COUNTED = "Tidak dihitung"
PARTLY = "Belum sesuai / dalam proses"
STATUS_WORDS = {
    transitions.OPEN: StatusWords(
        "secondary", NOT_YET_MARK, "-", "Belum ada", "Belum ditindaklanjuti"
    ),
    transitions.IN_PROGRESS: StatusWords("info", NOT_YET_MARK, "-", "Dalam proses", PARTLY),
    transitions.SUBMITTED: StatusWords("primary", DONE_MARK, UNVERIFIED, "Dalam proses", PARTLY),
    transitions.RETURNED: StatusWords(
        "action", NOT_YET_MARK, "Belum sesuai", "Dalam proses", PARTLY
    ),
    transitions.DONE: StatusWords("success", DONE_MARK, "Sesuai", "Tuntas", "Sesuai rekomendasi"),
    transitions.NOT_ACTIONABLE: StatusWords(
        "secondary", CANNOT_MARK, "TD", NOT_COUNTED, "Tidak dapat ditindaklanjuti"
    ),
}


def is_claimed(renaksi: Progress) -> bool | None:
    """Says whether a recommendation is Sudah: all its countable renaksi are. None without countable ones."""
    return renaksi.claimed == renaksi.countable if renaksi.countable else None


def is_verified(renaksi: Progress) -> bool | None:
    """The same for Tuntas, which only the evaluator decides."""
    return renaksi.verified == renaksi.countable if renaksi.countable else None
