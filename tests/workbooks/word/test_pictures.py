"""Pictures and captions of a Word file, put in their places once its table was imported."""

from io import BytesIO

import docx
import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from recommendations.models import Evidence, Note, NotePhoto
from tests.workbooks.word.papers import HEAD, add_table, upload
from workbooks.services import imports
from workbooks.word import services as word

ROW = ["7", "Ukur.", "Rapat.", "Belum"]


@pytest.fixture
def client(signed_in, cast):
    return signed_in(cast.kadir)


def file():
    """A table, a picture with its caption, and a caption alone."""
    document = docx.Document()
    add_table(document, [ROW], HEAD)
    picture = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(picture, "PNG")
    document.add_picture(BytesIO(picture.getvalue()))
    document.add_paragraph("Keterangan gambar: Rapat penyusunan target")
    document.add_paragraph("Penutup.")
    document.add_paragraph("Keterangan gambar: Penyerahan dokumen")
    return upload(document)


@pytest.fixture
def run(cast, evaluation):
    run = word.start(upload=file(), evaluation=evaluation, actor=cast.kadir, at=timezone.now())
    plan = imports.preview(run)
    assert any("2 gambar atau keterangan gambar tidak ikut" in one.message for one in plan.losses)
    imports.carry_out(run, at=timezone.now())
    return run


def address(run):
    return reverse("workbooks:word-pictures", args=[run.pk])


def test_a_picture_becomes_evidence_and_a_caption_stands_on_a_note(client, run, evaluation):
    recommendation = evaluation.recommendations.get()
    Note.objects.create(recommendation=recommendation, text="<p>Catatan.</p>")
    page = client.get(run.get_absolute_url()).text
    assert f'href="{address(run)}"' in page
    sent = {
        "gambar-tujuan-0": f"b{recommendation.renaksi.get().pk}",
        "gambar-keterangan-0": "Rapat penyusunan target",
        "gambar-tujuan-1": f"c{recommendation.pk}",
        "gambar-keterangan-1": "Penyerahan dokumen",
    }
    page = client.post(address(run), sent, follow=True)
    assert "2 gambar atau keterangan gambar disimpan." in page.text
    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.title) == ("file", "Rapat penyusunan target")
    assert evidence.revisions.get().content_type == "image/png"
    photo = NotePhoto.objects.get()
    assert (photo.caption, photo.image.name) == ("Penyerahan dokumen", "")
    page = client.post(address(run), sent, follow=True)
    assert Evidence.objects.count() == NotePhoto.objects.count() == 1


def test_a_picture_is_shown_small(client, run):
    response = client.get(reverse("workbooks:word-picture", args=[run.pk, 0]))
    assert response["Content-Type"] == "image/png"
    assert Image.open(BytesIO(response.content)).size == (60, 40)
    assert client.get(reverse("workbooks:word-picture", args=[run.pk, 1])).status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Pilih tempat untuk paling sedikit satu gambar."),
        ({"gambar-tujuan-0": "b{pk}", "gambar-keterangan-0": ""}, "Tulis keterangan gambarnya."),
        ({"gambar-tujuan-0": "b999999", "gambar-keterangan-0": "x"}, "tidak"),
    ],
)
def test_what_is_missing_is_said(client, run, evaluation, sent, sentence):
    pk = evaluation.recommendations.get().renaksi.get().pk
    sent = {name: value.format(pk=pk) for name, value in sent.items()}
    assert sentence in client.post(address(run), sent).text
    assert not Evidence.objects.exists()


def test_pictures_wait_for_the_import(client, cast, evaluation):
    run = word.start(upload=file(), evaluation=evaluation, actor=cast.kadir, at=timezone.now())
    imports.preview(run)
    assert "Tulis dahulu impornya" in client.get(address(run)).text
