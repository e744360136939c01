"""Files leave through one view that checks the right and ties the browser's hands."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from recommendations.models import EvidenceRevision
from recommendations.services.evidence import add_evidence
from sakip.uploads.check import check_upload
from tests.corpus import pdfs
from tests.recommendations import files

POLICY = "sandbox; default-src 'none'; frame-ancestors 'self'"
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def attach(renaksi, cast):
    def attach(name="laporan.pdf", content=files.PDF):
        upload = check_upload(files.upload(name, content))
        evidence = add_evidence(
            renaksi=renaksi, actor=cast.rina, at=NOON, kind="file", title=name, upload=upload
        )
        return evidence.revisions.get()

    return attach


def fetch(client, revision, number=None):
    args = [revision.evidence_id, number or revision.number]
    return client.get(reverse("recommendations:evidence-file", args=args))


@pytest.mark.parametrize(
    ("name", "content", "disposition"),
    [
        ("laporan.pdf", files.PDF, "inline"),
        ("foto.png", files.picture(), "inline"),
        ("surat.docx", files.office(), "attachment"),
    ],
)
def test_a_file_is_handed_out_with_strict_headers(
    signed_in, cast, attach, name, content, disposition
):
    revision = attach(name, content)
    response = fetch(signed_in(cast.dewi), revision)
    assert b"".join(response.streaming_content) == content
    assert response["Content-Type"] == revision.content_type
    assert response["Content-Disposition"] == f'{disposition}; filename="{name}"'
    assert response["Content-Security-Policy"] == POLICY
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("who", ["umar", "sari"])
def test_other_units_do_not_find_it(signed_in, cast, attach, who):
    assert fetch(signed_in(getattr(cast, who)), attach()).status_code == 404


def test_strangers_are_sent_to_sign_in(client, attach):
    assert fetch(client, attach()).url.startswith(reverse("account_login"))


def test_archived_evidence_stays_readable(signed_in, cast, attach):
    revision = attach()
    revision.evidence.is_archived = True
    revision.evidence.save()
    response = fetch(signed_in(cast.rina), revision)
    assert b"".join(response.streaming_content) == files.PDF


def test_a_revision_that_is_not_there_is_not_found(signed_in, cast, attach):
    assert fetch(signed_in(cast.rina), attach(), number=2).status_code == 404


def test_a_file_gone_from_the_disk_is_not_found(signed_in, cast, attach, tmp_path):
    revision = attach()
    (tmp_path / revision.file.name).unlink()
    assert fetch(signed_in(cast.rina), revision).status_code == 404


def test_a_path_in_the_name_leads_nowhere(signed_in, cast, attach, tmp_path):
    revision = attach("..\\..\\../../keluar.pdf")
    assert revision.original_name == "keluar.pdf"
    assert revision.file.name.startswith("bukti/")
    assert [path.parent.parent for path in tmp_path.rglob("*.pdf")] == [tmp_path / "bukti"]


def test_a_stored_path_outside_the_store_is_refused(signed_in, cast, attach):
    revision = attach()
    EvidenceRevision.objects.update(file="../../etc/passwd")
    assert fetch(signed_in(cast.rina), revision).status_code == 400


def test_the_proxy_sends_the_file_where_it_is_set_so(signed_in, cast, attach, settings):
    settings.EVIDENCE_X_ACCEL_PREFIX = "/bukti-internal/"
    revision = attach()
    response = fetch(signed_in(cast.rina), revision)
    assert response.content == b""
    assert response["X-Accel-Redirect"] == f"/bukti-internal/{revision.file.name}"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Security-Policy"] == POLICY


def test_a_pdf_that_an_earlier_version_took_is_not_shown_when_it_runs_something(
    signed_in, cast, attach, tmp_path
):
    revision = attach()
    content = pdfs.BAD["a script on opening"].content
    (tmp_path / revision.file.name).write_bytes(content)
    response = fetch(signed_in(cast.dewi), revision)
    assert b"".join(response.streaming_content) == content
    assert response["Content-Disposition"] == 'attachment; filename="laporan.pdf"'
    assert response["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize(
    "path",
    [
        "/media/{}", "/{}", "//{}", "/static/../media/{}", "/static/..%2Fmedia/{}", "/bukti-internal/{}",
        "/%62ukti-internal/{}", "/bukti-internal/../{}", "/bukti-internal//{}", "/media/%2e%2e/{}",
        "/protected/{}", "/BUKTI-INTERNAL/{}",
    ],
)  # fmt: skip
def test_no_address_leads_past_the_view(signed_in, cast, attach, settings, path):
    settings.EVIDENCE_X_ACCEL_PREFIX = "/bukti-internal/"
    client, revision = signed_in(cast.rina), attach()
    assert client.get(path.format(revision.file.name)).status_code == 404
