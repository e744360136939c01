"""A grant means the same as a check on one record and as a filter on many."""

import pytest

from performance.models import Indicator, Objective
from performance.permissions import indicator_policy, objective_policy
from recommendations.models import Evaluation, Recommendation, Renaksi, Rubric
from recommendations.permissions import (
    evaluation_policy,
    recommendation_policy,
    renaksi_policy,
    rubric_policy,
)
from reports.models import IssuedReport, WordTemplate
from reports.permissions import issued_report_policy, word_template_policy
from sakip.roles import Role
from tests import factories


@pytest.fixture
def everything(units, cast, evaluation):
    """Renaksi of every status in several units and two bodies, some supported by another unit."""
    other = factories.make_evaluation(units.dinas, 2022, rubric=evaluation.rubric)
    for body, lead, helper in (
        (evaluation, units.organisasi, units.umum),
        (evaluation, units.umum, None),
        (evaluation, units.dinas, units.organisasi),
        (other, units.dinas, None),
        (other, units.organisasi, None),
    ):
        recommendation = factories.make_recommendation(body)
        for status in Renaksi.Status.values:
            factories.make_renaksi(
                recommendation,
                lead,
                supporting=[helper] if helper else [],
                status=status,
                not_actionable_reason="Peraturan berubah",
            )
    for unit in (units.province, units.setda, units.dinas):
        factories.make_rubric(unit=unit)
    for unit, owner in ((units.setda, units.organisasi), (units.dinas, units.dinas)):
        objective = factories.make_objective(unit)
        factories.make_indicator(objective, owner)
        for status in WordTemplate.Status.values:
            factories.make_word_template(unit, b"", status=status)
        withdrawn = {"withdrawn_reason": "Keliru", "withdrawn_at": "2026-06-02T00:00Z"}
        factories.make_issued(unit, cast.kadir)
        factories.make_issued(
            unit, cast.kadir, "2", status="withdrawn", withdrawn_by=cast.kadir, **withdrawn
        )
    return units


def people(units, cast):
    make = factories.make_user
    irban = make("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.add(units.dinas)
    several = make("several", Role.OPERATOR, units.dinas)  # each post is asked for itself
    several.other_posts.create(role=Role.COORDINATOR, unit=units.setda)
    judging = several.other_posts.create(role=Role.EVALUATOR, unit=units.inspektorat)
    judging.assigned_bodies.add(units.setda)
    return [
        *vars(cast).values(),
        *several.seats,
        irban,
        make("gubernur", Role.LEADER, units.province),
        make("pusat", Role.COORDINATOR, units.province),
        make("pusat-admin", Role.COORDINATOR, units.dinas, is_superuser=True),
        make("kepala", Role.LEADER, units.organisasi),
        make("perencana", Role.COORDINATOR, units.organisasi),
        make("admin", "", None, is_superuser=True),
    ]


@pytest.mark.parametrize(
    ("policy", "model"),
    [
        (rubric_policy, Rubric),
        (evaluation_policy, Evaluation),
        (recommendation_policy, Recommendation),
        (renaksi_policy, Renaksi),
        (objective_policy, Objective),
        (indicator_policy, Indicator),
        (word_template_policy, WordTemplate),
        (issued_report_policy, IssuedReport),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_check_and_filter_agree(policy, model, everything, cast):
    rows = model.objects.all()
    for person in people(everything, cast):
        for action in policy.actions:
            checked = {row.pk for row in rows if policy.check(person, action, row)}
            filtered = [row.pk for row in policy.filter(model.objects.all(), person, action)]
            assert sorted(checked) == sorted(filtered), (person.username, action)


def test_a_check_costs_no_query_once_rows_are_loaded(everything, cast, django_assert_num_queries):
    rows = list(Renaksi.objects.for_check())
    assert cast.kadir.reach and cast.rina.lineage
    with django_assert_num_queries(0):
        for row in rows:
            renaksi_policy.check(cast.kadir, "edit", row)
            renaksi_policy.check(cast.rina, "submit", row)


def test_an_unknown_action_is_an_error_not_a_yes(renaksi, cast):
    with pytest.raises(LookupError):
        renaksi_policy.check(cast.kadir, "explode", renaksi)


def test_a_person_who_left_may_nothing(renaksi, cast):
    for action in renaksi_policy.actions:
        assert not renaksi_policy.check(cast.tono, action, renaksi)
