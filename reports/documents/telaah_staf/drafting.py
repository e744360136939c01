"""Writes the first draft of a Telaah Staf from the records (docs/design.md §2.7). No query, no clock.

Every figure in a sentence comes from `EvaluationFacts`, and the sentence keeps it beside its words. When
a figure is not known, the sentence is left out.
"""

from dataclasses import dataclass

from reports.documents.telaah_staf.drafting_follow_up import (
    advice,
    follow_up,
    open_matters,
    outcome,
)
from reports.documents.telaah_staf.drafting_scores import (
    conclusion,
    misprints,
    movements,
    scores,
    total,
)
from reports.documents.telaah_staf.facts import EvaluationFacts
from reports.documents.telaah_staf.wording import (
    DraftedSentence,
    Passage,
    about,
    bullets,
    listed,
    paragraphs,
)
from reports.models import TelaahStafBlock, TelaahStafSection
from sakip.dates import format_date

Section = TelaahStafSection.Kind
Table = TelaahStafBlock.Kind

CLOSING = "Demikian telaah ini disampaikan sebagai bahan pertimbangan dan mohon arahan."


@dataclass(frozen=True)
class DraftedSection:
    """A section of the draft. Each of `parts` is a passage, or the kind of a table."""

    kind: str
    parts: tuple[Passage | str, ...]

    @property
    def heading(self) -> str:
        return Section(self.kind).label

    @property
    def sentences(self) -> list[DraftedSentence]:
        passages = [part for part in self.parts if isinstance(part, Passage)]
        return [sentence for passage in passages for sentence in passage.sentences]


def standard_kinds(*, two_endings: bool) -> list[str]:
    """Returns the section kinds of the standard in order. `two_endings`: Kesimpulan and Saran are
    separate.
    """
    ending = [Section.CONCLUSION, Section.ADVICE] if two_endings else [Section.CLOSING]
    return [Section.PROBLEM, Section.ASSUMPTIONS, Section.FACTS, Section.ANALYSIS, *ending]


def draft(facts: EvaluationFacts, *, two_endings: bool = False) -> list[DraftedSection]:
    """Each key occurs once in the draft."""
    concluded = [*conclusion(facts), *outcome(facts.tally)]
    advised = [*advice(facts), DraftedSentence("closing", CLOSING)]
    parts = {
        Section.PROBLEM: [bullets(_problem(facts))],
        Section.ASSUMPTIONS: [bullets(_assumptions(facts))],
        Section.FACTS: [paragraphs([*_regulations(facts), *follow_up(facts)])],
        Section.ANALYSIS: _analysis(facts),
        Section.CLOSING: [paragraphs(concluded + advised)],
        Section.CONCLUSION: [paragraphs(concluded)],
        Section.ADVICE: [paragraphs(advised)],
    }
    return [
        DraftedSection(kind, tuple(part for part in parts[kind] if _has_content(part)))
        for kind in standard_kinds(two_endings=two_endings)
    ]


def _has_content(part):
    return bool(part.sentences if isinstance(part, Passage) else part)


# ── Persoalan ───────────────────────────────────────────────────────────────────────────────────
def _problem(facts):
    return [_letter(facts), *scores(facts), *total(facts), *misprints(facts)]


def _letter(facts):
    number = f"Nomor {facts.letter_number}" if facts.letter_number else ""
    date = f"tanggal {format_date(facts.letter_date)}" if facts.letter_date else ""
    reference = " ".join(filter(None, (number, date)))
    figures = {
        "perangkat daerah": facts.body,
        "tahun kinerja": str(facts.year),
        "nomor LHE": number,
        "tanggal LHE": date,
        "komponen": listed(facts.about) if facts.about else "",
    }
    return DraftedSentence(
        "problem.letter",
        "Laporan Hasil Evaluasi (LHE) atas implementasi Sistem Akuntabilitas Kinerja Instansi "
        f"Pemerintah (SAKIP) {facts.body} tahun kinerja {facts.year}"
        + (f", {reference}, perlu ditindaklanjuti" if reference else " perlu ditindaklanjuti")
        + (f", khususnya pada {about(facts)}." if facts.about else "."),
        {name: value for name, value in figures.items() if value},
    )


# ── Praanggapan ─────────────────────────────────────────────────────────────────────────────────
def _assumptions(facts):
    what = f"nilai {about(facts)}" if facts.about else "nilai hasil evaluasi SAKIP"
    if facts.tally.countable:
        yield DraftedSentence(
            "assumptions.score",
            "Apabila rencana aksi dilaksanakan seluruhnya dan didukung bukti yang memadai, "
            f"{what} pada evaluasi berikutnya diharapkan meningkat.",
            {"komponen": listed(facts.about)} if facts.about else {},
        )
    yield DraftedSentence(
        "assumptions.understanding",
        "Unit penanggung jawab dan unit pendukung mempunyai pemahaman yang sama atas kriteria "
        "evaluasi dan bukti yang diminta.",
    )
    if facts.tally.submitted:
        yield DraftedSentence(
            "assumptions.review",
            "Status rencana aksi yang menunggu reviu dapat berubah menurut hasil reviu evaluator.",
            {"rencana aksi": "menunggu reviu"},
        )


# ── Fakta-fakta yang mempengaruhi ───────────────────────────────────────────────────────────────
def _regulations(facts):
    now, then = facts.regulation, facts.previous_regulation
    if now and then and now != then:
        said = (
            f"Evaluasi tahun kinerja {facts.year} berpedoman pada {now}, sedangkan evaluasi tahun "
            f"kinerja {facts.previous_year} berpedoman pada {then}."
        )
    elif now or then:
        year = facts.year if now else facts.previous_year
        said = f"Evaluasi tahun kinerja {year} berpedoman pada {now or then}."
    else:
        return
    figures = {f"pedoman {facts.year}": now, f"pedoman {facts.previous_year}": then}
    figures = {name: value for name, value in figures.items() if value}
    yield DraftedSentence("facts.regulations", said, figures)


# ── Analisis ────────────────────────────────────────────────────────────────────────────────────
def _analysis(facts):
    parts = []
    if any(component.score.now is not None for component in facts.components):
        years = f"{facts.previous_year} dan {facts.year}" if facts.previous_year else facts.year
        what = "Perbandingan nilai" if facts.previous_year else "Nilai"
        said = f"{what} setiap komponen pada tahun {years} adalah sebagai berikut:"
        parts += [
            paragraphs([DraftedSentence("analysis.scores", said, {"tahun": str(years)})]),
            Table.SCORE_COMPARISON,
            paragraphs(movements(facts)),
        ]
    if facts.tally.recommendations:
        on = f" pada {about(facts)}" if facts.about else ""
        said = f"Tindak lanjut rekomendasi{on} adalah sebagai berikut:"
        figures = {"komponen": listed(facts.about)} if facts.about else {}
        parts += [
            paragraphs([DraftedSentence("analysis.follow_up", said, figures)]),
            Table.FOLLOW_UP_TABLE,
            paragraphs(open_matters(facts.tally)),
        ]
    return parts
