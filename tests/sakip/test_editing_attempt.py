"""The one place that saves from a form: what the database alone can know becomes a sentence."""

from types import SimpleNamespace

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from recommendations.models import ComponentScore, Evaluation
from sakip.editing import AT_ONCE, again, attempt, broken_rule
from sakip.writing import raise_version, write, write_part


class NameForm(forms.Form):
    name = forms.CharField()


@pytest.fixture
def form():
    form = NameForm({"name": "Rubrik"})
    assert form.is_valid()
    return form


REQUEST = SimpleNamespace(user="Kadir")


def test_the_second_run_meets_the_others_record(form):
    outcomes = [IntegrityError("UNIQUE"), ValidationError({"name": "Nama ini sudah ada."})]

    def service(**_):
        raise outcomes.pop(0)

    assert attempt(REQUEST, form, service) is None
    assert form.errors == {"name": ["Nama ini sudah ada."]}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("UNIQUE constraint failed: a.b", AT_ONCE),
        ("CHECK constraint failed: score_within_100", "Nilai harus antara 0 dan 100."),
        ('violates check constraint "score_within_100"', "Nilai harus antara 0 dan 100."),
        ('violates unique constraint "evaluation_once_per_year" DETAIL', "sudah ada"),
    ],
)
def test_what_is_refused_twice_is_said_in_words(form, said, sentence):
    def service(**_):
        raise IntegrityError(said)

    assert attempt(REQUEST, form, service) is None
    assert sentence in form.non_field_errors()[0]


def test_the_database_names_the_rule_that_was_broken(evaluation):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        ComponentScore.objects.update(score=101)
    assert broken_rule(error.value) == "Nilai harus antara 0 dan 100."


def test_a_service_may_be_given_more_or_less_than_the_fields(form):
    given = {}
    assert attempt(REQUEST, form, lambda **words: given.update(words) or 1, unit=7) == 1
    assert (given["name"], given["unit"], given["actor"]) == ("Rubrik", 7, "Kadir")
    given.clear()
    attempt(REQUEST, form, lambda **words: given.update(words), cleaned={"title": "Lain"})
    assert given.keys() == {"title", "actor", "at"}


def test_a_form_shown_once_more_keeps_everything_but_what_the_page_shows(rf):
    data = again(rf.post("/", {"name": ["a", "b"], "version": "1"}), version=2, seen=None)
    assert (data.getlist("name"), data["version"], data["seen"]) == (["a", "b"], "2", "")


def test_a_change_raises_the_version_once(evaluation):
    write(evaluation, subject="Hasil", source="")
    write(evaluation, subject="Hasil")
    write_part(evaluation, subject="Hasil evaluasi")
    assert Evaluation.objects.get().version == 1
    raise_version(evaluation)
    evaluation = Evaluation.objects.get()
    assert (evaluation.version, evaluation.subject) == (2, "Hasil evaluasi")


def test_only_named_columns_are_saved(evaluation):
    Evaluation.objects.update(source="Inspektorat")
    write(evaluation, subject="Hasil")
    assert Evaluation.objects.get().source == "Inspektorat"
