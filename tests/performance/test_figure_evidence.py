"""Files that prove a realisation."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from performance.models import FigureEvidence
from performance.services import locked_years
from sakip.history.entries import HistoryEntry
from sakip.uploads import pictures
from tests import factories, photographs


@pytest.fixture
def indicator(units):
    objective = factories.make_objective(units.setda)
    return factories.make_indicator(objective, units.organisasi, values={2023: 90})


@pytest.fixture
def attach(signed_in, indicator):
    def send(person, content=None, name="bukti.png"):
        address = reverse("performance:figure-evidence-add", args=[indicator.pk, 2023])
        file = SimpleUploadedFile(name, picture() if content is None else content)
        return signed_in(person).post(address, {"file": file})

    return send


def picture():
    file = BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG")
    return file.getvalue()


def test_the_owner_attaches_it_and_the_body_reads_it(cast, indicator, attach, signed_in):
    assert attach(cast.rina).status_code == 302
    evidence = FigureEvidence.objects.get()
    page = signed_in(cast.laila).get(indicator.get_absolute_url()).content.decode()
    assert evidence.get_absolute_url() in page
    answer = signed_in(cast.laila).get(evidence.get_absolute_url())
    assert b"".join(answer) == picture()
    assert "sandbox" in answer["Content-Security-Policy"]
    assert signed_in(cast.sari).get(evidence.get_absolute_url()).status_code == 404
    assert HistoryEntry.objects.about(indicator).get().action == "add_evidence"


def test_what_is_no_picture_and_what_is_there_already_is_refused(cast, attach):
    page = attach(cast.rina, b"<script>")
    assert "bukan gambar" in page.context["form"].errors["file"][0]
    attach(cast.rina)
    page = attach(cast.rina)
    assert "sudah dilampirkan" in page.context["form"].errors["file"][0]
    assert FigureEvidence.objects.count() == 1


def test_a_photo_is_kept_plain_and_known_by_what_was_sent(cast, indicator, attach):
    attach(cast.rina, photographs.located_and_turned(), "IMG_1.jpg")
    page = attach(cast.rina, photographs.located_and_turned(), "IMG_2.jpg")
    assert "sudah dilampirkan" in page.context["form"].errors["file"][0]
    evidence = FigureEvidence.objects.get()
    with evidence.file.open() as file:
        assert pictures.is_plain(file.read())
    [entry] = HistoryEntry.objects.about(indicator)
    assert ["SHA-256 gambar semula", "-", evidence.original_sha256] in entry.in_words


def test_an_archived_one_is_listed_no_more_and_a_locked_year_stays(
    cast, units, indicator, attach, signed_in
):
    attach(cast.rina)
    evidence = FigureEvidence.objects.get()
    address = reverse("performance:figure-evidence-archive", args=[evidence.pk])
    locked_years.lock_year(unit=units.setda, year=2023, actor=cast.kadir, at=timezone.now())
    assert signed_in(cast.rina).post(address).status_code == 409
    assert attach(cast.rina).status_code == 409
    locked_years.unlock_year(unit=units.setda, year=2023, actor=cast.kadir, at=timezone.now())
    signed_in(cast.rina).post(address)
    page = signed_in(cast.rina).get(indicator.get_absolute_url()).content.decode()
    assert evidence.get_absolute_url() not in page
    assert evidence.file.storage.exists(evidence.file.name)
