"""The table of status transitions of a renaksi, with roles and conditions (docs/design.md §2.4).

This module makes no queries. `permissions.py` derives its grants from the table, `workflow` performs
the transitions, and the pages show the labels.
"""

from dataclasses import dataclass
from datetime import timedelta

from sakip.policy import Reach
from sakip.roles import Role

OPEN, IN_PROGRESS, SUBMITTED = "open", "in_progress", "submitted"
RETURNED, DONE, NOT_ACTIONABLE = "returned", "done", "not_actionable"
STATUSES = (OPEN, IN_PROGRESS, SUBMITTED, RETURNED, DONE, NOT_ACTIONABLE)
WORKABLE = (OPEN, IN_PROGRESS, RETURNED)  # the unit can edit it
CLOSED = (DONE, NOT_ACTIONABLE)
# The three numbers of docs/design.md §2.3.
COUNTABLE = (OPEN, IN_PROGRESS, SUBMITTED, RETURNED, DONE)
CLAIMED = (SUBMITTED, DONE)
VERIFIED = (DONE,)

OWN_WORK = "Anda pernah menulis atau mengirim tindak lanjut ini, jadi evaluator lain yang harus mereviunya."
PARTIAL = (
    "Anda tidak mereviu tindak lanjut perangkat daerah ini, karena ini unit Anda sendiri. Evaluator lain "
    "yang mereviunya."
)
# So long, and while nothing else happens to the item, an evaluator may take back the own decision.
TIME_TO_REVOKE = timedelta(seconds=60)
CANNOT_REVOKE = (
    "Putusan ini tidak dapat diurungkan lagi: sudah lewat satu menit, sudah terjadi hal lain sesudahnya, "
    "atau bukan putusan Anda. Bila memang keliru, buka kembali tindak lanjutnya."
)
NO_REASON = "Pilih alasannya."
NO_NOTE = "Tulis catatan supaya unit tahu apa yang harus diperbaiki."
NO_TEXT = "Tulis uraian tindak lanjut atau langkah-langkahnya."
NO_EVIDENCE = "Lampirkan paling sedikit satu bukti dukung."


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One row of the table. `who` holds pairs of a role and its reach.

    `if_impossible` is the status instead of `target` when the unit claims that the renaksi cannot be
    done. `needs_work`: the unit must have written and proved something, or make that claim.
    `bars_authors`: not for a person who ever wrote, imported or sent this item, or who has a part in
    the body it belongs to.
    `revokes`: only for whoever made the decision, within TIME_TO_REVOKE, and as long as nothing has happened
    since.
    `denied` is the sentence for a person of the wrong role.
    """

    action: str
    label: str
    who: tuple[tuple[str, Reach], ...]
    sources: tuple[str, ...]
    target: str
    denied: str
    if_impossible: str = ""
    needs_work: bool = False
    needs_reason: bool = False
    needs_note: bool = False
    bars_authors: bool = False
    revokes: bool = False

    def target_of(self, renaksi) -> str:
        if self.if_impossible and renaksi.not_actionable_reason.strip():
            return self.if_impossible
        return self.target


_ROWS = (
    Transition(
        action="edit",
        label="Tulis tindak lanjut",
        who=((Role.OPERATOR, Reach.OWN_UNIT), (Role.COORDINATOR, Reach.BENEATH)),
        sources=WORKABLE,
        target=IN_PROGRESS,
        denied="Tindak lanjut ditulis oleh operator unit penanggung jawab atau pendukung.",
    ),
    Transition(
        action="submit",
        label="Kirim untuk direviu",
        who=((Role.OPERATOR, Reach.OWN_LEAD),),
        sources=WORKABLE,
        target=SUBMITTED,
        needs_work=True,
        denied="Hanya operator unit penanggung jawab yang dapat mengirim.",
    ),
    Transition(
        action="withdraw",
        label="Tarik kembali",
        who=((Role.OPERATOR, Reach.OWN_LEAD),),
        sources=(SUBMITTED,),
        target=IN_PROGRESS,
        denied="Hanya operator unit penanggung jawab yang dapat menarik kembali.",
    ),
    Transition(
        action="accept",
        label="Terima",
        who=((Role.EVALUATOR, Reach.BENEATH),),
        sources=(SUBMITTED,),
        target=DONE,
        if_impossible=NOT_ACTIONABLE,
        bars_authors=True,
        denied="Hanya evaluator yang dapat menerima.",
    ),
    Transition(
        action="return",
        label="Kembalikan",
        who=((Role.EVALUATOR, Reach.BENEATH),),
        sources=(SUBMITTED,),
        target=RETURNED,
        needs_reason=True,
        needs_note=True,
        bars_authors=True,
        denied="Hanya evaluator yang dapat mengembalikan.",
    ),
    Transition(
        action="reopen",
        label="Buka kembali",
        who=((Role.EVALUATOR, Reach.BENEATH), (Role.COORDINATOR, Reach.BENEATH)),
        sources=CLOSED,
        target=RETURNED,
        needs_note=True,
        denied="Hanya evaluator atau koordinator yang dapat membuka kembali.",
    ),
    Transition(
        action="revoke",
        label="Urungkan putusan",
        who=((Role.EVALUATOR, Reach.BENEATH),),
        sources=(*CLOSED, RETURNED),
        target=SUBMITTED,
        revokes=True,
        denied="Hanya evaluator yang dapat mengurungkan putusannya.",
    ),
)
TRANSITIONS = {row.action: row for row in _ROWS}
