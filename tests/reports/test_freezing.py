"""A frozen table prints what the living one printed."""

import json
from datetime import date
from decimal import Decimal

from reports.freezing import freeze, thaw
from reports.renderers import html
from reports.tables import Cell, Kind, Tone
from tests.reports import samples


def test_a_thawed_table_prints_the_same_on_screen_and_on_paper():
    footer = [[Cell(value="Jumlah", span=3), Decimal("1.5"), None, date(2023, 10, 2)]]
    table = samples.table(
        title="Judul", notes=["Sumber: data"], warnings=["Awas"], footer_rows=footer
    )
    thawed = thaw(json.loads(json.dumps(freeze(table))))
    for on_screen in (True, False):
        before, after = (
            html.rendered_tables(samples.report(one), on_screen=on_screen)
            for one in (table, thawed)
        )
        assert before == after
    assert thawed.shares == table.shares


def test_values_keep_their_kind():
    cell = Cell(value=Decimal("3.510"), mark="*", note="tahun 2022", tone=Tone.WARNING)
    table = samples.table([samples.row(after=cell)])
    (row,) = thaw(freeze(table)).body()
    kept = row[4]
    assert (kept.value, kept.mark, kept.kind, kept.tone) == (
        Decimal("3.510"), "*", Kind.NUMBER, Tone.WARNING,
    )  # fmt: skip
    assert row[5].value == date(2023, 10, 2)
