"""Nobody bends the history: the database refuses, and the chain tells who did it nevertheless."""

import random
import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from sakip.history import chain, guard
from sakip.history.entries import HistoryEntry
from sakip.history.links import HistoryCheck, HistoryLink
from sakip.history.verifying import verify
from sakip.history.write import record, record_many
from sakip.system_checks.history import check_history_is_verified, check_triggers
from tests import factories

ENTRIES, LINKS = HistoryEntry._meta.db_table, HistoryLink._meta.db_table


@pytest.fixture
def written(cast):
    """Nine entries of three acts."""
    for number in range(3):
        record(actor=cast.kadir, action="edit", target=cast.rina, note=f"Catatan {number}")
    for _ in range(2):
        entries = [("edit", person, [("name", "é", "“b”")]) for person in (cast.rina, cast.umar)]
        entries.append(("create", cast.sari, ()))
        whole = timezone.now().replace(microsecond=0)
        record_many(actor=None, at=whole, batch=uuid.uuid4(), entries=entries)
    chain.link_rest()
    return [entry.pk for entry in HistoryEntry.objects.order_by("pk")]


def run(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {ENTRIES} SET note = 'lain'",
        f"UPDATE {ENTRIES} SET body_id = NULL",
        f"DELETE FROM {ENTRIES}",
        f"UPDATE {LINKS} SET link = 'lain'",
        f"DELETE FROM {LINKS}",
    ],
)
def test_the_database_refuses(written, statement):
    with pytest.raises(IntegrityError, match="tidak dapat diubah"), transaction.atomic():
        run(statement)


def test_the_database_refuses_what_goes_around_a_trigger(written):
    if connection.vendor == "postgresql":
        run(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # else TRUNCATE is refused for what waits to be checked
        statement = f"TRUNCATE {ENTRIES}"
    else:
        statement = f"REPLACE INTO {LINKS} VALUES (1, {written[0]}, 'lain')"
    with pytest.raises(IntegrityError, match="tidak dapat diubah"), transaction.atomic():
        run(statement)


def test_a_rebuilt_table_gets_its_triggers_back_after_migrating(db):
    assert guard.missing() == []
    with transaction.atomic():
        guard.take_down()
        assert guard.missing()
        guard.put_up()
    assert guard.missing() == []


def test_what_was_written_by_the_program_is_whole(written):
    verdict = verify()
    assert (verdict.entries, verdict.faults) == (9, [])
    assert HistoryCheck.objects.get().number == 9


def edit(pick, pks):
    column, value = pick(
        ("note", "lain"), ("label", "Lain"), ("action", "lain"), ("actor_id", None),
        ("actor_role", "lain"), ("actor_unit", "Lain"), ("changes", '[["a", "b", "c"]]'),
        ("at", timezone.now() + timedelta(days=1)), ("batch", uuid.uuid4().hex), ("body_id", 7),
        ("object_id", 10**6), ("stamp", "f" * 64),
    )  # fmt: skip
    pks = pks[:3] if column == "actor_id" else pks  # the others have no actor
    run(f"UPDATE {ENTRIES} SET {column} = %s WHERE id = %s", value, pick(*pks))


def delete(pick, pks):
    run(f"DELETE FROM {ENTRIES} WHERE id = %s", pick(*pks))


def delete_with_link(pick, pks):
    pk = pick(*pks)
    run(f"DELETE FROM {ENTRIES} WHERE id = %s", pk)
    run(f"DELETE FROM {LINKS} WHERE entry = %s", pk)


def close_the_gap(pick, pks):
    pk = pick(*pks[:-1])
    number = HistoryLink.objects.get(entry=pk).number
    delete_with_link(lambda *_: pk, pks)
    for later in range(number + 1, len(pks) + 1):
        run(f"UPDATE {LINKS} SET number = %s WHERE number = %s", later - 1, later)


def cut_off(pick, pks):
    for pk in pks[pick(*range(len(pks))) :]:
        delete_with_link(lambda *_, pk=pk: pk, pks)


def copy(pick, pks):
    columns = [field.column for field in HistoryEntry._meta.fields if not field.primary_key]
    names = ", ".join(columns)
    run(f"INSERT INTO {ENTRIES} ({names}) SELECT {names} FROM {ENTRIES} WHERE id = %s", pick(*pks))


def add(pick, pks):
    entry = HistoryEntry(target=HistoryEntry.objects.get(pk=pick(*pks)).target, action="edit")
    entry.stamp = pick("", "0" * 64)
    entry.save(force_insert=True)


def swap(pick, pks):
    one, other = pick(*pks[:4]), pick(*pks[4:])
    for pk, new in [(one, 10**7), (other, one), (10**7, other)]:
        run(f"UPDATE {ENTRIES} SET id = %s WHERE id = %s", new, pk)


TAMPERS = [edit, edit, edit, delete, delete_with_link, close_the_gap, cut_off, copy, add, swap]


def test_a_hundred_tampers_with_the_triggers_down_are_all_found(written):
    known, random_ = str(chain.head()), random.Random(17)
    missed = []
    for number in range(100):
        tamper = TAMPERS[number % len(TAMPERS)]
        with transaction.atomic():
            guard.take_down()
            tamper(lambda *choices: random_.choice(choices), written)
            if not verify(against=[known]).faults:
                missed.append((number, tamper.__name__))
            transaction.set_rollback(True)
    assert missed == []


def test_the_command_names_the_first_wrong_entry_and_fails(written, capsys):
    with guard.lifted():
        run(f"UPDATE {ENTRIES} SET note = 'lain' WHERE id >= %s", written[4])
    with pytest.raises(CommandError, match=rf"5 kesalahan:\nEntri {written[4]} \(nomor 5\)"):
        call_command("verify_history")
    assert HistoryCheck.objects.get().faults == 5


def test_a_cut_is_found_with_the_head_of_an_earlier_check(written):
    verify()
    with guard.lifted():
        cut_off(lambda *_: 8, written)
    assert "terpotong" in verify().faults[0]


def test_a_head_that_is_none_is_refused_in_words(db):
    with pytest.raises(CommandError, match="bukan kepala rantai"):
        call_command("verify_history", against=["12"])


def test_a_new_key_follows_an_old_one_and_never_the_other_way(written, cast, settings):
    settings.HISTORY_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.HISTORY_KEY = "b" * 50
    record(actor=cast.kadir, action="edit", target=cast.rina)
    chain.link_rest()
    assert verify().faults == []
    settings.HISTORY_KEY, settings.HISTORY_KEY_FALLBACKS = settings.SECRET_KEY, ["b" * 50]
    assert verify().count == 1


def test_a_bent_head_in_the_database_is_a_fault(written):
    verify()
    HistoryCheck.objects.update(head="abc")
    assert verify().faults == [
        "Kepala rantai “abc” pada pemeriksaan sebelumnya bukan tulisan program."
    ]


def test_a_deployment_is_warned_of_missing_triggers_faults_and_no_check(written, monkeypatch):
    assert check_history_is_verified(None) == check_triggers(None) == []
    later = timezone.now() + timedelta(days=30)
    monkeypatch.setattr("sakip.system_checks.history.timezone.now", lambda: later)
    assert "never checked" in check_history_is_verified(None)[0].msg
    with guard.lifted():
        delete(lambda *_: written[0], written)
        assert "lets anyone" in check_triggers(None)[0].msg
    verify(at=later)
    assert "was not whole" in check_history_is_verified(None)[0].msg


def test_the_province_reads_on_the_page_whether_the_history_is_whole(written, cast, signed_in):
    verify()
    page = signed_in(cast.kadir).get("/riwayat/")
    assert "entri, utuh" not in page.content.decode()
    putri = factories.make_user("putri", "coordinator", cast.kadir.unit.parent)
    assert "9 entri, utuh" in signed_in(putri).get("/riwayat/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_is_written_stays_when_its_link_fails(monkeypatch):
    """PostgreSQL links after the commit: whoever wrote is not told of a failure, and the next one links it."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite links in the same transaction.")
    person = factories.make_user("sari", unit=factories.make_unit("Biro"))
    with monkeypatch.context() as patch:
        patch.setattr(chain, "link_rest", lambda lowest: 1 / 0)
        record(actor=person, action="edit", target=person)
    assert (HistoryEntry.objects.count(), HistoryLink.objects.count()) == (1, 0)
    record(actor=person, action="edit", target=person)
    assert chain.link_rest() == 1
