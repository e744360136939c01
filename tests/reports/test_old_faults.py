"""`check_old_records` names what mended faults may have harmed, and nothing else."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from recommendations.models import ComponentScore, ReviewDecision, RubricWeight
from sakip.history.write import record
from sakip.roles import Role
from tests import factories
from workbooks.models import ImportRun

AT = datetime(2026, 11, 1, 4, tzinfo=UTC)


@pytest.fixture
def found(capsys):
    def found():
        call_command("check_old_records", "--format=json")
        return {code: rows for code, rows in json.loads(capsys.readouterr().out).items() if rows}

    return found


def test_sound_records_raise_no_suspicion(renaksi, cast, found):
    type(cast.dewi).objects.update(evaluates_all=False)
    assert found() == {}


def test_evaluators_of_everything_are_named(units, found):
    factories.make_user("irban", Role.EVALUATOR, units.inspektorat, evaluates_all=True)
    assert found()["evaluator-reach"] == ["Irban (irban), Inspektorat"]


def test_evaluators_outside_the_inspectorate_are_named(units, found):
    factories.make_user("irban", Role.EVALUATOR, units.umum)
    factories.make_user("lama", Role.EVALUATOR, units.umum, is_active=False)
    assert found()["evaluator-unit"] == ["Irban (irban), Biro Umum"]


@pytest.mark.parametrize("action", ["import_edit", "import_new_edit"])
def test_who_imported_and_judged_is_named(renaksi, cast, found, action):
    record(actor=cast.dewi, action=action, target=renaksi, at=AT)
    ReviewDecision.objects.create(
        renaksi=renaksi, evaluator=cast.dewi, decided_at=AT, outcome="accepted"
    )
    (line,) = found()["own-judgement"]
    assert line.startswith("Renaksi 1.a") and line.endswith("oleh Dewi")


def test_what_an_import_reopened_is_named(renaksi, cast, found):
    changes = [("status", "done", "in_progress")]
    record(actor=cast.kadir, action="import_edit", target=renaksi, at=AT, changes=changes)
    assert "Tuntas menjadi Dalam proses" in found()["reopened-items"][0]


def test_undone_imports_are_named(cast, found):
    ImportRun.objects.create(
        kind="units", original_name="unit.xlsx", actor=cast.kadir, state="undone"
    )
    assert "Impor unit.xlsx oleh Kadir" in found()["undone-imports"][0]


def test_scores_and_weights_that_do_not_fit_are_named(evaluation, found):
    RubricWeight.objects.filter(position=1).update(weight=20)
    assert [*found()["rubrics"]] == ["Perkiraan: 90.00"]
    assert "melebihi bobotnya" in found()["scores"][0]
    ComponentScore.objects.all().delete()
    assert "scores" not in found()


def test_a_person_without_a_part_is_named(renaksi, cast, found):
    type(renaksi).objects.update(person=cast.umar)
    assert found()["people"][0].endswith("Umar unitnya tidak lagi berperan di sini")


def test_the_text_says_what_to_do(renaksi, cast, capsys):
    type(renaksi).objects.update(person=cast.umar)
    call_command("check_old_records")
    assert "Periksa: pilih petugas lain atau kosongkan." in capsys.readouterr().out
