"""Thirty-two people write fifty times each, some of them in the same item: no word is lost."""

from collections import Counter
from datetime import UTC, datetime
from itertools import count

from django.db import transaction

from recommendations.models import Renaksi
from recommendations.services.renaksi import write_follow_up
from recommendations.workflow import lock
from sakip.editing import StaleEdit
from sakip.history.entries import HistoryEntry
from sakip.richtext import plain_text
from tests import factories
from tests.parallel import at_once as at_once

WRITERS, EDITS, ITEMS = 32, 50, 8
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def words_and_versions():
    return [
        (Counter(plain_text(item.follow_up).split()), item.version)
        for item in Renaksi.objects.order_by("pk")
    ]


def wanted(writers, edits, items):
    """What stands in each item when writer n, who works in item n modulo `items`, lost no word."""
    names = [range(first, writers, items) for first in range(items)]
    words = [Counter(f"{n}-{edit}" for n in team for edit in range(edits)) for team in names]
    return [(said, said.total()) for said in words]


def test_no_edit_of_many_writers_is_lost(at_once, recommendation, units):
    items = [
        factories.make_renaksi(recommendation, units.organisasi, follow_up="") for _ in range(ITEMS)
    ]
    number = count()

    def write():
        mine = next(number)
        for edit in range(EDITS):
            with transaction.atomic():
                renaksi = lock(items[mine % ITEMS])
                renaksi.follow_up += f" {mine}-{edit}"
                renaksi.version += 1
                renaksi.save(update_fields=["follow_up", "version"])

    at_once(WRITERS, write)
    assert at_once(1, words_and_versions) == [wanted(WRITERS, EDITS, ITEMS)]


def test_no_word_of_writers_who_read_before_they_write_is_lost(
    at_once, cast, recommendation, units
):
    renaksi = factories.make_renaksi(recommendation, units.organisasi, follow_up="")
    writers, edits = 4, 10
    number = count()

    def add(word):
        """As a person would: when somebody was quicker, read what there is now and write again."""
        while True:
            seen = Renaksi.objects.get()
            text = f"<p>{plain_text(seen.follow_up)} {word}</p>"
            about = {"renaksi": renaksi, "actor": cast.rina, "at": NOON, "version": seen.version}
            try:
                return write_follow_up(**about, follow_up=text)
            except StaleEdit:
                continue

    def write():
        mine = next(number)
        for edit in range(edits):
            add(f"{mine}-{edit}")

    at_once(writers, write)
    assert at_once(1, words_and_versions) == [wanted(writers, edits, 1)]
    entries = HistoryEntry.objects.filter(action="edit")
    assert at_once(1, entries.count) == [writers * edits]
