"""The public page that tells a genuine document from another."""

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reports.services import issuing
from tests.reports.conftest import AT
from tests.reports.reading import content

ENTRY = reverse("reports:verification-entry")


@pytest.fixture(autouse=True)
def fresh_counters(db):
    cache.clear()


def address(code):
    return reverse("reports:verification", args=[code])


def compare(client, issued, file):
    upload = SimpleUploadedFile("laporan.pdf", file)
    return client.post(address(issued.code), {"file": upload}).content.decode()


def test_a_stranger_sees_that_it_is_genuine_and_very_little_else(client, issue, cast):
    issued = issue("005/SAKIP/2026")
    answer = client.get(address(issued.code))
    text = answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    for shown in (
        "Dokumen asli dan berlaku",
        issued.title,
        issued.number,
        "1 Juni 2026",
        issued.sha256,
    ):
        assert shown in text
    for hidden in ("Kadir", issued.unit.name, "Target telah dianalisis", f"terbit/{issued.pk}"):
        assert hidden not in text


def test_the_code_may_be_typed_in_any_way(client, issue):
    code = issue().code
    answer = client.get(ENTRY, {"kode": f" {code.lower().replace('-', ' ')} "}, follow=True)
    assert "Dokumen asli" in answer.content.decode()
    assert client.get(address(code.replace("-", ""))).status_code == 200


def test_an_older_and_a_withdrawn_one_are_told(client, issue, cast):
    first, second = issue("1"), issue("2")
    assert "sudah diganti" in client.get(address(first.code)).content.decode()
    issuing.withdraw(issued=second, reason="Rahasia kantor", actor=cast.kadir, at=AT)
    text = client.get(address(second.code)).content.decode()
    assert "Dokumen ini dicabut" in text
    assert "Rahasia kantor" not in text


def test_what_was_never_given_and_what_can_be_no_code_get_one_answer(client, issue):
    issue()
    answers = [client.get(f"{ENTRY}{code}/") for code in ("0000-0000-0000-0000", "x", "%00%C3%A9")]
    assert {answer.status_code for answer in answers} == {404}
    texts = {re.sub(r'"csrf-token" content="\w+"', "", row.content.decode()) for row in answers}
    assert len(texts) == 1
    assert "tidak dikenal" in texts.pop()


def test_an_empty_code_is_asked_for(client, db):
    assert "Tulis kode yang tercetak" in client.get(ENTRY, {"kode": "--/--"}).content.decode()


def test_guessing_is_stopped_for_this_computer_alone(client, issue):
    issued = issue()
    for number in range(20):
        assert client.get(address(f"{number:04}-0000-0000-0000")).status_code == 404
    answer = client.get(address(issued.code))
    assert answer.status_code == 429
    assert "Terlalu sering mencoba" in answer.content.decode()
    assert "Tunggu sepuluh menit" in answer.content.decode()
    assert client.get(address(issued.code), REMOTE_ADDR="10.0.0.9").status_code == 200


def test_a_file_is_compared_by_its_hash(client, issue):
    issued = issue()
    genuine = content(issued)
    assert "sama persis" in compare(client, issued, genuine)
    forged = bytearray(genuine)
    forged[len(forged) // 2] ^= 1
    assert "<strong>berbeda</strong>" in compare(client, issued, bytes(forged))
    assert "Pilih berkas" in client.post(address(issued.code)).content.decode()


def test_a_file_is_read_and_never_kept(client, issue, monkeypatch, settings):
    def never(*args, **kwargs):
        raise AssertionError("a file was about to be written")

    issued = issue()
    genuine = content(issued)
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", never)
    monkeypatch.setattr("django.core.files.uploadhandler.InMemoryUploadedFile", never)
    assert "sama persis" in compare(client, issued, genuine)
    settings.VERIFICATION_MAX_MEGABYTES = 1
    assert "lebih besar dari 1 MB" in compare(client, issued, b"x" * (1024 * 1024 + 1))


def test_comparing_needs_the_token_of_the_page(issue):
    issued = issue()
    client = Client(enforce_csrf_checks=True)
    upload = SimpleUploadedFile("laporan.pdf", content(issued))
    assert client.post(address(issued.code), {"file": upload}).status_code == 403
    token = client.get(address(issued.code)).context["csrf_token"]
    upload.seek(0)
    answer = client.post(address(issued.code), {"file": upload, "csrfmiddlewaretoken": str(token)})
    assert "sama persis" in answer.content.decode()
