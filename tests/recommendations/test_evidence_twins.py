"""One item holds each piece of evidence once, whichever way it comes in."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from recommendations.services import evidence as services
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from sakip.uploads.check import check_upload
from tests import photographs
from tests.recommendations import files

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def by(cast):
    return {"actor": cast.rina, "at": NOON}


def upload(content=files.PDF):
    return check_upload(files.upload("laporan.pdf", content))


@pytest.fixture
def attach(renaksi, by):
    def attach(title, content=files.PDF):
        return services.add_evidence(
            renaksi=renaksi, kind="file", title=title, upload=upload(content), **by
        )

    return attach


def current(renaksi):
    return list(renaksi.evidence.filter(is_archived=False, kind="file").values_list("title"))


def test_a_photo_is_known_by_what_was_sent(renaksi, by):
    sent = photographs.located_and_turned()
    photo = check_upload(files.upload("IMG_1.jpg", sent))
    proof = services.add_evidence(renaksi=renaksi, kind="file", title="Foto", upload=photo, **by)
    revision = proof.revisions.get()
    assert revision.original_sha256 == sha256(sent).hexdigest()
    entry = HistoryEntry.objects.about(renaksi).get(action="add_evidence")
    assert ["SHA-256 gambar semula", "-", revision.original_sha256] in entry.in_words
    with revision.file.open() as file:
        assert revision.sha256 == sha256(file.read()).hexdigest()
    revision.sha256 = "0" * 64  # as another version of the encoder would have made it
    revision.save()
    again = check_upload(files.upload("WA_7.jpg", sent))
    with pytest.raises(ValidationError, match="sudah dilampirkan"):
        services.add_evidence(renaksi=renaksi, kind="file", title="Lagi", upload=again, **by)


def test_a_file_attached_again_while_it_was_archived_is_not_restored(
    signed_in, cast, renaksi, attach, by
):
    old = attach("Lama")
    services.archive_evidence(evidence=old, **by)
    new = attach("Baru")
    url = reverse("recommendations:evidence-restore", args=[old.pk])
    answer = signed_in(cast.rina).post(url)
    assert answer.status_code == 409
    assert "isinya sama dengan “Baru”" in answer.text
    assert current(renaksi) == [("Baru",)]
    services.archive_evidence(evidence=new, **by)
    services.restore_evidence(evidence=old, **by)
    assert current(renaksi) == [("Lama",)]


def test_what_was_revised_meanwhile_may_come_back(renaksi, attach, by):
    old = attach("Lama")
    services.revise_evidence(evidence=old, upload=upload(files.PDF + b"% dua"), **by)
    services.archive_evidence(evidence=old, **by)
    attach("Baru")
    services.restore_evidence(evidence=old, **by)
    assert current(renaksi) == [("Lama",), ("Baru",)]


def test_a_link_attached_again_while_it_was_archived_is_not_restored(renaksi, by):
    link = {"renaksi": renaksi, "kind": "link", "title": "Situs", "url": "https://a.id/"} | by
    old = services.add_evidence(**link)
    services.archive_evidence(evidence=old, **by)
    services.add_evidence(**link)
    with pytest.raises(WrongState, match="isinya sama dengan “Situs”"):
        services.restore_evidence(evidence=old, **by)


def test_a_revision_that_lies_here_already_under_another_title_is_refused(attach, by):
    attach("Satu")
    other = attach("Dua", files.PDF + b"% dua")
    with pytest.raises(ValidationError, match="sudah dilampirkan sebagai “Satu”"):
        services.revise_evidence(evidence=other, upload=upload(), **by)


def test_a_description_that_makes_two_links_the_same_is_refused(renaksi, by):
    link = {"renaksi": renaksi, "kind": "link", "url": "https://a.id/"} | by
    services.add_evidence(title="Satu", **link)
    other = services.add_evidence(title="Dua", **link)
    with pytest.raises(ValidationError, match="“Satu” dengan isi yang sama sudah dilampirkan"):
        services.edit_evidence(evidence=other, title="Satu", **by)
    other.refresh_from_db()
    assert other.title == "Dua"
