"""What an import writes is newer than any page that was open."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.browsing import fields_of
from tests.workbooks.books import upload
from workbooks.services import imports

HEAD = ["Perangkat daerah", "Tahun kinerja", "Nilai Perencanaan Kinerja", "Alasan perbaikan"]


@pytest.fixture
def run(cast, evaluation):
    file = upload({"LHE": [HEAD, ["Sekretariat Daerah", 2022, 21, "Salah ketik"]]})
    run = imports.start(kind="evaluations", upload=file, actor=cast.kadir, at=timezone.now())
    imports.preview(run)
    return run


def test_scores_imported_meanwhile_are_not_overwritten(signed_in, cast, evaluation, run):
    client = signed_in(cast.kadir)
    url = reverse("recommendations:evaluation-scores", args=[evaluation.pk])
    old = fields_of(client.get(url))
    imports.carry_out(run, at=timezone.now())
    answer = client.post(url, old)
    assert (answer.status_code, "21,00" in answer.text) == (409, True)
    assert evaluation.scores.first().score == 21
