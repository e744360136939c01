"""Rows written past the ORM are those that the ORM would write."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.utils import timezone

from recommendations.models import Notice, Renaksi, SearchDocument
from sakip.bulk import NOTHING, insert_many, save_columns
from sakip.consistency.kept import ChangedScope

pytestmark = pytest.mark.django_db


def stored(renaksi):
    return Renaksi.objects.values("follow_up", "status", "version").get(pk=renaksi.pk)


@pytest.mark.parametrize("number", [1, 12])
def test_new_rows_get_their_keys_in_one_statement(number, django_assert_num_queries):
    marks = [ChangedScope(subject="body", key=key) for key in range(number)]
    with django_assert_num_queries(1):
        insert_many(marks)
    assert ChangedScope.objects.in_bulk() == {mark.pk: mark for mark in marks}


def test_what_is_there_already_stays_or_is_replaced(cast, renaksi):
    told = {"person": cast.dewi, "renaksi": renaksi, "kind": "submitted", "key": "a"}
    for text in ("Pertama", "Kedua"):
        notice = Notice(text=text, created_at=timezone.now(), **told)
        insert_many([notice], conflict=NOTHING)
        document = SearchDocument(renaksi=renaksi, text=text)
        conflict = "ON CONFLICT (renaksi_id) DO UPDATE SET text = EXCLUDED.text"
        insert_many([document], conflict=conflict)
    assert Notice.objects.get().text == "Pertama"
    assert SearchDocument.objects.get(renaksi=renaksi).text == "Kedua"


def test_only_the_named_columns_are_saved_and_typed_text_is_tidied(
    renaksi, django_assert_num_queries
):
    before = stored(renaksi)
    renaksi.follow_up, renaksi.status, renaksi.version = "<p>Sudah.</p>", "in_progress", 7
    with django_assert_num_queries(1):
        save_columns(renaksi, ["status", "version"])
    assert stored(renaksi) == before | {"status": "in_progress", "version": 7}
    renaksi.not_actionable_reason = "Satu\u2028Dua"
    save_columns(renaksi, ["not_actionable_reason"])
    assert Renaksi.objects.get().not_actionable_reason == "Satu\nDua"
    renaksi.not_actionable_reason = "a\0"
    with pytest.raises(ValidationError):
        save_columns(renaksi, ["not_actionable_reason"])


def test_a_row_that_is_gone_is_not_saved(renaksi):
    renaksi.pk += 1
    with pytest.raises(DatabaseError, match="is not there"):
        save_columns(renaksi, ["version"])


def test_postgresql_keeps_the_statements_of_a_few_rows():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans each statement in no time.")
    for number in (1, 1, 12, 12):
        insert_many([ChangedScope(subject="body", key=1) for _ in range(number)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [text for (text,) in cursor.fetchall() if "changedscope" in text]
    assert [text.count("(") for text in kept] == [2]
