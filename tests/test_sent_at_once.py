"""Twenty equal forms at the same moment make one record, and all are led to it."""

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.models import Comment, Evidence
from reports.documents.telaah_staf.word.starting import starting_template
from reports.models import TelaahStaf, TelaahStafBlock, TelaahStafSection, WordTemplate
from reports.tables.table import Paper
from sakip.history.entries import HistoryEntry
from sakip.models import Submission, Unit
from tests import factories
from tests.browsing import fields_of
from tests.parallel import at_once as at_once
from tests.recommendations import files
from tests.reports import word_templates
from tests.workbooks.books import exported
from workbooks.models import ImportRun

TIMES = 20


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def press(at_once):
    """press(person, page, fields) sends the form of the page twenty times; gives the addresses it led to."""

    def press(person, page, fields, *, make_files=dict, to=None):
        visitor = Client()
        visitor.force_login(person)
        form = fields_of(visitor.get(page)) | fields
        cookies = visitor.cookies

        def post():
            client = Client()
            client.cookies = cookies.copy()
            answer = client.post(to or page, form | make_files())
            return answer.status_code, answer.headers.get("Location")

        return set(at_once(TIMES, post))

    return press


def test_a_comment(press, at_once, cast, renaksi):
    page = reverse("recommendations:comment-create", args=[renaksi.pk])
    ((status, address),) = press(cast.rina, page, {"text": "Sudah dirapatkan."})
    assert status == 302
    assert address.startswith(renaksi.get_absolute_url())
    assert at_once(1, lambda: (Comment.objects.count(), Submission.objects.count())) == [(1, 1)]


def test_a_telaah_staf(press, at_once, cast, evaluation, units):
    page = f"{reverse('reports:telaah-staf-create')}?evaluasi={evaluation.pk}"
    head = {"addressee": "Sekretaris Daerah", "sender": "Kepala Biro", "subject": "Evaluasi"}
    head["signatory"] = factories.make_official(units.setda).pk
    ((_, address),) = press(cast.kadir, page, head)
    assert at_once(1, lambda: TelaahStaf.objects.get().get_absolute_url()) == [address]


def test_a_section(press, at_once, cast, evaluation):
    telaah_staf = factories.make_telaah_staf(evaluation)
    page = reverse("reports:telaah-staf-section-create", args=[telaah_staf.pk])
    assert len(press(cast.kadir, page, {"heading": "Penutup"})) == 1
    assert at_once(1, TelaahStafSection.objects.count) == [2]


def test_a_block(press, at_once, cast, evaluation):
    section = factories.make_telaah_staf(evaluation).sections.get()
    before = section.blocks.count()
    page = reverse("reports:telaah-staf-text-create", args=[section.pk])
    assert len(press(cast.kadir, page, {"text": "<p>Kesimpulan.</p>"})) == 1
    assert at_once(1, TelaahStafBlock.objects.count) == [before + 1]


def test_a_word_template(press, at_once, cast):
    page = reverse("reports:word-template-upload")
    paper = starting_template(Paper.A4)
    upload = lambda: {"file": word_templates.upload(paper)}  # noqa: E731
    assert len(press(cast.kadir, page, {"name": "Templat 2026"}, make_files=upload)) == 1
    assert at_once(1, WordTemplate.objects.count) == [1]


def test_an_import(press, at_once, cast, units):
    content = exported("units", cast.kadir).read()
    page = reverse("workbooks:import-list")
    upload = lambda: {"file": files.upload("unit.xlsx", content)}  # noqa: E731
    assert len(press(cast.kadir, page, {"kind": "units"}, make_files=upload)) == 1
    assert at_once(1, ImportRun.objects.count) == [1]


def test_a_proof(press, at_once, cast, renaksi):
    page = reverse("recommendations:evidence-create", args=[renaksi.pk])
    fields = {"kind": "file", "title": "Notula"}
    assert len(press(cast.rina, page, fields, make_files=lambda: {"file": files.upload()})) == 1
    assert at_once(1, Evidence.objects.filter(title="Notula").count) == [1]


def test_a_unit_whose_code_is_unique(press, at_once, cast, units):
    """Those who come late would be told that the code is taken; it is by themselves."""
    page = reverse("sakip:unit-create")
    fields = {"parent": units.setda.pk, "kind": "bureau", "name": "Biro Hukum", "code": "hukum"}
    assert press(cast.kadir, page, fields) == {(302, reverse("sakip:unit-list"))}

    def look():
        unit = Unit.objects.get(code="hukum")
        return HistoryEntry.objects.about(unit).count()

    assert at_once(1, look) == [1]


def test_when_the_first_is_refused_all_are(press, at_once, cast, renaksi):
    page = reverse("recommendations:comment-create", args=[renaksi.pk])
    assert press(cast.rina, page, {"text": " "}) == {(200, None)}
    assert at_once(1, lambda: (Comment.objects.count(), Submission.objects.count())) == [(0, 0)]
