"""What changed between two issues, read off what each of them said."""

import json
from decimal import Decimal

import pytest

from reports.tables.table import Cell, CellKind, Column, Prose, Record, Report, Table
from reports.verification import changes, codes, snapshot
from tests.reports import samples


def table(rows, **values):
    columns = (
        Column("No.", lambda row: row[0], CellKind.ORDINAL),
        Column("Indikator", lambda row: row[1]),
        Column("2023", lambda row: row[2], CellKind.NUMBER),
    )
    return Table(title="Sasaran 1", columns=columns, rows=rows, **values)


def said(*sections):
    return snapshot.take(Report(name="x", title="Laporan", sections=sections))


def told(before, after):
    return [str(change) for change in changes.compare(before, after)]


def test_a_row_is_known_by_its_first_words_wherever_it_stands():
    before = said(table([(1, "IPM", Decimal("70.1")), (2, "SAKIP", Decimal("67.94"))]))
    after = said(table([(1, "SAKIP", Decimal("73.9")), (2, "IPM", Decimal("70.10"))]))
    assert told(before, after) == ["SAKIP: 2023 67,94 → 73,90"]


def test_rows_that_came_and_went_are_named():
    before, after = said(table([(1, "IPM", 1)])), said(table([(1, "Opini BPK", 2)]))
    assert told(before, after) == ["Opini BPK ditambahkan", "IPM dihapus"]


def test_rows_of_one_name_are_told_apart_by_their_order():
    before = said(table([(1, "Kecamatan", 1), (2, "Kecamatan", 2)]))
    after = said(table([(1, "Kecamatan", 1), (2, "Kecamatan", 3)]))
    assert told(before, after) == ["Kecamatan: 2023 2,00 → 3,00"]


def test_a_total_is_compared_too():
    before = said(table([], footer_rows=[[Cell(value="Jumlah", span=2), Decimal(5)]]))
    after = said(table([], footer_rows=[[Cell(value="Jumlah", span=2), Decimal(6)]]))
    assert told(before, after) == ["Jumlah: 2023 5,00 → 6,00"]


def test_a_table_may_say_what_its_rows_are_about():
    def records(row):
        return [Record(f"pk{row[0]}", f"Rekomendasi {row[0]}.b", [("Status", row[1])])]

    before = said(table([(2, "Belum", 1)], records=records))
    after = said(table([(2, "Sudah", 1)], records=records))
    assert told(before, after) == ["Rekomendasi 2.b: Status Belum → Sudah"]


def test_of_a_long_text_only_the_words_around_the_change_are_told():
    words = "kata " * 200
    before = said(Prose("Catatan", f"<p>{words} lama {words}</p>"))
    after = said(Prose("Catatan", f"<p>{words} baru {words}</p>"))
    (change,) = changes.compare(before, after)
    assert change.before == "… kata kata kata kata kata kata lama kata kata kata kata kata kata …"
    assert "baru" in change.after
    assert len(change.after) < 100


def test_what_stands_twice_is_told_once():
    before, after = said(*[table([(1, "IPM", 1)])] * 2), said(*[table([(1, "IPM", 2)])] * 2)
    assert told(before, after) == ["IPM: 2023 1,00 → 2,00"]


def test_the_annex_says_so_when_nothing_changed():
    assert changes.annex([], "1", "2 Oktober 2023").notes == ["Tidak ada yang berubah."]


def test_a_snapshot_is_the_same_after_a_database_and_its_hash_too():
    first = snapshot.take(samples.report())
    again = json.loads(json.dumps(first, sort_keys=True))
    assert again == first
    assert snapshot.digest(again) == snapshot.digest(first)
    assert snapshot.digest(said(table([(1, "a", 1)]))) != snapshot.digest(
        said(table([(1, "a", 2)]))
    )


@pytest.mark.parametrize("text", ["nol\x00", "\ud800", "<script>", "kanan\u202ekiri"])
def test_hostile_text_is_kept_as_text(text):
    assert json.dumps(snapshot.take(samples.hostile(text))).encode()
    assert "\x00" not in json.dumps(snapshot.take(samples.hostile(text)), ensure_ascii=False)


def test_codes_are_read_however_they_are_typed():
    code = codes.new_code()
    assert len(code) == 19
    assert codes.normalise(code.lower().replace("-", " ")) == code
    assert codes.normalise("oiL0-0000 0000.0000") == "0110-0000-0000-0000"
    assert codes.normalise("/../\x00é") == ""
    assert len({codes.new_code() for _ in range(200)}) == 200
