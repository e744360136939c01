"""What an import and its undo make of the kept findings and figures: the same as a count of everything."""

import pytest
from django.utils import timezone

from recommendations.models import Renaksi
from sakip.consistency import keeping
from sakip.consistency.marks import mark_everything
from sakip.models import KeptFinding
from tests.kept_figures import require_exact
from tests.reports.test_kept_findings import computed, kept
from tests.workbooks.test_undo import carried_out
from tests.workbooks.test_undo_rights import NAME, world  # noqa: F401  a fixture
from tests.workbooks.word.test_claims import start
from workbooks.services import imports

LHE = "Sekretariat Daerah 2022"
CODES = {
    "overdue": {"Rencana_aksi": [["Rekomendasi", "Urutan", "Penanggung jawab", "Batas waktu"], [NAME, "b", "Biro Umum", "1 Maret 2020"]]},
    "total-differs": {"LHE": [["Perangkat daerah", "Tahun kinerja", "Nilai tercetak"], ["Sekretariat Daerah", 2022, 99]]},
    "grade-interval": {"Rekomendasi": [["LHE", "Nomor", "Rekomendasi", "Kalimat pembuka tindak lanjut"], [LHE, 2, "Perbaiki", "A (80 - 90)"]]},
    "repeats-recommendation": {"Butir": [["Rekomendasi", "Urutan", "Isi butir"], [NAME, "a", "Rapat rutin"]]},
    "target-zero": {"Indikator": [["Sasaran", "Nomor", "Target 2023"], ["Sekretariat Daerah / 1", 1, 0]]},
    "few-earlier-years": {"Indikator": [["Sasaran", "Nomor", "Nama indikator", "Satuan", "Unit pemilik", "Realisasi 2023"], ["Sekretariat Daerah / 1", 2, "Baru", "%", "Biro Umum", 5]]},
}  # fmt: skip


def is_exact():
    keeping.renew()
    require_exact(timezone.localdate())
    return kept() == computed()


@pytest.mark.parametrize("code", CODES)
def test_an_import_and_its_undo_renew_what_they_touched(code, cast, world):  # noqa: F811
    Renaksi.objects.update(follow_up="<p>Rapat rutin</p>")
    mark_everything()
    keeping.renew()
    before = kept()
    run = carried_out(cast.kadir, "all", **CODES[code])
    assert is_exact()
    assert code in {row.split(":")[0] for row in kept().keys() - before.keys()}
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert is_exact() and kept() == before


def test_what_a_word_file_claims_and_its_undo(cast, evaluation):
    run, _ = start(cast.kadir, evaluation)
    imports.carry_out(run, at=timezone.now())
    assert is_exact()
    assert KeptFinding.objects.filter(code="missing-evidence").exists()
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert is_exact() and kept() == {}
