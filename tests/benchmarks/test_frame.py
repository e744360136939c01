"""What was measured is judged, kept and printed right. Nothing here measures anything."""

from importlib import import_module

import pytest

from benchmarks import record, report
from benchmarks.__main__ import SUBJECTS
from benchmarks.rows import Bound, Growth, Measurement, Row, exponent
from benchmarks.turns import take_turns

FAST, SLOW = Measurement(0.5), Measurement(4)


@pytest.mark.parametrize("b", [0, 0.1, 1, 1.5])
def test_the_exponent_of_a_power_is_found(b):
    seconds = {size: 0.003 * size**b for size in (1_000, 4_000, 20_000, 100_000)}
    assert exponent(seconds) == pytest.approx(b)


def test_the_exponent_is_the_best_fit_of_points_beside_the_curve():
    assert exponent({1: 1, 10: 20, 100: 50, 1000: 1000}) == pytest.approx(0.94, abs=0.01)


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (Row("nothing to compare with", FAST), None),
        (Row("no aim", FAST, peer=SLOW), None),
        (Row("aim met", FAST, peer=SLOW, aim=8), True),
        (Row("aim missed", FAST, peer=SLOW, aim=8.1), False),
        (Row("limit held", SLOW, bare=FAST, limit=8), True),
        (Row("limit broken", SLOW, bare=FAST, limit=7.9), False),
        (Row("one of both missed", FAST, SLOW, 8, bare=Measurement(0.1), limit=3), False),
        (Bound("light", 120, 120, "KB"), True),
        (Bound("heavy", 121, 120, "KB"), False),
        (Growth("flat", {10: 1, 100: 1.1}, limit=0.1), True),
        (Growth("steep", {10: 1, 100: 2}, limit=0.1), False),
        (Growth("told only", {10: 1, 100: 2}), None),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_row_is_judged_by_its_aim_and_its_limit(row, met):
    assert row.met is met
    assert row.record()["met"] is met


def test_the_table_shows_each_figure_beside_its_aim_and_limit():
    row = Row("Daftar", FAST, SLOW, 7, bare=Measurement(0.25), limit=2.5)
    shown = ("Daftar", "500 ms", "4.00 s", "8.00", "≥ 7", "250 ms", "2.00", "≤ 2.5", "", "met")
    assert report.cells(row.record()) == shown
    assert report.cells(Bound("Halaman", 121, 120, "KB").record())[-1] == "MISSED"
    assert report.cells(Growth("Ekspor", {10: 1, 100: 10}).record())[1] == "n^1.00"


def test_the_paper_gets_the_tables_and_keeps_its_prose(tmp_path):
    path = tmp_path / "latest.json"
    record.keep("lists", [Row("Daftar", FAST, SLOW, 9).record()], size="full", path=path)
    record.keep("pdf", [Row("Tabel", FAST).record()], size="full", path=path)
    text = "Daftar:\n<!-- tabel full lists -->\nlama\n<!-- akhir -->\nSelesai.\n"
    filled = report.fill(text, record.read(path))
    assert "| Daftar | 500 ms | 4,00 s | 8,00 | ≥ 9 |" in filled
    assert "**belum**" in filled
    assert "lama" not in filled
    assert filled.startswith("Daftar:\n")
    assert filled.endswith("Selesai.\n")
    assert report.fill(filled, record.read(path)) == filled


def test_a_place_can_ask_for_some_sizes_only(tmp_path):
    path = tmp_path / "latest.json"
    names = "Daftar, 10,000", "Daftar, 100,000", "Daftar, pertumbuhan"
    record.keep("lists", [Row(name, FAST).record() for name in names], size="full", path=path)
    text = "<!-- tabel full lists 100,000 1,000,000 -->\n<!-- akhir -->\n"
    filled = report.fill(text, record.read(path))
    assert [name in filled for name in names] == [False, True, True]
    assert report.fill(filled, record.read(path)) == filled


def test_two_rows_of_one_name_are_refused(tmp_path):
    rows = [Row("Daftar", FAST).record(), Row("Daftar", SLOW).record()]
    with pytest.raises(ValueError, match="one name"):
        record.keep("lists", rows, size="full", path=tmp_path / "latest.json")


def test_a_place_without_a_run_says_so():
    text = "<!-- tabel full lists -->\n<!-- akhir -->\n"
    assert "Belum diukur." in report.fill(text, {})


def test_every_module_with_rows_is_a_subject():
    assert {"excel", "http", "pdf", "search", "writers"} <= set(SUBJECTS)
    assert all(callable(import_module(f"benchmarks.{name}").rows) for name in SUBJECTS)


def test_calls_take_turns(db):
    order = []
    calls = {"ours": lambda: order.append("ours"), "peer": lambda: order.append("peer")}
    assert set(take_turns(calls, rounds=2)) == {"ours", "peer"}
    assert order == ["ours", "peer"] + ["ours", "peer"] + ["peer", "ours"]
