"""What is kept is what a count of everything finds, whatever people change, and nobody reads more."""

import random
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import (
    MultipleObjectsReturned,
    ObjectDoesNotExist,
    PermissionDenied,
    ValidationError,
)
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from performance.services import indicators
from performance.services import realisations as realisation_services
from recommendations.models import Renaksi
from recommendations.services import evaluations, recommendations
from recommendations.services import renaksi as renaksi_services
from recommendations.services.reorganisation import Arrangement, reorganise
from recommendations.services.revisions import revise_evaluation
from recommendations.workflow import perform
from reports.definitions import consistency
from reports.services import telaah_staf
from reports.services.findings import dismiss_findings
from sakip.consistency import keeping
from sakip.consistency.marks import mark_everything
from sakip.consistency.pages import findings_on
from sakip.errors import WrongState
from sakip.history.write import record, record_many
from sakip.models import ChangedScope, KeptFinding
from sakip.services import users
from tests import factories
from tests.kept_figures import require_exact
from tests.reports.test_validity import CHANGES, NOW, world  # noqa: F401  a fixture

TODAY = date(2026, 7, 1)

IMPOSSIBLE = (
    IntegrityError, MultipleObjectsReturned, ObjectDoesNotExist, PermissionDenied,
    ValidationError, WrongState,
)  # fmt: skip


def kept():
    rows = KeptFinding.objects.values_list("kind", "scope", "key", "data", "since", "body_id")
    return {row[2]: (*row[:2], *row[3:]) for row in rows}


def computed():
    return {
        found.finding.key: (
            kind.name, found.scope, found.finding.data, found.finding.since, found.body,
        )
        for kind, found in keeping.compute()
    }  # fmt: skip


def a_deleted_renaksi(w):
    """The letters of those after it move up."""
    plan = {"plan": "<p>Rapat.</p>", "lead_unit": w.units.organisasi, "due_date": date(2026, 1, 1)}
    made = [
        renaksi_services.create_renaksi(recommendation=w.recommendation, **plan, **w.boss)
        for _ in range(2)
    ]
    keeping.renew()
    renaksi_services.delete_renaksi(renaksi=made[0], **w.boss)


def a_deleted_recommendation(w):
    made = recommendations.create_recommendation(
        evaluation=w.evaluation, number=20, component=w.component, text="<p>Baru</p>", **w.boss
    )
    given = {"photos": [{"id": None, "caption": "Tanpa gambar", "image": None}]}
    recommendations.write_note(recommendation=made, text="<p>A (80 - 90)</p>", **given, **w.boss)
    keeping.renew()
    assert KeptFinding.objects.filter(code="grade-interval").exists()
    recommendations.delete_recommendation(recommendation=made, **w.boss)


def an_earlier_evaluation(w):
    made = evaluations.create_evaluation(
        unit=w.units.setda,
        rubric=w.evaluation.rubric,
        performance_year=2020,
        evaluation_year=2021,
        reported_total="50.00",
        **w.boss,
    )
    scores = {row.component: {"score": row.weight} for row in made.rubric.weights.all()}
    evaluations.write_scores(evaluation=made, scores=scores, **w.boss)


def a_moved_evaluation(w):
    evaluations.edit_evaluation(evaluation=w.evaluation, unit=w.units.dinas, **w.boss)


def a_deleted_evaluation(w):
    made = evaluations.create_evaluation(
        unit=w.units.setda, rubric=w.evaluation.rubric, performance_year=2015,
        evaluation_year=2016, reported_total="50.00", **w.boss,
    )  # fmt: skip
    evaluations.delete_evaluation(evaluation=made, **w.boss)


def a_deleted_indicator(w):
    indicator = factories.make_indicator(w.objective, w.units.organisasi, name="Akan dihapus")
    year = {"indicator": indicator, "year": 2023, "version": 0}
    realisation_services.write_year(**year, realisation={"value": 5}, **w.boss)
    keeping.renew()
    indicator.refresh_from_db()
    indicators.delete_indicator(indicator=indicator, **w.boss)


def a_person_in_charge(w):
    """Who leaves later, in another service."""
    renaksi_services.entrust(renaksi=w.renaksi, person=w.cast.rina, **w.boss)


def a_person_who_leaves(w):
    users.save_user(user=w.cast.rina, unit=w.units.umum, **w.boss)


def a_submission(w):
    fresh = Renaksi.objects.get(pk=w.renaksi.pk)
    perform(action="submit", renaksi=fresh, actor=w.cast.rina, at=NOW)


def a_deleted_memo(w):
    telaah_staf.delete_telaah_staf(telaah_staf=w.telaah_staf, **w.boss)


def a_revision(w):
    letter = {"letter_number": "700/10", "letter_date": date(2024, 1, 5), "reason": "Keliru"}
    given = {"letter_number": "700/9", "letter_date": date(2023, 10, 2)}
    evaluations.edit_evaluation(evaluation=w.evaluation, **given, **w.boss)
    revise_evaluation(evaluation=w.evaluation, **letter, **w.boss)


def a_reorganisation(w):
    """What is open goes to the successor."""
    plan = Arrangement(
        kind="merge", day=date(2026, 7, 1), legal_basis="Pergub",
        successors={str(w.units.umum.pk): w.units.umum},
    )  # fmt: skip
    reorganise(unit=w.units.organisasi, arrangement=plan, **w.boss)


OTHERS = [
    a_revision, a_reorganisation,
    a_deleted_renaksi, a_deleted_recommendation, an_earlier_evaluation, a_moved_evaluation,
    a_deleted_evaluation, a_deleted_indicator, a_person_in_charge, a_person_who_leaves,
    a_submission, a_deleted_memo,
]  # fmt: skip


@pytest.mark.parametrize("seed", [1])
def test_what_is_kept_is_what_is_found(world, seed):  # noqa: F811
    changes = [*CHANGES.values(), *OTHERS]
    random.Random(seed).shuffle(changes)
    carried_out = 0
    for number, change in enumerate(changes):
        try:
            with transaction.atomic():
                change(world)
                carried_out += 1
        except IMPOSSIBLE:
            continue  # not possible any more after the ones before it
        keeping.renew()
        assert kept() == computed(), change.__name__
        require_exact(TODAY + timedelta(days=number), change.__name__)
        assert not marks()
    assert carried_out > 30


def marks():
    """Those of findings; other subjects have marks of their own."""
    rows = ChangedScope.objects.filter(subject__in=["body", "evaluation"])
    return sorted(rows.values_list("subject", "key"))


def test_a_large_import_marks_each_evaluation_once(recommendation, units, cast):
    """And with as many queries as a small one. Its figures have a mark of their own."""
    made = [factories.make_renaksi(recommendation, units.organisasi) for _ in range(20)]
    keeping.renew()

    def write(some):
        entries = [("import_edit", row, []) for row in some]
        with CaptureQueriesContext(connection) as queries:
            record_many(actor=cast.kadir, at=NOW, batch=uuid4(), entries=entries)
        return len(queries)

    assert write(made[:2]) == write(made)
    assert marks() == [("evaluation", recommendation.evaluation_id)] * 2


def test_only_what_changed_is_renewed(renaksi, cast, units, django_assert_num_queries):
    keeping.renew()
    with django_assert_num_queries(1):
        assert keeping.renew() == 0
    other = factories.make_evaluation(units.dinas, 2022)
    record(actor=cast.kadir, action="edit", target=renaksi)
    assert keeping.renew(("evaluation", other.pk)) == 0
    assert keeping.renew(("evaluation", renaksi.recommendation.evaluation_id)) == 2  # its two kinds
    assert marks() == []


def test_a_page_renews_its_own_scope_only(renaksi, cast):
    """The mark on everything stays for the list of all findings."""
    renaksi.due_date = date(2026, 1, 1)
    renaksi.save()
    ChangedScope.objects.all().delete()
    mark_everything()
    found = findings_on(cast.kadir, renaksi, TODAY)
    assert [row.code for row in found.waiting] == ["overdue"]
    assert marks() == [("body", None), ("evaluation", None)]


def test_what_was_seen_first_stays(recommendation, units, cast):
    """Also when the figures change; a dismissal of other figures does not count."""
    made = factories.make_renaksi(recommendation, units.organisasi, due_date=date(2026, 1, 1))
    [finding] = consistency.find(cast.kadir, on=TODAY).waiting
    first = KeptFinding.objects.get(key=finding.key)
    dismiss_findings(findings=[finding], actor=cast.kadir, at=NOW, reason="Surat menyusul.")
    assert consistency.find(cast.kadir, on=TODAY).waiting == []
    plan = {"plan": "<p>Lain</p>", "lead_unit": units.organisasi, "due_date": date(2026, 2, 1)}
    renaksi_services.plan_renaksi(renaksi=made, **plan, actor=cast.kadir, at=NOW)
    [again] = consistency.find(cast.kadir, on=TODAY).waiting
    assert again.key == finding.key and again.message != finding.message
    assert KeptFinding.objects.get(key=again.key).first_seen == first.first_seen
