"""Recapitulation per unit in the four statuses of BPK (TLRHP) (docs/design.md §2.3)."""

from decimal import Decimal

from recommendations.rules.status import STATUS_WORDS
from reports.definitions import units
from reports.definitions.items import as_of, source
from reports.selectors.letterheads import letterhead_of
from reports.tables.table import Cell, CellKind, Column, Orientation, Report, Table
from sakip.numbers import share_places

# Each BPK status and the renaksi statuses that it covers, in BPK's order.
GATHERED = {
    words: [status for status, row in STATUS_WORDS.items() if row.bpk == words]
    for words in (
        STATUS_WORDS[status].bpk for status in ("done", "in_progress", "open", "not_actionable")
    )
}


def build(user, scope) -> Report:
    evaluation = scope.evaluation
    rows = units.unit_rows(evaluation, user)
    table = Table(
        key="rekap",
        name="Rekap status BPK",
        subtitle=as_of(scope.today),
        columns=[
            Column("No.", lambda row: row[0], CellKind.ORDINAL, width=6),
            Column("Unit Kerja", lambda row: row[1].unit.name, width=26),
            *(column for words in GATHERED for column in _columns(words)),
            Column("Jumlah", lambda row: len(row[1].renaksi), CellKind.INTEGER, width=9),
        ],
        rows=list(enumerate(rows, start=1)),
        row_key=lambda row: row[1].unit.pk,
        footer_rows=[_footer(units.total(rows))],
        notes=[
            *source(evaluation),
            *units.notes(evaluation, rows),
            "Persentase terhadap jumlah tindak lanjut pada baris yang sama.",
        ],
    )
    return Report(
        name="bpk-recap",
        title=f"Rekapitulasi Status Tindak Lanjut LHE SAKIP {evaluation.in_years}",
        subtitle=evaluation.unit.name,
        letterhead=letterhead_of(evaluation.unit),
        sections=[table],
        orientation=Orientation.LANDSCAPE,
        filename=f"rekap-status-tindak-lanjut-{evaluation.evaluation_year}",
    )


def _columns(words):
    return (
        Column("Jumlah", lambda row: _count(row[1], words), CellKind.INTEGER, 8, group=words),
        Column("%", lambda row: _percent(row[1], words), CellKind.NUMBER, 9, group=words),
    )


def _count(row, words):
    return row.count(*GATHERED[words])


def _percent(row, words):
    if not (total := len(row.renaksi)):
        return None
    return Cell(value=Decimal(_count(row, words)) * 100 / total, places=share_places(total))


def _footer(row):
    figures = [figure(row, words) for words in GATHERED for figure in (_count, _percent)]
    return [Cell(value="Jumlah", span=2), *figures, len(row.renaksi)]
