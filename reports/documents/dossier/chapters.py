"""The chapters of the dossier before the evidence files, in the order of the source document.

They are: the follow-up table; its notes; the Telaah Staf, after the note that it answers; the
indicators, after the note on the performance report; the scores, with the signature when somebody
signs; the quarterly reports; the list of annexes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.template.loader import render_to_string

from performance.selectors.indicator_tables import indicator_tables, latest_year
from recommendations.models import Evaluation, QuarterlyReport
from recommendations.rules.score_comparison import compare
from recommendations.selectors.follow_up_table import follow_up_rows
from reports.definitions import (
    consistency,
    evidence_annex,
    follow_up_table,
    indicator_table,
    quarterly,
    score_comparison,
)
from reports.documents.dossier.parts import ContentsEntry, DossierPart, named, part
from reports.documents.dossier.signature import TITLE, Signature
from reports.documents.telaah_staf import document
from reports.documents.telaah_staf.word.letter import letter_of
from reports.models import TelaahStaf
from reports.permissions import DRAFT
from reports.renderers.widths import report_shares
from reports.selectors.annexes import Annex, number_annexes
from reports.tables.table import CellKind, Column, Orientation, Paper
from sakip.numbers import roman

# Criterion 3.2.5 of this component (PermenPANRB 88/2021) asks for a comparison with earlier years.
INDICATORS_ANSWER = "pelaporan"
DRAFT_MARK = "Draf, belum diterbitkan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    user: object
    evaluation: Evaluation
    today: date
    paper: Paper
    verified: bool
    checked: bool = False
    signature: Signature | None = None


def gather(chosen: Chosen) -> tuple[list[DossierPart], list[Annex]]:
    rows = follow_up_rows(chosen.evaluation, chosen.user)
    annexes = number_annexes(rows)
    parts = [
        _follow_up(chosen, rows, annexes),
        *_notes(chosen, rows),
        *_scores(chosen),
        *_signature(chosen),
        *_quarterly_reports(chosen),
        *_annex_list(chosen, rows, annexes),
        *_consistency(chosen),
    ]
    return parts, annexes


def _follow_up(chosen, rows, annexes) -> DossierPart:
    table = follow_up_table.table(chosen.evaluation, rows, verified=chosen.verified)
    heading = f"{table.title} sebagaimana tabel di bawah ini:"
    return part(
        [replace(_with_proofs(table, annexes, chosen.verified), title="")],
        chosen.paper,
        anchor="tindak-lanjut",
        title="Rekomendasi, Tindak Lanjut dan Rencana Aksi",
        heading=heading,
    )


def _with_proofs(table, annexes, verified):
    """Returns the follow-up table with the annexes of each item; the plain table when there are no
    annexes.
    """
    if not annexes:
        return table
    by_renaksi = {}
    for annex in annexes:
        place = f"{annex.number} ({annex.pages})" if annex.pages else str(annex.number)
        by_renaksi.setdefault(annex.evidence.renaksi_id, []).append(place)

    def proofs(row):
        pairs = [(item, "; ".join(by_renaksi.get(item.renaksi.pk, ()))) for item in row.items]
        return render_to_string("reports/cells/proofs.html", {"row": row, "proofs": pairs})

    widths = (6, 30, 42, 11)
    columns = [
        replace(column, width=width) for column, width in zip(table.columns, widths, strict=True)
    ]
    columns.append(Column("Lampiran", proofs, CellKind.RICH, width=14))
    places = {pk: "; ".join(found) for pk, found in by_renaksi.items()}
    records = partial(follow_up_table.records, verified=verified, places=places)
    return replace(table, columns=columns, records=records)


def _notes(chosen, rows) -> Iterator[DossierPart]:
    """Yields the notes. The Telaah Staf and the indicator tables follow the note that mentions them.

    When no such note exists, they come after all notes as chapters of their own.
    """
    telaah_staf, figures = _telaah_staf(chosen), _indicators(chosen)
    answered = _answered(telaah_staf, rows)
    noted = [row for row in rows if row.note]
    if noted:
        title = follow_up_table.NOTES_TITLE
        yield DossierPart(anchor="catatan", title=title, heading=f"{title}:")
    for row, passage in zip(noted, follow_up_table.notes(rows)[1:], strict=True):
        yield _note(chosen, row, passage)
        if row is answered:
            yield from _telaah_staf_parts(telaah_staf, chosen.user, level=3)
            telaah_staf = None
        component = row.recommendation.component
        if component and component.code == INDICATORS_ANSWER:
            yield from (replace(found, level=found.level + 2) for found in figures)
            figures = []
    yield from _telaah_staf_parts(telaah_staf, chosen.user, level=1)
    yield from figures


def _note(chosen, row, passage) -> DossierPart:
    return part(
        [replace(passage, heading="")],
        chosen.paper,
        anchor=f"catatan-{row.number}",
        title=passage.heading,
        level=2,
    )


def _telaah_staf(chosen) -> TelaahStaf | None:
    found = TelaahStaf.objects.visible_to(chosen.user).filter(evaluation=chosen.evaluation)
    foremost = found.foremost()
    return foremost and document.load(chosen.user, foremost.pk)


def _answered(telaah_staf, rows):
    """Returns the last row with a note on a component of the telaah staf; None when there is no such row."""
    if telaah_staf is None:
        return None
    components = {component.pk for component in telaah_staf.components.all()}
    found = [row for row in rows if row.note and row.recommendation.component_id in components]
    return found[-1] if found else None


def _telaah_staf_parts(telaah_staf, user, *, level) -> Iterator[DossierPart]:
    if telaah_staf is None:
        return
    anchor = "telaah-staf"
    context = document.context(telaah_staf, user, on_screen=False) | {"anchor": anchor}
    letter = letter_of(telaah_staf, context["report"])
    contents = document.TelaahStafDocument(telaah_staf, context).contents
    letterhead = [contents.letterhead.facts] if contents.letterhead else []
    yield DossierPart(
        anchor=anchor,
        title=f"{telaah_staf} (draf)" if telaah_staf.status == DRAFT else str(telaah_staf),
        level=level,
        html=render_to_string("reports/print/dossier_letter.html", context),
        page="letter",
        letter=letter,
        draft_mark=DRAFT_MARK if telaah_staf.status == DRAFT else "",
        shares=report_shares(context["report"]),
        inner=[
            ContentsEntry(
                anchor=f"{anchor}-{number}",
                title=f"{roman(number)}. {section['heading']}",
                level=level + 1,
            )
            for number, section in enumerate(context["sections"], start=1)
        ],
        sections=[
            *(named(section, str(telaah_staf)) for section in contents.sections),
            contents.head,
            *letterhead,
        ],
    )


def _indicators(chosen) -> Sequence[DossierPart]:
    """Returns the comparison up to the year of the evaluation, or up to the last earlier year with
    figures.
    """
    evaluation = chosen.evaluation
    year = latest_year(chosen.user, evaluation.unit)
    if year is None:
        return []
    year = min(year, evaluation.evaluation_year)
    found = [row for row in indicator_tables(chosen.user, year, evaluation.unit) if row.rows]
    if not found:
        return []
    heading = (
        f"Perbandingan antara Realisasi Tahun {year - 3} s/d {year - 1} dengan Tahun {year} "
        f"pada {len(found)} sasaran."
    )
    chapter = DossierPart(anchor="indikator", title=indicator_table.title(year), heading=heading)
    return [chapter, *(_objective(chosen, row) for row in found)]


def _objective(chosen, row) -> DossierPart:
    return part(
        [replace(indicator_table.table(row), title="")],
        chosen.paper,
        anchor=f"sasaran-{row.objective.pk}",
        title=str(row.objective),
        level=2,
    )


def _scores(chosen) -> Iterator[DossierPart]:
    """Yields the scores of this LHE beside those of the one before it; nothing when it has no scores."""
    seen = Evaluation.objects.visible_to(chosen.user).with_scores()
    current = seen.scored().filter(pk=chosen.evaluation.pk).first()
    if current is None:
        return
    current.name_units([])
    table = score_comparison.table(compare(current, seen.before(current)))
    yield part(
        [replace(table, title="")],
        chosen.paper,
        anchor="nilai",
        title="Nilai hasil evaluasi",
        heading=table.title,
    )


def _signature(chosen) -> Iterator[DossierPart]:
    """Closes the chapters; what comes after are annexes. It stands in no table of contents."""
    if signature := chosen.signature:
        yield DossierPart(
            anchor="tanda-tangan",
            title=TITLE,
            html=render_to_string("reports/print/dossier_signature.html", {"signature": signature}),
            page="signature",
            signature=signature,
            sections=[signature.facts],
            is_listed=False,
        )


def _quarterly_reports(chosen) -> Iterator[DossierPart]:
    seen = QuarterlyReport.objects.visible_to(chosen.user).filter(
        renaksi__recommendation__evaluation=chosen.evaluation
    )
    years = sorted(set(seen.order_by().values_list("year", flat=True)))
    title = "Laporan triwulan"
    if years:
        yield DossierPart(anchor="triwulan", title=title, heading=title, page="landscape")
    for year in years:
        yield part(
            [
                replace(table, title="")
                for table in quarterly.tables(
                    seen.filter(year=year), chosen.today, chosen.evaluation.former_names
                )
            ],
            chosen.paper,
            anchor=f"triwulan-{year}",
            title=f"Tahun {year}",
            level=2,
            page=Orientation.LANDSCAPE,
        )


def _annex_list(chosen, rows, annexes) -> Iterator[DossierPart]:
    if annexes:
        table = evidence_annex.table(chosen.evaluation, rows, chosen.today)
        yield part(
            [replace(table, title="")],
            chosen.paper,
            anchor="lampiran",
            title="Lampiran bukti dukung",
            page=Orientation.LANDSCAPE,
        )


def _consistency(chosen) -> Iterator[DossierPart]:
    """Returns the consistency findings as the last annex, when the reader asked for them."""
    if chosen.checked:
        outcome = consistency.find_for_paper(
            chosen.user, on=chosen.today, evaluation=chosen.evaluation
        )
        yield part(
            consistency.tables(outcome),
            chosen.paper,
            anchor="uji-konsistensi",
            title="Uji konsistensi",
            page=Orientation.LANDSCAPE,
        )
