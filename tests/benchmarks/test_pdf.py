"""The benchmark compares like with like."""

import pytest

from benchmarks import data, pdf
from benchmarks.__main__ import cells
from benchmarks.measuring import Measurement, Row


@pytest.fixture
def database(db):
    data.make(4)


def test_both_print_the_same_words(database, tmp_path):
    files = [tmp_path / "ours.pdf", tmp_path / "peer.pdf"]
    files[0].write_bytes(pdf.ours())
    files[1].write_bytes(pdf.peer())
    ours, peer = (pdf.words(path) for path in files)
    assert ours == peer
    assert ours.total() > 400


def test_a_row_shows_how_much_faster_the_program_is():
    row = Row("Tabel", Measurement(2, 90), Measurement(5, 120), aim=2.5)
    assert cells(row) == ("Tabel", "2.00", "5.00", "2.50", "2.5", "90", "120")
    assert cells(Row("Tabel", Measurement(2, 90)))[2:5] == ("", "", "")
