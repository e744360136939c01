from decimal import Decimal

import pytest

from reports.tables.table import Align, Cell, CellKind, Column, Orientation, Paper, Table
from tests.reports import samples


def test_values_stay_raw():
    first = next(samples.table().body())
    assert first[3].value == Decimal("1234.5")
    assert first[0].value == 1


def test_a_cell_may_differ_from_its_column():
    column = Column("Opini", "opinion", CellKind.NUMBER, places=3)
    assert column.cell(Decimal(1)).places == 3
    assert column.cell(Cell(value=Decimal(1), places=0)).places == 0
    opinion = column.cell("WTP")
    assert (opinion.kind, opinion.align, opinion.is_number) == (CellKind.TEXT, Align.END, False)


def test_groups_span_their_columns():
    top, bottom = samples.table().head()
    assert [(c.label, c.position, c.colspan, c.rowspan) for c in top][2:] == [
        ("Catatan", 2, 1, 2),
        ("Realisasi", 3, 2, 1),
        ("Batas waktu", 5, 1, 2),
    ]
    assert [(c.label, c.position) for c in bottom] == [("2022", 3), ("2023", 4)]


def test_head_without_groups_is_one_row():
    plain = Table(columns=samples.COLUMNS[:2], rows=())
    assert [[c.label for c in row] for row in plain.head()] == [["No.", "Rekomendasi"]]


def test_shares_add_up_to_one():
    assert sum(samples.table().shares) == pytest.approx(1)


def test_footer_spans_count():
    total = (Cell(value="Jumlah", span=3), Decimal(2), Decimal(3), None)
    (cells,) = samples.table(footer_rows=[total]).footer()
    assert [cell.kind for cell in cells] == [
        CellKind.TEXT,
        CellKind.NUMBER,
        CellKind.NUMBER,
        CellKind.DATE,
    ]


def test_a_footer_that_does_not_fill_the_columns_is_refused():
    with pytest.raises(ValueError, match="footer"):
        list(samples.table(footer_rows=[("Jumlah", None)]).footer())


def test_column_numbers_must_match_the_columns():
    with pytest.raises(ValueError, match="column number"):
        samples.table(column_numbers=["1", "2"])


@pytest.mark.parametrize(
    ("paper", "orientation", "size"),
    [
        (Paper.F4, Orientation.PORTRAIT, (215, 330)),
        (Paper.F4, Orientation.LANDSCAPE, (330, 215)),
        (Paper.A4, Orientation.PORTRAIT, (210, 297)),
    ],
)
def test_page_size(paper, orientation, size):
    assert samples.report(paper=paper, orientation=orientation).page_size == size
