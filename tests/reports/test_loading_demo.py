"""The demo: every status can be seen, as people would have reached it."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from performance.models import Indicator, Realisation
from recommendations.models import Evaluation, Recommendation, Renaksi
from reports.seed.demo import load_demo, sign_ins
from reports.seed.source import load_source
from reports.system_checks import check_demo_password
from sakip.history.entries import HistoryEntry
from sakip.models import Unit, User
from tests.reports.test_loading import counts

TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def demo_once(loaded):
    with loaded(lambda: load_demo(today=TODAY)):
        yield


@pytest.fixture
def demo(demo_once, db):
    """Loaded for all tests of this module; each undoes what it changed."""


def test_loading_again_creates_nothing(demo):
    before = counts()
    assert not load_source(at=timezone.now())
    assert not load_demo(today=date(2026, 5, 4))
    assert counts() == before


def test_demo_shows_every_status_and_late_items(demo):
    shown = Renaksi.objects.filter(recommendation__evaluation__performance_year=2023)
    assert set(shown.values_list("status", flat=True)) == set(Renaksi.Status.values)
    of_body = shown.filter(recommendation__evaluation__unit__code="setda")
    assert of_body.overdue(TODAY).count() == 3
    for evaluation in Evaluation.objects.filter(performance_year=2023):
        assert "Data contoh" in evaluation.subject


def test_the_demo_brings_a_second_body(demo):
    body = Unit.objects.get(code="dispar")
    assert {unit.kind for unit in body.children.all()} == {"office", "field", "uptd"}
    totals = {
        row.performance_year: sum(score.score for score in row.scores.all())
        for row in body.evaluations.all()
    }
    assert totals == {2022: Decimal("68.70"), 2023: Decimal("64.20")}
    again = Recommendation.objects.get(evaluation__unit=body, previous__isnull=False)
    assert again.previous.evaluation.performance_year == 2022
    assert Indicator.objects.filter(objective__unit=body).count() == 2
    people = User.objects.filter(unit__in=Unit.objects.beneath([body.pk]))
    assert {person.role for person in people} == {"coordinator", "leader", "operator"}


def test_demo_statuses_were_reached_by_people(demo):
    shown = Renaksi.objects.filter(recommendation__evaluation__performance_year=2023)
    for renaksi in shown.exclude(status=Renaksi.Status.OPEN):
        newest = HistoryEntry.objects.about(renaksi).first()
        assert newest.actor is not None
        assert newest.at.date() <= TODAY


def test_demo_figures_of_2024_are_partly_missing(demo):
    alive = Indicator.objects.alive_between(2024, 2024).filter(objective__unit__code="setda")
    assert alive.count() == 11
    given = alive.filter(realisations__year=2024, realisations__value__isnull=False)
    assert 0 < given.count() < 11
    assert Realisation.objects.filter(year=2024).exclude(source="Data contoh").count() == 0


def test_demo_people_can_sign_in_except_the_one_who_left(demo):
    people = {person.username: password for person, password in sign_ins()}
    assert len(people) == 17
    refused = [
        name
        for name, password in people.items()
        if not authenticate(username=name, password=password)
    ]
    assert refused == ["mantan.operator"]
    assert {person.role for person, _ in sign_ins()} == {
        *("operator", "evaluator", "coordinator", "leader")
    }


def test_sign_ins_leave_out_changed_passwords(demo):
    admin = User.objects.get(username="admin")
    admin.set_password("kata-sandi-yang-lain")
    admin.save()
    assert "admin" not in [person.username for person, _ in sign_ins()]


def test_the_demo_password_is_told_of_until_nobody_can_use_it(demo):
    (warning,) = check_demo_password(None)
    assert warning.msg.startswith("16 active people have the demo password: ")
    User.objects.update(is_active=False)
    assert check_demo_password(None) == []


def test_nobody_chooses_the_demo_password(demo):
    for person, password in sign_ins():
        User.objects.filter(pk=person.pk).update(password="")
        person.refresh_from_db()
        with pytest.raises(ValidationError):
            validate_password(password, person)
