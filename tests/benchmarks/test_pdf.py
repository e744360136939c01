"""The benchmark compares like with like."""

import pytest

from benchmarks import data, pdf


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
