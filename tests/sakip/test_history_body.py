"""Every history entry knows the body to which its record belongs; the rest concerns every body."""

import uuid

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from recommendations.models import Renaksi
from sakip.history.entries import HistoryEntry
from sakip.history.write import record, record_many
from tests import factories


def body_of(record_):
    return HistoryEntry.objects.about(record_).latest("pk").body


def test_an_entry_belongs_to_the_body_of_its_record(renaksi, cast, units):
    objective = factories.make_objective(units.dinas)
    indicator = factories.make_indicator(objective, units.umum)
    for target in (renaksi, renaksi.recommendation, renaksi.recommendation.evaluation):
        record(actor=cast.kadir, action="edit", target=target)
        assert body_of(target) == units.setda
    for target in (objective, indicator):
        record(actor=cast.kadir, action="edit", target=target)
        assert body_of(target) == units.dinas


def test_people_units_and_rubrics_belong_to_no_body(evaluation, cast, units):
    for target in (cast.rina, units.organisasi, evaluation.rubric):
        record(actor=cast.kadir, action="edit", target=target)
        assert body_of(target) is None


def test_many_entries_find_their_bodies_with_few_queries(recommendation, cast, units):
    def queries(count):
        made = [factories.make_renaksi(recommendation, units.organisasi) for _ in range(count)]
        rows = Renaksi.objects.filter(pk__in=[row.pk for row in made])
        fresh = rows.select_related("recommendation")  # of which the name is made
        entries = [("edit", row, ()) for row in fresh]
        with CaptureQueriesContext(connection) as found:
            record_many(actor=cast.kadir, at=timezone.now(), batch=uuid.uuid4(), entries=entries)
        assert body_of(made[-1]) == units.setda
        texts = [query["sql"] for query in found if query["sql"].startswith("SELECT")]
        return len([text for text in texts if "historylink" not in text])

    assert queries(2) == queries(9) == 2  # the other finds the scopes of their findings


def test_the_version_of_a_body_rises_with_its_own_entries_only(renaksi, cast, units):
    def version(body):
        return HistoryEntry.objects.concerning([body.pk]).versions()

    record(actor=cast.kadir, action="edit", target=renaksi)
    setda, dinas = version(units.setda), version(units.dinas)
    record(actor=cast.kadir, action="edit", target=renaksi)
    assert version(units.setda) != setda
    assert version(units.dinas) == dinas
    record(actor=cast.kadir, action="edit", target=cast.rina)
    assert version(units.dinas) != dinas


def test_a_removed_body_leaves_its_history(units, cast):
    body = factories.make_unit("Sementara", kind="body")
    entry = record(actor=cast.kadir, action="create", target=factories.make_objective(body))
    entry.target.delete()
    body.delete()
    assert HistoryEntry.objects.select_related("body").get(pk=entry.pk).body is None
