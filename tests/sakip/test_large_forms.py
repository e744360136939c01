"""Large forms work, or say in words what was too much; a claim of many rows costs nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from performance.forms.objectives import SourceFormSet
from recommendations.forms.recommendations import PhotoFormSet, PointFormSet
from recommendations.forms.renaksi import StepFormSet
from recommendations.models import Comment


@pytest.fixture
def address(renaksi):
    return reverse("recommendations:comment-create", args=[renaksi.pk])


def test_more_than_a_thousand_fields_are_no_hindrance(signed_in, cast, address):
    many = {f"lain-{number}": "1" for number in range(3_000)}
    answer = signed_in(cast.rina).post(address, many | {"text": "Sudah dirapatkan."})
    assert (answer.status_code, Comment.objects.count()) == (302, 1)


def test_too_many_fields_are_refused_in_words(signed_in, cast, address, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    answer = signed_in(cast.rina).post(address, {f"lain-{number}": "1" for number in range(11)})
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "isian sekaligus. Belum ada yang disimpan." in page
    assert "Tekan tombol Kembali pada peramban" in page


def test_too_long_a_form_is_refused_in_words(signed_in, cast, address, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = signed_in(cast.rina).post(address, {"text": "a" * 200})
    assert answer.status_code == 413
    assert "MB teks sekaligus" in answer.content.decode()


def test_too_many_files_are_refused_in_words(signed_in, cast, address, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
    files = {f"f{number}": SimpleUploadedFile("a.txt", b"a") for number in range(2)}
    answer = signed_in(cast.rina).post(address, files)
    assert answer.status_code == 413
    assert "berkas sekaligus" in answer.content.decode()


SETS = {
    "butir": lambda data: PointFormSet(data, prefix="butir"),
    "gambar": lambda data: PhotoFormSet(data, prefix="gambar"),
    "form": lambda data: StepFormSet(data),
    "sources": lambda data: SourceFormSet(data, prefix="sources"),
}


@pytest.mark.parametrize("prefix", SETS)
def test_rows_that_are_only_claimed_are_not_made(prefix):
    rows = SETS[prefix]({f"{prefix}-TOTAL_FORMS": "1050", f"{prefix}-INITIAL_FORMS": "0"})
    assert len(rows.forms) == 0
    assert not rows.is_valid()
    assert "Terlalu banyak baris" in str(rows.non_form_errors())


@pytest.mark.parametrize("number", ["999999999", "9" * 5000, "²", "-1", "x"])
def test_a_row_with_a_strange_number_makes_no_more(number):
    rows = SETS["form"](
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", f"form-{number}-text": "a"}
    )
    assert len(rows.forms) <= 2


def test_all_rows_that_were_sent_are_made():
    data = {"form-TOTAL_FORMS": "60", "form-INITIAL_FORMS": "0"}
    rows = SETS["form"](data | {f"form-{number}-text": f"<p>{number}</p>" for number in range(60)})
    assert len(rows.forms) == 60
    assert rows.is_valid()
    assert len(rows.steps) == 60
