"""The same guard stands at every door: what one refuses, no other lets in."""

from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from performance.models import FigureEvidence
from recommendations.models import EvaluationLetter, Evidence, EvidenceRevision, NotePhoto
from reports.documents.telaah_staf.word import guard as templates
from reports.models import WordTemplate
from sakip.models import Letterhead
from tests import factories
from tests.browsing import fields_of
from tests.corpus import images, offices, others, pdfs
from tests.workbooks.books import zipped
from tests.workbooks.test_bad_files import ODS, WORD_CELL, ods
from workbooks.models import ImportRun
from workbooks.readers import guard as workbooks
from workbooks.readers.guard import WorkbookRefused
from workbooks.word import guard as word

STORED = (
    Evidence,
    EvidenceRevision,
    EvaluationLetter,
    FigureEvidence,
    NotePhoto,
    Letterhead,
    WordTemplate,
    ImportRun,
)
WORD = {name: case for name, case in offices.BAD.items() if case.name.endswith(".docx")}
EXCEL = {name: case for name, case in offices.BAD.items() if case.name.endswith(".xlsx")}


# ── Pure: every Office file of the corpus at every door that takes its kind ─────────────────────
@pytest.mark.parametrize("name", WORD)
def test_a_bad_document_is_neither_imported_nor_a_template(name):
    with pytest.raises(WorkbookRefused, match=r"^notula.docx "):
        word.check(WORD[name].upload(), "notula.docx")
    with pytest.raises(ValidationError, match=r"Berkas “notula.docx” "):
        templates.check(WORD[name].upload())


@pytest.mark.parametrize("name", EXCEL)
def test_a_bad_workbook_is_not_imported(name):
    with pytest.raises(WorkbookRefused, match=r"^data.xlsx "):
        workbooks.check(EXCEL[name].upload(), "data.xlsx")


@pytest.mark.parametrize("name", offices.GOOD)
def test_a_good_one_may_be_imported(name):
    case = offices.GOOD[name]
    check = word.check if case.name.endswith(".docx") else workbooks.check
    check(case.upload(), case.name)


CELL = "<table:table-row>" + WORD_CELL.format("") + "</table:table-row>"
SHEETS = {
    "macros": ({"Basic/Standard/a.xml": "<x/>"}, "makro"),
    "a script": ({"Scripts/python/a.py": "x"}, "makro"),
    "an old object": ({"Object 1": offices.OLE}, "objek tersemat"),
    "another workbook": ({"content.xml": ODS.format('<table:table-source xlink:href="file:///a.ods"/>')}, "dari luar"),
    "another program": ({"content.xml": ODS.format('<office:dde-source office:dde-application="cmd"/>')}, "dari luar"),
    "a link to a macro": ({"content.xml": ODS.format('<text:a xlink:href="vnd.sun.star.script:a"/>')}, "makro"),
    "a part above": ({"../a.xml": "<x/>"}, "tidak wajar"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHEETS)
def test_a_bad_workbook_of_libreoffice_is_not_imported(name):
    parts, reason = SHEETS[name]
    plain = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": ODS.format(CELL),
    }
    with pytest.raises(WorkbookRefused, match=reason):
        workbooks.check(zipped(plain | parts, "buku.ods"), "buku.ods")


def test_a_good_workbook_of_libreoffice_may_be_imported():
    workbooks.check(ods(CELL), "buku.ods")


# ── Through the pages ───────────────────────────────────────────────────────────────────────────
@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def doors(units, cast, evaluation, recommendation):
    """By name: who posts which fields to which address."""
    bare = factories.make_renaksi(recommendation, units.organisasi)
    objective = factories.make_objective(units.setda)
    indicator = factories.make_indicator(objective, units.organisasi, values={2023: 90})
    plan = {"kind": "file", "title": "Laporan"}
    photos = {
        "text": "<p>Isi</p>",
        "gambar-TOTAL_FORMS": 1,
        "gambar-INITIAL_FORMS": 0,
        "gambar-0-caption": "Rapat",
    }
    head = {
        "unit": units.setda.pk,
        "government": "PEMERINTAH",
        "body": "SETDA",
        "address": "Jalan Gajah Mada",
    }
    return {
        "evidence": (cast.rina, reverse("recommendations:evidence-create", args=[bare.pk]), plan, "file"),
        "figure evidence": (cast.rina, reverse("performance:figure-evidence-add", args=[indicator.pk, 2023]), {}, "file"),
        "letter": (cast.kadir, reverse("recommendations:letter-attach", args=[evaluation.pk]), {}, "file"),
        "photo": (cast.kadir, f"/rekomendasi/{recommendation.pk}/catatan/", photos, "gambar-0-image"),
        "logo": (cast.kadir, reverse("sakip:letterhead-create"), head, "logo"),
        "template": (cast.kadir, reverse("reports:word-template-upload"), {"unit": units.setda.pk, "name": "2026"}, "file"),
        "Word table": (cast.kadir, reverse("workbooks:word-start"), {"evaluation": evaluation.pk}, "file"),
        "workbook": (cast.kadir, reverse("workbooks:import-list"), {"kind": "units"}, "file"),
    }  # fmt: skip


BY_DOOR = {
    "evidence": [pdfs.BAD["a script in packed objects"], pdfs.BAD["a carried program"], WORD["docx: a template of the web"],
                 EXCEL["xlsx: a program asked by a formula"], images.BAD["sixty thousand pixels claimed"], others.BAD["two endings"]],
    "figure evidence": [pdfs.BAD["a script on opening"], EXCEL["xlsx: a link to another workbook"], WORD["docx: macros"]],
    "letter": [pdfs.BAD["a program started"], pdfs.BAD["an archive behind it"], WORD["docx: an old object"]],
    "photo": [images.BAD["a drawing by another name"], images.BAD["half a JPEG"]],
    "logo": [images.BAD["a GIF with an archive"], images.BAD["sixty thousand pixels of a camera"]],
    "template": [WORD["docx: a part above"], WORD["docx: DDE in pieces"], WORD["docx: a hundred thousand parts"]],
    "Word table": [WORD["docx: a picture from elsewhere"], WORD["docx: four hundred times its size"], WORD["docx: entities"]],
    "workbook": [EXCEL["xlsx: a link to another workbook"], EXCEL["xlsx: a part above"], EXCEL["xlsx: data of the web"]],
}  # fmt: skip


@pytest.mark.parametrize("name", BY_DOOR)
def test_no_door_lets_a_bad_file_in(doors, signed_in, media, name):
    person, address, data, field = doors[name]
    client = signed_in(person)
    before = [model.objects.count() for model in STORED]
    for case in BY_DOOR[name]:
        answer = client.post(address, data | {field: case.upload()})
        assert answer.status_code == 200
        assert case.reason in unescape(answer.text)
        assert case.name in unescape(answer.text)
    assert [model.objects.count() for model in STORED] == before
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_a_revision_is_guarded_like_the_first_file(doors, signed_in):
    person, address, data, field = doors["evidence"]
    client = signed_in(person)
    client.post(address, data | {field: pdfs.GOOD["one page"].upload()})
    revise = reverse("recommendations:evidence-revise", args=[Evidence.objects.latest("pk").pk])
    answer = client.post(revise, {"file": pdfs.BAD["a script of the page"].upload()})
    assert "berisi JavaScript" in answer.text
    assert EvidenceRevision.objects.count() == 1


def test_evidence_sent_with_the_follow_up_is_guarded(renaksi, cast, signed_in):
    address = reverse("recommendations:renaksi-edit", args=[renaksi.pk])
    client = signed_in(cast.rina)
    sent = {"bukti-kind": "file", "bukti-file": pdfs.BAD["a form of XFA"].upload()}
    answer = client.post(address, fields_of(client.get(address)) | sent)
    assert "berisi formulir XFA" in answer.text


def test_a_template_may_hold_less_than_a_document():
    """A chart brings a workbook with it, which a template does not need."""
    for name in (
        "a document with a chart",
        "a document made from a template",
        "a document of a mailing",
    ):
        with pytest.raises(ValidationError):
            templates.check(offices.GOOD[name].upload())
    templates.check(offices.GOOD["a document with a picture"].upload())
