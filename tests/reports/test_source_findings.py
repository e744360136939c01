"""The checks find every fault that docs/sumber.md lists as kept in the source document, and no other."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from reports.definitions import consistency
from sakip.consistency import keeping
from sakip.policy import SYSTEM

TODAY = date(2023, 10, 2)

# Copied by hand from docs/sumber.md: the rule, and words of the record or the sentence.
KNOWN = {
    ("change-differs", "kerjasama yang ditindaklanjuti"): "tercetak 5,55 %",
    ("change-differs", "Pelayanan Kerumahtanggaan"): "tercetak 1,08 %",
    ("total-differs", "tahun kinerja 2021"): "tercetak 67,93",
    ("rank-unchanged", "Indeks Kelembagaan"): "Peringkat 4",
    ("carried-over", "EKPPD"): "Skor EKPPD tahun 2022",
    ("grade-interval", "Telaah Staf 000.7.6/2058"): "A (80 - 90)",
    ("minus-score", "Telaah Staf 000.7.6/2058"): "nilai minus 0,20",
    ("repeats-recommendation", "Renaksi 2.c"): "sama dengan bunyi rekomendasi",
    ("proposal-wording", "Renaksi 1.b"): "“disarankan”",
    ("proposal-wording", "Renaksi 3.b"): "“diusulkan”",
    ("memo-letters", "Telaah Staf 000.7.6/2058"): "dalam tabelnya b dan c",
    ("memo-incomplete", "Telaah Staf 000.7.6/2058"): "khususnya pada",
    ("caption-without-picture", "Rekomendasi 1"): "Brawijaya Malang",
    ("attachment-absent", "Telaah Staf 000.7.6/2058"): "1 (satu) berkas",
}
# What follows from what the document lacks: evidence, a second rubric that is the same, the year 2020.
LACKING = {
    "missing-evidence": 10,
    "none-verified": 1,
    "rubrics-differ": 1,
    "few-earlier-years": 4,
}


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker):
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_source", stdout=StringIO())
        keeping.renew()  # a page would leave so many changes to a worker
        yield consistency.find(SYSTEM, on=TODAY)
        transaction.set_rollback(True)


def test_every_known_fault_is_found_once(found):
    for (code, about), words in KNOWN.items():
        hits = [row for row in found.waiting if row.code == code and about in row.object]
        assert [words in row.message for row in hits] == [True], (code, about)


def test_nothing_is_invented(found):
    expected = LACKING.copy()
    for code, _ in KNOWN:
        expected[code] = expected.get(code, 0) + 1
    counts: dict[str, int] = {}
    for row in found.waiting:
        counts[row.code] = counts.get(row.code, 0) + 1
    assert counts == expected
    assert found.dismissed == []
