"""What is stored agrees with the records: `verify_files` names what does not and removes what nobody has."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from recommendations.models import EvidenceRevision
from sakip.models import Letterhead
from sakip.uploads import inventory
from tests import factories

BYTES = b"%PDF-1.4 notula"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def revision(renaksi, cast):
    revision = EvidenceRevision(
        evidence=factories.make_evidence(renaksi, "Notula", kind="file"),
        number=1,
        original_name="notula.pdf",
        content_type="application/pdf",
        size=len(BYTES),
        sha256=hashlib.sha256(BYTES).hexdigest(),
        uploaded_by=cast.rina,
    )
    revision.file.save("notula.pdf", ContentFile(BYTES))
    return revision


def orphan(name, hours):
    path = Path(default_storage.path(default_storage.save(name, ContentFile(b"x"))))
    then = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (then, then))
    return path


def refused(**options):
    with pytest.raises(CommandError) as error:
        call_command("verify_files", **options)
    return str(error.value)


def test_files_that_agree_with_the_records_are_only_counted(revision, capsys):
    orphan("bukti/2026/baru.pdf", hours=1)
    orphan("lain/2020/bukan-milik-program.txt", hours=100)
    call_command("verify_files")
    assert capsys.readouterr().out.startswith("1 berkas diperiksa")


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda path: path.write_bytes(BYTES[:-1] + b"A"), "Isi berubah"),
        (lambda path: path.write_bytes(b""), "Ukuran berubah"),
        (lambda path: path.unlink(), "Tidak ada"),
    ],
)
def test_a_wrong_file_is_named_with_its_record_and_page(revision, renaksi, damage, what):
    damage(Path(revision.file.path))
    told = refused()
    assert f"{what}: {revision.file.name}, revisi bukti {revision.pk} “Notula revisi 1”" in told
    assert told.endswith(f" /renaksi/{renaksi.pk}/")


def test_a_path_that_leads_out_of_the_storage_is_not_read(revision):
    EvidenceRevision.objects.filter(pk=revision.pk).update(file="../../etc/passwd")
    assert "Tidak terbaca: ../../etc/passwd" in refused()


def test_a_missing_picture_is_found_too(units):
    Letterhead.objects.create(unit=units.setda, government="G", body="B", logo="kop/hilang.png")
    told = refused()
    assert "Tidak ada: kop/hilang.png, kop surat" in told


def test_old_orphans_are_named_and_removed_only_on_request(revision):
    old = orphan("bukti/2019/lama.pdf", hours=25)
    young = orphan("impor/2026/baru.xlsx", hours=23)
    assert "Tanpa data: bukti/2019/lama.pdf" in refused()
    assert old.exists()
    call_command("verify_files", remove_orphans=True)
    assert not old.exists()
    assert young.exists()
    assert Path(revision.file.path).exists()


def test_every_kind_of_stored_file_is_looked_at():
    kinds = {f"{field.model.__name__}.{field.name}" for field in inventory.file_fields()}
    assert kinds >= {
        "EvidenceRevision.file", "FigureEvidence.file", "EvaluationLetter.file", "NotePhoto.image",
        "Letterhead.logo", "WordTemplate.file", "StoredFile.file", "IssuedReport.file",
        "ImportRun.file", "ImportRun.preview",
    }  # fmt: skip
