"""A frozen table prints what the living one printed."""

import json
from datetime import date
from decimal import Decimal

from reports.renderers import html
from reports.tables.frozen import freeze, thaw
from reports.tables.table import Cell, CellKind, Record, Tone
from reports.verification import snapshot
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
        Decimal("3.510"), "*", CellKind.NUMBER, Tone.WARNING,
    )  # fmt: skip
    assert row[5].value == date(2023, 10, 2)


def again(table):
    return thaw(json.loads(json.dumps(freeze(table))))


def said(table):
    return snapshot.take(samples.report(table))


def test_a_thawed_table_is_known_by_the_same_keys():
    keyed = samples.table(key="contoh", row_key="number")
    assert said(again(keyed)) == said(keyed)

    def records(row):
        yield Record(
            f"a{row.number}", "Satu", [("Isi", Cell(value=row.text, kind=CellKind.RICH))], "1"
        )
        yield Record(f"b{row.number}", "Dua", [("Catatan", row.remark)])

    spoken = samples.table(key="contoh", records=records)
    assert said(again(spoken)) == said(spoken)
    assert said(again(again(spoken))) == said(spoken)


def test_a_table_frozen_before_there_were_keys_is_thawed():
    table = samples.table(title="Judul")
    frozen = freeze(table)
    del frozen["key"], frozen["row_keys"]
    for column in frozen["columns"]:
        del column["is_place"]
    assert said(thaw(frozen)) == said(table)
