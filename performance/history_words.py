"""Registers the screen words for what this app writes into the history (see sakip.history.words)."""

from performance.models import SmartMark
from sakip.history.words import Action, Word, register

ACTIONS = {
    "realise": Action("Realisasi diisi", "mengisi realisasi {}"),
    "delete_objective": Action("Sasaran dihapus", "menghapus sebuah sasaran dari {}"),
    "delete_indicator": Action("Indikator dihapus", "menghapus sebuah indikator dari {}"),
    "lock_year": Action("Tahun dikunci", "mengunci satu tahun indikator {}"),
    "unlock_year": Action("Tahun dibuka kembali", "membuka kembali satu tahun indikator {}"),
    "add_evidence": Action(
        "Bukti dukung ditambahkan",
        "menambahkan bukti dukung “{name}” pada {}",
        named_by="evidence.title",
    ),
    "archive_evidence": Action(
        "Bukti dukung diarsipkan", "mengarsipkan bukti dukung “{name}” pada {}"
    ),
}
JUDGEMENTS = {"true": "terpenuhi", "false": "belum terpenuhi"}


def judgement_in_words(code: str) -> str:
    """A mark of SMART-C in Indonesian words; a remark, if there is one, follows after a colon."""
    is_met, colon, remark = code.partition(": ")
    return f"{JUDGEMENTS.get(is_met, is_met)}{colon}{remark}"


WORDS = {
    "figure_evidence": Word("Bukti"),
    "year_lock": Word("Indikator kinerja {}", {"open": "terbuka", "locked": "dikunci"}),
} | {
    f"smart_{code}": Word(f"SMART-C · {label}", say=judgement_in_words)
    for code, label in SmartMark.Criterion.choices
}

register(actions=ACTIONS, words=WORDS)
