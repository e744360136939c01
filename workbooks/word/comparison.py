"""Compares a corrected draft with what is stored, and says what of the file is read how."""

from dataclasses import replace

from recommendations.models import Evaluation
from recommendations.rules.status import DONE_MARK, STATUS_WORDS
from sakip.errors import WrongState
from workbooks.columns import shelves
from workbooks.compare import analysis
from workbooks.compare.plan import ImportPlan, Problem, RowOutcome
from workbooks.word import pictures, sheets
from workbooks.word.book import DraftBook, is_claimed, may_claim
from workbooks.word.losses import Loss
from workbooks.word.mapping import DONE, NOT_YET
from workbooks.word.services import draft_of
from workbooks.word.sheets import KIND

NOTHING_READ = (
    "Tidak ada rekomendasi yang terbaca: kolom tabelnya tidak dikenal. Tentukan kolomnya di halaman "
    "koreksi hasil baca Word."
)
NO_ROWS = (
    "Tidak ada rekomendasi yang terbaca: tabelnya kosong di bawah judul kolomnya. Isi dahulu di Word, "
    "lalu unggah lagi."
)
ALL_LEFT_OUT = "Semua rekomendasi dilepas dari impor, jadi tidak ada yang ditulis."


def analyse(run, *, progress=None) -> ImportPlan:
    """The draft compared with what is stored. Problems name table, row and column of the Word file."""
    draft = draft_of(run)
    visible = Evaluation.objects.visible_to(run.actor).select_related("unit")
    evaluation = visible.filter(pk=run.draft.evaluation_id).first()
    if evaluation is None:
        raise WrongState("LHE yang dimaksud berkas ini tidak lagi dalam jangkauan Anda.")
    directory = shelves.directory_for(run.actor)
    entries = [entry for entry in draft.entries if entry.is_included]
    run.draft.evaluation = evaluation
    book = DraftBook(run.draft, entries, draft.extras, directory)
    if not any(book.rows.values()):
        plan = ImportPlan(KIND, problems=[_error(_why_nothing(draft))])
    else:
        plan = analysis.analyse(KIND, book.sheets(), run.actor, directory, progress=progress)
    _name_places(plan, book)
    plan.problems += list((_claimed if run.draft.keeps_claims else _begun)(plan, entries))
    plan.problems += [_about(remark, is_loss=isinstance(remark, Loss)) for remark in draft.remarks]
    plan.problems += [
        _about(remark, entry.place, is_loss=isinstance(remark, Loss))
        for entry in draft.entries
        for remark in entry.remarks
    ]
    plan.problems += list(_pictures(draft.extras))
    plan.problems += list(_warnings(book, entries))
    plan.problems += [_about(message, place, is_loss=True) for place, message in book.losses]
    return plan


def _name_places(plan, book):
    """Replaces cell addresses by places in the Word file, because a user cannot see the cells."""
    for part in plan.sheets:
        for row in part.rows:
            row.label = f"{row.label} ({book.place(part.name, row.number)})"
            row.changes[:] = [replace(change, cell="") for change in row.changes]
            row.problems[:] = [
                replace(problem, cell=book.place(part.name, row.number, problem.column))
                for problem in row.problems
            ]


def _why_nothing(draft):
    if draft.entries:
        return ALL_LEFT_OUT
    return NO_ROWS if any(table.is_read for table in draft.mapping.tables) else NOTHING_READ


def _error(message):
    return Problem("", "", "", "", message)


def _about(message, place="", *, is_loss=False):
    return Problem(place, "", "", "", message, is_warning=True, is_loss=is_loss)


def _begun(plan, entries):
    """Says what becomes of “Sudah” where something is written: a claim is for the unit to make."""
    written = {
        row.label.rpartition("(")[2].rstrip(")")
        for part in plan.sheets
        if isinstance(part.sheet, sheets.Renaksis | sheets.Steps)
        for row in part.rows
        if row.outcome in (RowOutcome.NEW, RowOutcome.CHANGED)
    }
    if written & {entry.place for entry in entries if DONE in entry.marks.values()}:
        yield _about(
            "Tanda Sudah masuk sebagai “Dalam proses”: unit penanggung jawab mengirim tindak lanjutnya "
            "untuk direviu bersama bukti dukung."
        )


def _pictures(extras):
    if count := len(pictures.pictures_of(extras)):
        yield _about(
            f"{count} gambar atau keterangan gambar tidak ikut dalam impor ini: tempatnya dipilih di "
            "halaman impor sesudah ditulis.",
            is_loss=True,
        )


def _claimed(plan, entries):
    """Says what is sent in the name of the units."""
    claims = [part for part in plan.sheets if isinstance(part.sheet, sheets.Claims)]
    if count := sum(part.count(RowOutcome.CHANGED) for part in claims):
        yield _about(
            f"{count} tanda Sudah masuk sebagai pernyataan unit, dicatat atas nama Anda dari dokumen "
            "ini: menunggu reviu, tanpa bukti dukung. Evaluator melihat keterangan itu."
        )


def _keeps_its_status(entry, part, stored) -> bool:
    is_open = STATUS_WORDS[stored.status].printed != DONE_MARK
    return is_open and is_claimed(entry, part) and not may_claim(entry, part, stored)


def _warnings(book, entries):
    """What the file and the records say differently, and what the import leaves alone."""
    for entry in entries:
        stored = book.stored.get(entry.number)
        kept = {one.position: one for one in stored.renaksi.all()} if stored else {}
        for part in entry.renaksi:
            one, mark = kept.get(part.position), entry.marks.get(str(part.position))
            if book.row.keeps_claims and one and _keeps_its_status(entry, part, one):
                yield _about(
                    f"Renaksi {entry.number}.{part.letter} tertulis Sudah, tetapi tersimpan "
                    f"“{one.get_status_display()}” dan pernah dikirim unitnya. Statusnya tidak diubah.",
                    entry.place,
                )
            if one and mark == NOT_YET and STATUS_WORDS[one.status].printed == DONE_MARK:
                yield _about(
                    f"Renaksi {entry.number}.{part.letter} tertulis Belum, tetapi tersimpan "
                    f"“{one.get_status_display()}”. Statusnya tidak diubah.",
                    entry.place,
                )
        missing = sorted(set(kept) - {part.position for part in entry.renaksi})
        if missing:
            names = ", ".join(f"{entry.number}.{kept[position].letter}" for position in missing)
            yield _about(
                f"Renaksi {names} tersimpan tetapi tidak ada di berkas; tidak dihapus.", entry.place
            )
