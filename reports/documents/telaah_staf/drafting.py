"""Writes the first draft of a Telaah Staf from the records (docs/design.md §2.7). No query, no clock.

Every figure in a sentence comes from `EvaluationFacts`. When a figure is not known, the sentence is
left out.
"""

from dataclasses import dataclass

from recommendations import transitions
from reports.documents.telaah_staf.drafting_follow_up import follow_up
from reports.documents.telaah_staf.facts import ComponentFacts, EvaluationFacts
from reports.documents.telaah_staf.wording import (
    MOVES,
    about,
    bullets,
    listed,
    moved_by,
    of_components,
    paragraphs,
    size,
)
from reports.models import TelaahStafBlock, TelaahStafSection
from sakip.dates import format_date
from sakip.numbers import counted, format_number

Section = TelaahStafSection.Kind
Table = TelaahStafBlock.Kind

CLOSING = "Demikian telaah ini disampaikan sebagai bahan pertimbangan dan mohon arahan."


@dataclass(frozen=True)
class DraftedSection:
    """A section of the draft. Each of `parts` is a text in HTML, or the kind of a table."""

    kind: str
    parts: tuple[str, ...]

    @property
    def heading(self) -> str:
        return Section(self.kind).label


def standard_kinds(*, two_endings: bool) -> list[str]:
    """Returns the section kinds of the standard in order. `two_endings`: Kesimpulan and Saran are
    separate.
    """
    ending = [Section.CONCLUSION, Section.ADVICE] if two_endings else [Section.CLOSING]
    return [Section.PROBLEM, Section.ASSUMPTIONS, Section.FACTS, Section.ANALYSIS, *ending]


def draft(facts: EvaluationFacts, *, two_endings: bool = False) -> list[DraftedSection]:
    conclusion, advice = _conclusion(facts), [*_advice(facts), CLOSING]
    parts = {
        Section.PROBLEM: [bullets(_problem(facts))],
        Section.ASSUMPTIONS: [bullets(_assumptions(facts))],
        Section.FACTS: [paragraphs(_regulations(facts) + follow_up(facts))],
        Section.ANALYSIS: _analysis(facts),
        Section.CLOSING: [paragraphs(conclusion + advice)],
        Section.CONCLUSION: [paragraphs(conclusion)],
        Section.ADVICE: [paragraphs(advice)],
    }
    return [
        DraftedSection(kind, tuple(part for part in parts[kind] if part))
        for kind in standard_kinds(two_endings=two_endings)
    ]


# ── Persoalan ───────────────────────────────────────────────────────────────────────────────────
def _problem(facts):
    scores = [_score(row, facts) for row in facts.chosen if row.score.now is not None]
    return [_letter(facts), *scores, *_estimate(facts), *_total(facts)]


def _letter(facts):
    number = f"Nomor {facts.letter_number}" if facts.letter_number else ""
    date = f"tanggal {format_date(facts.letter_date)}" if facts.letter_date else ""
    reference = " ".join(filter(None, (number, date)))
    return (
        "Laporan Hasil Evaluasi (LHE) atas implementasi Sistem Akuntabilitas Kinerja Instansi "
        f"Pemerintah (SAKIP) {facts.body} tahun kinerja {facts.year}"
        + (f", {reference}, perlu ditindaklanjuti" if reference else " perlu ditindaklanjuti")
        + (f", khususnya pada {about(facts)}." if facts.about else ".")
    )


def _score(component: ComponentFacts, facts):
    share = component.share
    text = f"Nilai komponen {component.name} {_moved(component.score, facts)}."
    if share and share.direction is not None:
        text += f" Bobot komponen ini pada kedua tahun tersebut berbeda; {_of_weight(share)}."
    return text


def _moved(change, facts):
    now, then = format_number(change.now), format_number(change.then)
    match change.direction:
        case None:
            return f"pada tahun {facts.year} sebesar {now}"
        case 0:
            return f"tidak berubah, yaitu {now} pada tahun {facts.previous_year} dan {facts.year}"
        case direction:
            return (
                f"{MOVES[direction]} {size(change)}, yaitu dari {then} pada tahun "
                f"{facts.previous_year} menjadi {now} pada tahun {facts.year}"
            )


def _of_weight(share):
    now, then = format_number(share.now), format_number(share.then)
    if share.direction == 0:
        return f"terhadap bobotnya, nilai itu tidak berubah, yaitu {now} persen"
    return (
        f"terhadap bobotnya, nilai itu {MOVES[share.direction]} {size(share)} poin, "
        f"yaitu dari {then} persen menjadi {now} persen"
    )


def _estimate(facts):
    if facts.estimated_years and any(row.share for row in facts.chosen):
        years = listed([str(year) for year in facts.estimated_years])
        yield f"Bobot komponen tahun {years} masih berupa perkiraan dan perlu dikonfirmasi."


def _total(facts):
    if facts.total.now is None:
        return
    name = f"Nilai hasil evaluasi SAKIP {facts.body}"
    grade = f"dengan predikat {facts.grade}" if facts.grade else ""
    before = f"dengan predikat {facts.previous_grade}" if facts.previous_grade else ""
    yield " ".join(f"{name} {_graded(facts, grade, before)}.".split()).replace(" .", ".")
    for row in facts.misprints:
        yield (
            f"LHE mencetak nilai tahun {row.year} sebesar {format_number(row.printed)}, sedangkan "
            f"jumlah nilai komponennya {format_number(row.computed)}."
        )


def _graded(facts, grade, before):
    now, then = format_number(facts.total.now), format_number(facts.total.then)
    match facts.total.direction:
        case None:
            return f"pada tahun {facts.year} sebesar {now} {grade}"
        case 0:
            same = f"tidak berubah, yaitu {now} pada tahun {facts.previous_year} dan {facts.year}"
            return f"{same}, {grade}" if grade else same
        case direction:
            return (
                f"{MOVES[direction]} {size(facts.total)}, yaitu dari {then} {before} pada tahun "
                f"{facts.previous_year} menjadi {now} {grade} pada tahun {facts.year}"
            )


# ── Praanggapan ─────────────────────────────────────────────────────────────────────────────────
def _assumptions(facts):
    what = f"nilai {about(facts)}" if facts.about else "nilai hasil evaluasi SAKIP"
    if facts.tally.countable:
        yield (
            "Apabila rencana aksi dilaksanakan seluruhnya dan didukung bukti yang memadai, "
            f"{what} pada evaluasi berikutnya diharapkan meningkat."
        )
    yield (
        "Unit penanggung jawab dan unit pendukung mempunyai pemahaman yang sama atas kriteria "
        "evaluasi dan bukti yang diminta."
    )
    if facts.tally.submitted:
        yield "Status rencana aksi yang menunggu reviu dapat berubah menurut hasil reviu evaluator."


# ── Fakta-fakta yang mempengaruhi ───────────────────────────────────────────────────────────────
def _regulations(facts):
    now, then = facts.regulation, facts.previous_regulation
    if now and then and now != then:
        return [
            f"Evaluasi tahun kinerja {facts.year} berpedoman pada {now}, sedangkan evaluasi tahun "
            f"kinerja {facts.previous_year} berpedoman pada {then}."
        ]
    if now:
        return [f"Evaluasi tahun kinerja {facts.year} berpedoman pada {now}."]
    if then:
        return [f"Evaluasi tahun kinerja {facts.previous_year} berpedoman pada {then}."]
    return []


# ── Analisis ────────────────────────────────────────────────────────────────────────────────────
def _analysis(facts):
    parts = []
    if any(component.score.now is not None for component in facts.components):
        years = f"{facts.previous_year} dan {facts.year}" if facts.previous_year else facts.year
        what = "Perbandingan nilai" if facts.previous_year else "Nilai"
        parts += [
            paragraphs([f"{what} setiap komponen pada tahun {years} adalah sebagai berikut:"]),
            Table.SCORE_COMPARISON,
            paragraphs(_movements(facts)),
        ]
    if facts.tally.recommendations:
        on = f" pada {about(facts)}" if facts.about else ""
        parts += [
            paragraphs([f"Tindak lanjut rekomendasi{on} adalah sebagai berikut:"]),
            Table.FOLLOW_UP_TABLE,
            paragraphs(_open_matters(facts.tally)),
        ]
    return parts


def _movements(facts):
    groups = {
        direction: [
            f"{row.name} ({size(row.score)})" if direction else row.name
            for row in facts.components
            if row.score.direction == direction
        ]
        for direction in MOVES
    }
    parts = [
        f"nilai komponen yang {MOVES[direction]} adalah {listed(names)}"
        for direction, names in groups.items()
        if names
    ]
    if parts:
        yield f"Dibandingkan dengan tahun {facts.previous_year}, {'; '.join(parts)}."
    if facts.weights_differ:
        yield (
            "Bobot komponen kedua tahun berbeda, sehingga selisih nilai perlu dibaca bersama "
            "persentasenya terhadap bobot."
        )


def _open_matters(tally):
    if tally.submitted:
        yield (
            f"Sebanyak {counted(tally.submitted)} rencana aksi yang dinyatakan sudah ditindaklanjuti "
            "belum dapat diperhitungkan sebagai tuntas sebelum direviu evaluator."
        )
    if returned := tally.count(transitions.RETURNED):
        yield (
            f"Sebanyak {counted(returned)} rencana aksi dikembalikan evaluator karena tindak lanjut "
            "atau buktinya belum sesuai."
        )


# ── Kesimpulan dan saran ────────────────────────────────────────────────────────────────────────
def _conclusion(facts):
    found = []
    if facts.total.direction is not None:
        grade = f" dengan predikat {facts.grade}" if facts.grade else ""
        moved = f"{moved_by(facts.total)} menjadi" if facts.total.direction else "tetap"
        now = format_number(facts.total.now)
        found.append(f"Nilai hasil evaluasi SAKIP tahun {facts.year} {moved} {now}{grade}.")
    known = [row for row in facts.chosen if row.score.direction is not None]
    if facts.about and known:
        moved = listed([f"nilai komponen {row.name} {_in_its_scale(row)}" for row in known])
        found.append(f"{moved[0].upper()}{moved[1:]}.")
    return found + _outcome(facts.tally)


def _in_its_scale(row):
    """Returns how the score moved. Adds the move in percent of the weight when it has another direction."""
    share = row.share and row.share.direction
    if share is None or share == row.score.direction:
        return moved_by(row.score)
    points = f"{moved_by(row.share)} poin" if share else MOVES[0]
    return f"{moved_by(row.score)} (terhadap bobotnya {points})"


def _outcome(tally):
    if tally.countable and tally.verified == tally.countable:
        return ["Tindak lanjut atas rekomendasi tersebut telah tuntas."]
    open_matters = [
        f"{counted(count)} rencana aksi {words}"
        for count, words in (
            (tally.unfinished, "belum selesai"),
            (tally.submitted, "menunggu reviu"),
        )
        if count
    ]
    if not open_matters:
        return []
    return [f"Tindak lanjut atas rekomendasi belum tuntas karena {listed(open_matters)}."]


def _advice(facts):
    tally = facts.tally
    if tally.recommendations and not tally.renaksi:
        yield "Rencana aksi atas rekomendasi tersebut agar segera disusun."
    if tally.unfinished:
        first = ""
        if tally.overdue:
            first = f", dengan mendahulukan {counted(tally.overdue)} yang melewati batas waktu,"
        yield (
            f"Unit penanggung jawab agar menyelesaikan {counted(tally.unfinished)} rencana aksi yang "
            f"belum selesai{first} dan melengkapi bukti dukungnya."
        )
    if tally.submitted:
        yield (
            f"Evaluator dimohon mereviu {counted(tally.submitted)} rencana aksi yang menunggu reviu."
        )
    fallen = [row.name for row in facts.chosen if facts.about and _has_fallen(row)]
    if fallen and tally.unfinished:
        yield f"Rencana aksi pada {of_components(fallen)}, yang nilainya turun, agar diutamakan."


def _has_fallen(row):
    """Returns whether score and percent of weight both fell. A lower score of a lower weight may be
    better.
    """
    in_scale = row.share.direction if row.share else row.score.direction
    return row.score.direction == -1 and in_scale == -1
