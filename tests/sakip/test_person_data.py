"""A person reads everything that is held on them, nobody else does, and no secret is in it."""

import json
import stat
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Comment, Notice, Renaksi
from recommendations.services.notices import renew_calendar_key
from sakip.history.write import record
from sakip.models import User
from sakip.selectors.person_data import LEFT_OUT, held_on, label, relations


@pytest.fixture
def rina(cast, renaksi):
    """An operator of whom several tables tell."""
    now = timezone.now()
    User.objects.filter(pk=cast.rina.pk).update(nip="199001012010012001", password="rahasia-sandi")
    for person in (cast.rina, cast.umar):
        Comment.objects.create(
            renaksi=renaksi, author=person, text=f"Kata {person}", written_at=now
        )
        Notice.objects.create(person=person, renaksi=renaksi, kind="overdue", text="t", key=str(person), created_at=now)  # fmt: skip
    record(
        actor=cast.rina, action="edit", target=renaksi, changes=[("status", "open", "submitted")]
    )
    record(actor=cast.kadir, action="edit", target=cast.rina, changes=[("name", "Rini", "Rina")])
    renew_calendar_key(actor=cast.rina)
    return User.objects.get(pk=cast.rina.pk)


def test_it_holds_the_account_and_every_table_that_names_the_person(rina):
    held = held_on(rina)
    assert held["Profil"]["NIP"] == "199001012010012001"
    assert held["Profil"]["peran"] == "Operator"
    assert [row["komentar"] for row in held["Komentar (penulis)"]] == ["Kata Rina"]
    [entry] = held["Riwayat (pelaku)"]
    assert entry["perubahan"] == [["Status", "Belum", "Menunggu reviu"]]
    [about] = held["Riwayat tentang akun ini"]
    assert about["pelaku"] == "Kadir"
    assert "Kata Umar" not in json.dumps(held)


def test_what_became_of_their_work_is_not_told_to_who_has_moved(rina, renaksi, units):
    """The row names who sent it, but it is the present text of a unit that is theirs no more."""
    sent = {"submitted_by": rina, "submitted_at": timezone.now(), "status": "submitted"}
    Renaksi.objects.filter(pk=renaksi.pk).update(follow_up="<p>Kata penerus</p>", **sent)
    assert "Kata penerus" in json.dumps(held_on(rina))
    User.objects.filter(pk=rina.pk).update(unit=units.dinas)
    moved = held_on(User.objects.get(pk=rina.pk))
    assert moved["Rencana aksi (dikirim oleh)"] == [
        {"rencana aksi": str(renaksi), "dikirim oleh": "Rina"}
    ]
    assert "Kata penerus" not in json.dumps(moved)
    rina.other_posts.create(role="leader", unit=units.organisasi)  # seen again, in another post
    assert "Kata penerus" in json.dumps(held_on(User.objects.get(pk=rina.pk)))


def test_every_label_is_a_word_that_the_person_understands():
    """A field without words of its own is called by its English name."""
    bare = {
        field.name
        for model in {relation.model for relation in relations()}
        for field in model._meta.fields
        if label(field) == field.name.replace("_", " ") and field.name not in LEFT_OUT
    }
    assert bare <= {"status", "evaluator"}, bare


def test_no_secret_is_in_it(rina):
    text = json.dumps(held_on(rina), default=str)
    assert "rahasia-sandi" not in text
    assert rina.notice_choices.calendar_key not in text


def test_no_table_is_forgotten_also_none_of_a_library():
    names = {f"{field.model.__name__}.{field.name}" for field in relations()}
    assert names >= {
        "Post.person", "Notice.person", "EvidenceRevision.uploaded_by", "FigureEvidence.uploaded_by",
        "UserSession.user", "Authenticator.user", "HistoryEntry.actor", "UnsavedText.author",
        "ImportRun.actor", "ReportJob.owner", "Comment.mentioned", "ReviewDecision.evaluator",
    }  # fmt: skip


def test_the_person_sees_and_downloads_the_own_data_alone(rina, signed_in):
    client = signed_in(rina)
    page = client.get(reverse("person-data")).content.decode()
    assert "199001012010012001" in page
    assert "Komentar (penulis): 1" in page
    answer = client.get(reverse("person-data-file"))
    assert answer["Content-Disposition"] == 'attachment; filename="data-saya.json"'
    assert answer.json()["Profil"]["nama"] == "Rina"


def test_the_page_costs_as_much_for_many_rows_as_for_few(
    rina, renaksi, signed_in, django_assert_num_queries
):
    client = signed_in(rina)
    client.get(reverse("person-data"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("person-data"))
    for number in range(20):
        Comment.objects.create(
            renaksi=renaksi, author=rina, text=str(number), written_at=timezone.now()
        )
    with django_assert_num_queries(len(few)):
        client.get(reverse("person-data"))


def test_the_command_writes_a_file_that_only_its_owner_reads(rina, tmp_path, capsys):
    file = tmp_path / "rina.json"
    call_command("export_person", "rina", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["Profil"]["nama pengguna"] == "rina"
    with pytest.raises(CommandError, match="tidak dapat dibuat"):
        call_command("export_person", "rina", file)
    with pytest.raises(CommandError, match="Tidak ada pengguna"):
        call_command("export_person", "budi", tmp_path / "budi.json")


def test_no_workbook_gives_a_leader_or_an_operator_the_nip_of_others(rina, cast, signed_in):
    """A coordinator, who looks after the accounts, gets them."""
    found = {}
    for person in (cast.laila, cast.umar, cast.kadir):
        answer = signed_in(person).get(reverse("workbooks:export", args=["all"]))
        content = b"".join(answer) if answer.streaming else answer.content
        with ZipFile(BytesIO(content)) as package:
            parts = b"".join(package.read(name) for name in package.namelist())
        found[person.username] = b"199001012010012001" in parts
    assert found == {"laila": False, "umar": False, "kadir": True}
