"""Large files in parts: what is received, by whom, and how they join the form that is sent."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Evidence
from sakip import purging
from sakip.models import PartialUpload, UploadPart
from sakip.services import partial_uploads as services
from sakip.services.partial_uploads import PART
from sakip.uploads import joining
from tests import factories
from tests.recommendations import files

BEGIN = reverse("upload-begin")
CONTENT = files.long_pdf(2 * PART)  # three parts


@pytest.fixture
def renaksi(recommendation, units):
    return factories.make_renaksi(recommendation, units.organisasi)


@pytest.fixture
def rina(signed_in, cast, renaksi):
    return signed_in(cast.rina)


@pytest.fixture
def sender(rina):
    return Sender(rina)


class Sender:
    """A browser that sends one file."""

    def __init__(self, client, content=CONTENT, name="Laporan akhir.pdf", modified=1):
        self.client, self.content, self.name, self.modified = client, content, name, modified

    def begin(self, **changed):
        said = {"name": self.name, "size": len(self.content), "modified": self.modified}
        return self.client.post(BEGIN, {**said, **changed})

    def part(self, told, start, content=None):
        content = self.content[start : start + PART] if content is None else content
        return self.client.generic(
            "POST", f"{told['address']}?mulai={start}", content, "application/octet-stream"
        )

    def send(self, parts=3):
        told = self.begin().json()
        for start in range(told["received"], len(self.content), PART)[:parts]:
            assert self.part(told, start).status_code == 200
        return told

    def form(self, renaksi, key, **fields):
        page = reverse("recommendations:evidence-create", args=[renaksi.pk])
        return self.client.post(page, {"kind": "file", "unggahan": f"file:{key}", **fields})


@pytest.fixture
def stored():
    """The names of all parts in the store."""

    def names():
        found = []
        for folder in (
            default_storage.listdir("unggahan")[0] if default_storage.exists("unggahan") else []
        ):
            found += default_storage.listdir(f"unggahan/{folder}")[1]
        return set(found)

    before = names()
    return lambda: names() - before


def test_three_parts_become_evidence_like_any_other_file(
    sender, renaksi, stored, django_capture_on_commit_callbacks
):
    told = sender.send()
    assert len(stored()) == 3
    with django_capture_on_commit_callbacks(execute=True):
        assert sender.form(renaksi, told["key"]).status_code == 302
    revision = Evidence.objects.get(renaksi=renaksi).revisions.get()
    assert (revision.original_name, revision.size) == ("Laporan akhir.pdf", len(CONTENT))
    with revision.file.open() as kept:
        assert kept.read() == CONTENT
    assert not PartialUpload.objects.exists()
    assert not UploadPart.objects.exists()
    assert not stored()


def test_after_a_break_the_same_file_goes_on_where_it_stopped(sender):
    """Also when the tab was closed: the browser says the same of the file."""
    told = sender.send(parts=2)
    again = sender.begin().json()
    assert (again["key"], again["received"]) == (told["key"], 2 * PART)
    assert sender.part(again, 2 * PART).json() == {"received": len(CONTENT)}
    assert PartialUpload.objects.get().is_whole


@pytest.mark.parametrize("changed", [{"size": PART}, {"modified": 2}, {"name": "Lain.pdf"}])
def test_another_file_begins_anew(sender, changed):
    told = sender.send(parts=1)
    other = sender.begin(**changed).json()
    assert other["key"] != told["key"]
    assert other["received"] == 0


def test_the_same_part_twice_changes_nothing(sender, stored):
    told = sender.send(parts=2)
    assert sender.part(told, PART).json() == {"received": 2 * PART}
    assert len(stored()) == 2


@pytest.mark.parametrize("start", [PART, 2 * PART, 7])
def test_a_part_out_of_order_is_told_what_is_to_come(sender, stored, start):
    told = sender.begin().json()
    answer = sender.part(told, start)
    assert (answer.status_code, answer.json()) == (409, {"received": 0})
    assert not stored()


@pytest.mark.parametrize("content", [b"x", b"x" * (PART - 1), b""])
def test_a_part_of_another_length_is_refused(sender, stored, content):
    told = sender.begin().json()
    assert sender.part(told, 0, content).status_code in (200, 400)
    assert PartialUpload.objects.get().received == 0
    assert not stored()


def test_a_part_that_is_too_large_is_not_even_read(sender, stored):
    told = sender.begin().json()
    assert sender.part(told, 0, b"x" * (PART + 1)).status_code == 413
    assert not stored()


@pytest.mark.parametrize("start", ["", "-1", "satu", "1.5", "9" * 30])
def test_a_place_that_is_none_is_refused(sender, start):
    told = sender.begin().json()
    assert sender.part(told, start, b"x" * PART).status_code in (400, 409)


@pytest.mark.parametrize("name", ["umar", "dewi", "kadir", "admin"])
def test_only_the_sender_knows_of_it(sender, cast, renaksi, name):
    told = sender.send(parts=1)
    person = getattr(cast, name, None) or cast.laila
    other = Client()
    other.force_login(person)
    assert Sender(other).part(told, PART).status_code == 404
    assert Sender(other).begin().json()["key"] != told["key"]


def test_the_key_of_another_person_is_no_file(sender, signed_in, cast, renaksi):
    told = sender.send()
    page = Sender(signed_in(cast.kadir)).form(renaksi, told["key"])
    assert joining.LOST in page.text
    assert not Evidence.objects.exists()
    assert PartialUpload.objects.get().is_whole


@pytest.mark.parametrize(
    "key", ["", "bukan-kunci", "6f1c2b7e-98a4-4d0b-9a44-1f0a3c5d7e21", "../../etc/passwd"]
)
def test_a_key_that_is_none_is_told_in_words(sender, renaksi, key):
    assert joining.LOST in sender.form(renaksi, key).text
    assert not Evidence.objects.exists()


def test_one_file_is_put_together_once(sender, renaksi, monkeypatch):
    """However often and however spelled a form names its key: each time would write the whole file again."""
    made = []
    whole = joining.JoinedUpload.__init__
    monkeypatch.setattr(
        joining.JoinedUpload, "__init__", lambda self, upload: made.append(whole(self, upload))
    )
    key = sender.send()["key"]
    named = [f"{name}:{key}" for name in ("file", "lain", "")] + [f"file:{key.upper()}"]
    assert joining.LOST in sender.form(renaksi, "", unggahan=named).text
    assert len(made) == 1
    assert Evidence.objects.get().title == "Laporan akhir"  # the first one counts


def test_more_files_than_a_form_may_have_are_not_looked_for(
    sender, renaksi, settings, django_assert_max_num_queries
):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    keys = [f"file:{uuid4()}" for _ in range(50)]
    with django_assert_max_num_queries(30):
        assert sender.form(renaksi, "", unggahan=keys).status_code == 413
    assert sender.form(renaksi, "", unggahan=keys[:3]).status_code == 200


def test_an_unfinished_file_is_not_taken(sender, renaksi):
    told = sender.send(parts=2)
    page = sender.form(renaksi, told["key"]).text
    assert "Berkas “Laporan akhir.pdf” belum selesai diunggah." in page
    assert PartialUpload.objects.get().received == 2 * PART  # it may go on


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"size": 21 * 2**20}, "lebih besar dari 20 MB"),
        ({"size": 0}, "kosong"),
        ({"name": "program.exe"}, "jenisnya"),
        ({"name": "naskah.doc"}, "Simpan ulang sebagai .docx"),
    ],
)
def test_what_would_be_refused_is_refused_before_anything_is_sent(sender, said, words):
    answer = sender.begin(**said)
    assert answer.status_code == 400
    assert words in answer.json()["reason"]
    assert not PartialUpload.objects.exists()


@pytest.mark.parametrize(
    "said", [{"size": "banyak"}, {"modified": -1}, {"name": ""}, {"size": 10**40}]
)
def test_what_no_browser_says_is_refused(sender, said):
    assert sender.begin(**said).status_code == 400


def test_the_content_goes_through_the_same_door(rina, renaksi):
    """The name says PDF, the content is a program; parts hide nothing from the check."""
    liar = Sender(rina, files.EXE + b"\0" * PART, "laporan.pdf")
    told = liar.send(parts=2)
    page = liar.form(renaksi, told["key"]).text
    assert "Berkas “laporan.pdf”" in page
    assert not Evidence.objects.exists()
    assert "Sudah terunggah" not in page  # it is not offered again
    assert not PartialUpload.objects.exists()


def test_the_scanner_sees_the_whole_file(sender, renaksi, monkeypatch):
    seen = []
    monkeypatch.setattr("sakip.uploads.scanner.scan", lambda file: seen.append(file.read()))
    sender.form(renaksi, sender.send()["key"])
    assert seen == [CONTENT]


def test_a_form_refused_for_something_else_offers_the_file_again(sender, renaksi):
    told = sender.send()
    page = sender.form(renaksi, told["key"], document_date="31 Februari").text
    assert f'name="unggahan" value="file:{told["key"]}"' in page
    assert "Sudah terunggah: Laporan akhir.pdf" in page
    assert sender.form(renaksi, told["key"]).status_code == 302
    assert Evidence.objects.get().title == "Laporan akhir"


def test_of_several_only_what_was_refused_is_offered_again(rina, renaksi):
    good, bad = Sender(rina), Sender(rina, files.EXE + b"\0" * PART, "jahat.pdf")
    keys = [f"file:{one.send()['key']}" for one in (good, bad)]
    page = good.form(renaksi, "", unggahan=keys).text
    assert Evidence.objects.get().title == "Laporan akhir"
    assert "“jahat.pdf”" in page
    assert "Sudah terunggah" not in page


def test_files_in_parts_and_small_ones_go_together(sender, renaksi):
    told = sender.send()
    small = SimpleUploadedFile("foto.png", files.picture())
    assert sender.form(renaksi, told["key"], file=small).status_code == 302
    assert {one.title for one in Evidence.objects.all()} == {"Laporan akhir", "foto"}


def test_a_newly_chosen_file_counts_where_one_is_wanted(sender, renaksi):
    sender.form(renaksi, sender.send()["key"])
    evidence = Evidence.objects.get()
    newer = Sender(sender.client, files.long_pdf(PART), "Lama.pdf")
    page = reverse("recommendations:evidence-revise", args=[evidence.pk])
    file = SimpleUploadedFile("Baru.pdf", files.pdf(pages=2))
    sender.client.post(page, {"file": file, "unggahan": f"file:{newer.send()['key']}"})
    assert evidence.revisions.first().original_name == "Baru.pdf"
    assert not PartialUpload.objects.exists()


def test_the_follow_up_takes_it_too(sender, renaksi):
    told = sender.send()
    page = reverse("recommendations:renaksi-edit", args=[renaksi.pk])
    text = {
        "follow_up": "<p>Rapat telah diadakan.</p>",
        "form-TOTAL_FORMS": 0,
        "form-INITIAL_FORMS": 0,
    }
    text["version"] = renaksi.version
    steps = sender.client.get(page).context["work"].steps.management_form
    text |= {f"{steps.prefix}-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    sent = {**text, "bukti-kind": "file", "unggahan": f"bukti-file:{told['key']}"}
    assert sender.client.post(page, sent).status_code == 302
    assert Evidence.objects.get(renaksi=renaksi).title == "Laporan akhir"


def test_the_same_form_twice_makes_one_piece_of_evidence(sender, renaksi):
    told, key = sender.send(), str(uuid4())
    first = sender.form(renaksi, told["key"], kunci=key)
    second = sender.form(renaksi, told["key"], kunci=key)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Evidence.objects.count() == 1


def test_too_much_that_is_not_finished_is_refused_in_words(sender, settings):
    settings.PARTIAL_UPLOADS_MEGABYTES = 2
    sender.begin()
    answer = sender.begin(modified=2)
    assert (answer.status_code, answer.json()) == (409, {"reason": services.TOO_MUCH})
    assert sender.begin().status_code == 200  # what has begun goes on


def test_too_many_beginnings_have_to_wait(sender, settings):
    settings.UPLOADS_BEGUN = 3
    answers = [sender.begin().status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


def test_what_nobody_finished_is_gone_after_a_day(
    sender, stored, settings, django_capture_on_commit_callbacks
):
    told = sender.send(parts=2)
    late = timezone.now() + timedelta(hours=settings.PARTIAL_UPLOAD_HOURS, minutes=1)
    early = late - timedelta(minutes=2)
    with django_capture_on_commit_callbacks(execute=True):
        dict(purging.purge(at=early))
    assert len(stored()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        gone = dict(purging.purge(at=late))
    assert (gone["potongan unggahan"], gone["unggahan yang belum selesai"]) == (2, 1)
    assert not stored()
    assert sender.part(told, 2 * PART).status_code == 404


def test_who_is_signed_out_is_sent_to_the_door(sender, client):
    told = sender.send(parts=1)
    stranger = Sender(Client())
    for answer in (stranger.begin(), stranger.part(told, PART)):
        assert answer.status_code == 302


def test_a_part_without_the_token_is_refused(sender, cast):
    told = sender.send(parts=1)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.rina)
    assert Sender(strict).part(told, PART).status_code == 403
    assert PartialUpload.objects.get().received == PART


def test_without_the_script_the_form_sends_the_file_as_always(rina, renaksi):
    page = reverse("recommendations:evidence-create", args=[renaksi.pk])
    file = SimpleUploadedFile("Laporan.pdf", CONTENT)
    assert rina.post(page, {"kind": "file", "file": file}).status_code == 302
    assert Evidence.objects.get().title == "Laporan"
