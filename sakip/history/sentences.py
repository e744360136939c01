"""Tells what the history holds as Indonesian sentences: who did what to which record, and why."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from textwrap import shorten

from sakip.history.entries import ACTION_LABELS, HistoryEntry

# What the person did; {} is the record, {name} the part of it that the changes are about. `tests/sakip/test_sentences.py` asks for every action's words.
DEEDS = {
    "create": "membuat {}",
    "edit": "mengubah {}",
    "delete": "menghapus {}",
    "realise": "mengisi realisasi {}",
    "lock_year": "mengunci satu tahun indikator {}",
    "unlock_year": "membuka kembali satu tahun indikator {}",
    "delete_recommendation": "menghapus sebuah rekomendasi dari {}",
    "delete_renaksi": "menghapus sebuah rencana aksi dari {}",
    "score": "mengubah nilai {}",
    "note": "mengubah catatan {}",
    "plan": "mengubah rencana {}",
    "hand_over": "mengalihkan {}",
    "submit": "mengirim {} untuk direviu",
    "withdraw": "menarik kembali {}",
    "accept": "menerima {}",
    "return": "mengembalikan {}",
    "reopen": "membuka kembali {}",
    "add_evidence": "menambahkan bukti dukung “{name}” pada {}",
    "edit_evidence": "mengubah keterangan bukti dukung “{name}” pada {}",
    "revise_evidence": "menambahkan revisi bukti dukung “{name}” pada {}",
    "archive_evidence": "mengarsipkan bukti dukung “{name}” pada {}",
    "restore_evidence": "memulihkan bukti dukung “{name}” pada {}",
    "report_quarter": "mengisi laporan {name} {}",
    "tick_step": "menandai selesai “{name}” pada {}",
    "untick_step": "membatalkan tanda selesai “{name}” pada {}",
    "close_quarter": "menutup {name} {}",
    "reopen_quarter": "membuka kembali {name} {}",
    "dismiss_finding": "mengabaikan temuan uji konsistensi pada {}",
    "heed_finding": "memperhatikan lagi temuan uji konsistensi pada {}",
    "draft": "menyusun draf {} dari data",
    "add_part": "menambahkan isi pada {}",
    "move_part": "memindahkan isi dalam {}",
    "remove_part": "menghapus isi dari {}",
    "issue": "menerbitkan {}",
    "supersede": "membuat draf pengganti {}",
    "delete_telaah_staf": "menghapus sebuah draf Telaah Staf dari {}",
    "take_into_use": "memakai {}",
    "lay_aside": "menghentikan pemakaian {}",
    "delete_word_template": "menghapus sebuah templat Word dari {}",
    "issue_report": "menerbitkan {}",
    "withdraw_report": "mencabut {}",
    "request_extension": "meminta batas waktu baru untuk {}",
    "grant_extension": "menyetujui batas waktu baru {}",
    "refuse_extension": "menolak batas waktu baru {}",
    "set_password": "memberikan kata sandi baru kepada {}",
    "import_new": "membuat {} lewat impor",
    "import_new_edit": "membuat {} beserta tindak lanjutnya lewat impor",
    "import_change": "mengubah {} lewat impor",
    "import_edit": "menulis tindak lanjut {} lewat impor",
    "import_undo": "membatalkan impor {}",
}
# Actions that merely change what is there: one changed field is told in the sentence itself.
CHANGES = {"edit", "plan", "hand_over", "score", "note", "import_change", "import_edit"}
REASON = "Alasan"
SAID_BY_THE_DEED = {"Status", REASON}
LONGEST = 60  # characters of a value within a sentence; a longer one is unfolded below it
NOTHING = {"", "-"}
MOST_ACTS, MOST_ENTRIES = 30, 120  # told on the page of a record


@dataclass(frozen=True)
class Sentence:
    """`before` and `after` stand around the name of the record. `details` are the changes not yet told."""

    who: str
    before: str
    what: str
    after: str
    details: tuple = ()

    def __str__(self):
        return f"{self.who} {self.before}{self.what}{self.after}."


@dataclass(frozen=True)
class Act:
    """What somebody did in one go; `parts` tell its entries one by one when there are several."""

    at: datetime
    sentence: Sentence
    parts: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Story:
    """The history of one record, newest first, an act at a time; `is_cut` when there is more."""

    acts: list[Act]
    is_cut: bool


def story_of(record) -> Story:
    """One query."""
    entries = HistoryEntry.objects.about(record)[: MOST_ENTRIES + 1]
    acts = [_act(list(together)) for _, together in groupby(entries, attrgetter("batch"))]
    return Story(acts[:MOST_ACTS], len(acts) > MOST_ACTS or len(entries) > MOST_ENTRIES)


def _act(entries):
    if len(entries) == 1:
        return Act(entries[0].at, tell(entries[0]))
    return Act(entries[0].at, tell_many(entries, ""), tuple(map(tell, reversed(entries))))


def tell(entry: HistoryEntry) -> Sentence:
    """Costs no query when the actor is loaded."""
    changes = [tuple(row) for row in entry.changes if row[0] not in SAID_BY_THE_DEED]
    before, after, details = _deed(entry.action, *_names(entry)), "", changes
    if entry.action in CHANGES and len(changes) == 1:
        before, after, details = _one_change(*changes[0])
    else:
        before, _, after = before.partition("{}")
    why = _reason(entry)
    return Sentence(str(entry.actor or "Sistem"), before, entry.label, after + why, tuple(details))


def tell_many(entries, noun) -> Sentence:
    """One act that left several entries, as one sentence; `noun` is what the records are called."""
    first, count = entries[0], len(entries)
    who = str(first.actor or "Sistem")
    if len({(entry.content_type_id, entry.object_id) for entry in entries}) == 1:
        before, _, after = _deeds(entries).partition("{}")
        return Sentence(who, before, first.label, after + _reason(first))
    if len({entry.action for entry in entries}) > 1:
        return Sentence(who, "melakukan ", f"{count} tindakan", "")
    before, _, after = _deed(first.action).partition("{}")
    fields = {row[0] for entry in entries for row in entry.changes}
    if first.action in CHANGES and len(fields) == 1:
        values = {row[2] for entry in entries for row in entry.changes}
        before = f"mengubah {_in_sentence(*fields)} "
        after = f" menjadi {values.pop()}" if len(values) == 1 else ""
    return Sentence(who, before, f"{count} {noun}", after + _reason(first))


def _deeds(entries):
    """What was done to one record, each deed once, in its order; the record is named at the end."""
    names = {}
    for entry in reversed(entries):
        names.setdefault(entry.action, []).extend(_names(entry))
    *others, last = [_deed(action, *of_action) for action, of_action in names.items()]
    others = [deed.replace(" pada {}", "").replace(" {}", "") for deed in others]
    return f"{', '.join(others)} dan {last}" if others else last


def _names(entry):
    """What the changes are about: told before the “·” of a field, or the title of what is new."""
    if entry.action == "add_evidence":
        return [new for label, _, new in entry.changes if label == "Judul"]
    told = (
        label.partition(" · ")[0] for label, *_ in entry.changes if label not in SAID_BY_THE_DEED
    )
    return [shorten(name, LONGEST, placeholder="…") for name in dict.fromkeys(told)]


def _deed(action, *names):
    """The words for it, with {} where the record belongs."""
    words = DEEDS.get(action) or f"mencatat “{ACTION_LABELS.get(action, action)}” pada {{}}"
    for sign, between in ((" “{name}”", "”, “"), (" {name}", ", ")):
        together = between.join(names).replace("{}", "…")  # a title may hold anything
        words = words.replace(sign, sign.replace("{name}", together) if names else "")
    return words


def _one_change(label, old, new):
    name = _in_sentence(label)
    if max(len(old), len(new)) > LONGEST:
        return f"mengubah {name} ", "", [(label, old, new)]
    if old in NOTHING:
        return f"mengisi {name} ", f": {_unstopped(new)}", []
    if new in NOTHING:
        return f"mengosongkan {name} ", f", semula {_unstopped(old)}", []
    return f"mengubah {name} ", f" dari {_unstopped(old)} menjadi {_unstopped(new)}", []


def _unstopped(text):
    """The sentence brings a full stop of its own."""
    return text.removesuffix(".")


def _in_sentence(label):
    """Without its capital, unless it is an abbreviation."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _reason(entry):
    coded = next((new for label, _, new in entry.changes if label == REASON), "")
    note = " ".join(entry.note.split()).removesuffix(".")
    if coded and note:
        return f" karena {_in_sentence(coded)}: “{note}”"
    if coded or note:
        return f" karena “{coded or note}”"
    return ""
