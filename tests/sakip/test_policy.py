"""What a grant means for one record, and the condition that it becomes. Needs no database."""

from types import SimpleNamespace

import pytest
from django.db.models import Q

from recommendations.models import Evaluation, Renaksi
from sakip.policy import (
    FEW_UNITS,
    SYSTEM,
    Decision,
    EveryUnit,
    Policy,
    Reach,
    Units,
    grant,
    reaches_all,
)
from sakip.roles import Role

NONE, ALL = Q(pk__in=()), ~Q(pk__in=())
MINE, BODY, ABOVE, OTHER = 3, 2, 1, 9
UNITS = Units(lead="lead_unit", supporting="supporting_units", body="evaluation__unit", kept_body="body")  # fmt: skip


def person(role=Role.OPERATOR, **more):
    about = {
        "is_active": True, "unit_id": MINE, "lineage": frozenset({MINE, BODY, ABOVE}),
        "reach": frozenset({MINE}), "governs_province": False,
    }  # fmt: skip
    return SimpleNamespace(role=role, **about | more)


def record(lead=OTHER, supporting=(), body=OTHER, status="open"):
    helpers = [SimpleNamespace(pk=pk) for pk in supporting]
    return SimpleNamespace(
        lead_unit_id=lead,
        supporting_units=SimpleNamespace(all=lambda: helpers),
        evaluation=SimpleNamespace(unit_id=body),
        status=status,
        get_status_display=lambda: "Belum",
    )


def policy(reach, statuses=None, units=UNITS, **sentences):
    return Policy(grant("edit print", [Role.OPERATOR], reach, statuses), units=units, **sentences)


@pytest.mark.parametrize(
    ("reach", "about", "allowed"),
    [
        (Reach.ANY, {}, True),
        (Reach.OWN_LEAD, {"lead": MINE}, True),
        (Reach.OWN_LEAD, {"supporting": [MINE]}, False),
        (Reach.OWN_UNIT, {"lead": MINE}, True),
        (Reach.OWN_UNIT, {"supporting": [MINE]}, True),
        (Reach.OWN_UNIT, {"body": MINE}, False),
        (Reach.OWN_BODY, {"body": BODY}, True),
        (Reach.OWN_BODY, {"lead": MINE}, False),
        (Reach.BENEATH, {"lead": MINE}, True),
        (Reach.BENEATH, {"supporting": [MINE]}, True),
        (Reach.BENEATH, {"body": MINE}, True),
        (Reach.BENEATH, {"body": BODY}, False),
        (Reach.SHARED, {"body": None}, True),
        (Reach.SHARED, {"body": MINE}, False),
        (Reach.PROVINCE, {"body": None}, False),
    ],
)
def test_which_records_a_reach_covers(reach, about, allowed):
    assert policy(reach).check(person(), "edit", record(**about)) == (
        Decision(True) if allowed else Decision(False, "Data ini milik unit lain.")
    )


def test_who_governs_the_province_changes_what_is_shared():
    governor = person(governs_province=True)
    assert policy(Reach.PROVINCE).check(governor, "edit", record(body=None))
    assert not policy(Reach.PROVINCE).check(governor, "edit", record(body=MINE))


def test_who_reaches_everything_reaches_every_record():
    for reach in (None, EveryUnit({MINE, OTHER})):
        assert reaches_all(person(reach=reach))
        assert policy(Reach.BENEATH).check(person(reach=reach), "edit", record())
    assert not reaches_all(person())


def test_a_record_without_some_of_the_units_is_not_asked_for_them():
    only_body = policy(Reach.BENEATH, units=Units(body="evaluation__unit"))
    assert only_body.check(person(), "edit", record(body=MINE))
    assert not only_body.check(person(), "edit", record(lead=MINE))
    only_lead = policy(Reach.OWN_UNIT, units=Units(lead="lead_unit"))
    assert only_lead.check(person(), "edit", record(lead=MINE))
    assert not policy(Reach.OWN_LEAD, units=Units(body="unit")).check(
        person(unit_id=None), "edit", SimpleNamespace(unit_id=MINE, status="open")
    )
    assert Units(body="unit").lead_of(record()) is None
    assert UNITS.lead_of(record(lead=MINE)) == MINE


@pytest.mark.parametrize(
    "stranger",
    [
        person(Role.LEADER),
        person(""),
        person(is_active=False),
        SimpleNamespace(),
        SimpleNamespace(is_active=True),
        SimpleNamespace(role=Role.OPERATOR),
    ],
)
def test_another_role_is_refused_in_words(stranger):
    refused = Decision(False, "Peran Anda tidak berhak melakukan tindakan ini.")
    assert policy(Reach.ANY).check(stranger, "edit", record()) == refused
    assert policy(Reach.ANY).check(stranger, "edit") == refused
    assert bool(refused) is False


def test_without_a_record_only_the_role_is_asked():
    assert policy(Reach.OWN_LEAD, ["open"]).check(person(), "edit") == Decision(True)


def test_the_wrong_state_is_told():
    found = policy(Reach.ANY, ["open"])
    assert found.check(person(), "edit", record()) == Decision(True)
    assert found.check(person(), "edit", record(status="done")) == Decision(
        False, "Tindakan ini tidak dapat dilakukan saat status “Belum”.", wrong_state=True
    )


def test_a_record_without_a_status_needs_none():
    assert policy(Reach.ANY).check(person(), "edit", SimpleNamespace())


def test_the_status_may_have_another_name():
    stage = SimpleNamespace(stage="late", get_stage_display=lambda: "Lewat")
    found = policy(Reach.ANY, ["early"], status="stage")
    assert found.check(person(), "edit", stage).reason.endswith("saat status “Lewat”.")
    assert found.condition(Renaksi, person(), "edit") == NONE | (
        ALL & Q(stage__in=frozenset({"early"}))
    )


def test_sentences_belong_to_their_action():
    told = policy(
        Reach.OWN_LEAD, ["open"],
        denied={"edit": "Peran."}, abroad={"edit": "Unit."}, too_late={"edit": "Terlambat."},
    )  # fmt: skip
    assert told.check(person(Role.LEADER), "edit").reason == "Peran."
    assert told.check(person(), "edit", record()).reason == "Unit."
    assert told.check(person(), "edit", record(MINE, status="done")).reason == "Terlambat."
    assert "Peran Anda" in told.check(person(Role.LEADER), "print").reason
    assert "milik unit lain" in told.check(person(), "print", record()).reason
    assert "Belum" in told.check(person(), "print", record(MINE, status="done")).reason


def test_a_grant_is_for_its_actions_roles_and_statuses():
    row = grant("edit print", [Role.OPERATOR], Reach.ANY, ["open", "open"])
    assert (row.actions, row.roles, row.reach) == ({"edit", "print"}, {Role.OPERATOR}, Reach.ANY)
    assert row.statuses == {"open"}
    assert grant("edit", [], Reach.ANY).statuses is None
    assert grant("edit", [], Reach.ANY, []).statuses == frozenset()


def test_an_unknown_action_is_an_error():
    for ask in (policy(Reach.ANY).check, policy(Reach.ANY).allows_all, policy(Reach.ANY).reaches):
        with pytest.raises(LookupError, match="No grant speaks of “explode”."):
            ask(person(), "explode")


def test_any_grant_that_fits_is_enough():
    several = Policy(
        grant("edit", [Role.OPERATOR], Reach.OWN_LEAD, ["open"]),
        grant("edit", [Role.OPERATOR], Reach.OWN_UNIT),
        units=UNITS,
    )
    assert several.check(person(), "edit", record(lead=MINE, status="done"))
    assert several.reaches(person(), "edit") == {Reach.OWN_UNIT}
    assert several.reaches(person(Role.LEADER), "edit") == set()


@pytest.mark.parametrize(
    ("reach", "statuses", "of_person", "all_of_them"),
    [
        (Reach.ANY, None, {}, True),
        (Reach.ANY, ["open"], {}, False),
        (Reach.BENEATH, None, {}, False),
        (Reach.BENEATH, None, {"reach": None}, True),
        (Reach.BENEATH, None, {"reach": EveryUnit()}, True),
        (Reach.BENEATH, ["open"], {"reach": None}, False),
        (Reach.OWN_LEAD, None, {"reach": None}, False),
    ],
)
def test_when_nobody_need_ask_for_the_records(reach, statuses, of_person, all_of_them):
    assert policy(reach, statuses).allows_all(person(**of_person), "edit") is all_of_them


BY_UNIT = Units(lead="lead_unit", body="evaluation__unit", kept_body="body")


@pytest.mark.parametrize(
    ("reach", "of_person", "condition"),
    [
        (Reach.ANY, {}, ALL),
        (Reach.BENEATH, {"reach": None}, ALL),
        (Reach.OWN_LEAD, {"reach": None}, Q(lead_unit__in={MINE})),
        (Reach.SHARED, {}, Q(body=None)),
        (Reach.PROVINCE, {}, NONE),
        (Reach.PROVINCE, {"governs_province": True}, Q(body=None)),
        (Reach.OWN_BODY, {}, Q(body__in=frozenset({MINE, BODY, ABOVE}))),
        (Reach.OWN_LEAD, {}, Q(lead_unit__in={MINE})),
        (Reach.OWN_UNIT, {}, Q(lead_unit__in={MINE}) | NONE),
        (
            Reach.BENEATH,
            {"reach": frozenset({4})},
            Q(lead_unit__in=frozenset({4})) | NONE | Q(body__in=frozenset({4})),
        ),
        (Reach.BENEATH, {"reach": EveryUnit({4})}, ALL | Q(body__isnull=False)),
    ],
)
def test_the_condition_of_a_reach(reach, of_person, condition):
    made = policy(reach, units=BY_UNIT).condition(Renaksi, person(**of_person), "edit")
    assert made == NONE | condition


def test_a_unit_that_records_do_not_have_finds_nothing():
    made = policy(Reach.OWN_LEAD, units=Units(body="unit")).condition(Evaluation, person(), "edit")
    assert made == NONE | NONE


def test_a_status_narrows_the_condition():
    made = policy(Reach.ANY, ["open"]).condition(Renaksi, person(), "edit")
    assert made == NONE | (ALL & Q(status__in=frozenset({"open"})))


def test_another_role_finds_nothing():
    assert policy(Reach.ANY).condition(Renaksi, person(Role.LEADER), "edit") == NONE


def test_who_reaches_all_units_is_asked_only_where_a_record_may_have_none():
    every = person(reach=EveryUnit({4}))
    of_unit = policy(Reach.BENEATH, units=Units(body="unit"))
    assert of_unit.condition(Evaluation, every, "edit") == NONE | (NONE | ALL)
    through = policy(Reach.BENEATH, units=Units(body="recommendation__previous__evaluation__unit"))
    assert through.condition(Renaksi, every, "edit") == NONE | (
        NONE | Q(recommendation__previous__evaluation__unit__isnull=False)
    )


def sql(reach, who=None, **options):
    return str(
        policy(reach, units=options.pop("own", UNITS)).filter(
            Renaksi.objects.order_by().values("pk"), who or person(), "edit", **options
        ).query
    )  # fmt: skip


def test_a_few_units_are_looked_up_by_key():
    """Each list of keys is found by an index of its own; OR would find none."""
    unit = sql(Reach.OWN_UNIT)
    assert (unit.count("UNION"), unit.count(" OR ")) == (1, 0)
    beneath = sql(Reach.BENEATH)
    assert (beneath.count("UNION"), beneath.count(" OR ")) == (2, 0)
    assert sql(Reach.OWN_LEAD).count("UNION") == 0
    asked = policy(Reach.BENEATH).condition(Renaksi, person(), "edit")
    assert "UNION" in str(Renaksi.objects.filter(asked).query)


def test_many_units_and_few_rows_are_tried_row_by_row():
    most = person(reach=frozenset(range(FEW_UNITS)))
    more = person(reach=frozenset(range(FEW_UNITS + 1)))
    assert "UNION" in sql(Reach.BENEATH, most)
    for tried in (sql(Reach.BENEATH, more), sql(Reach.BENEATH, most, is_few=True)):
        assert ("UNION" in tried, tried.count(" OR ")) == (False, 2)


def test_a_table_that_repeats_the_units_has_its_own_paths():
    paths = Units(lead="renaksi__lead_unit", body="renaksi__body")
    made = policy(Reach.BENEATH).condition(Renaksi, person(), "edit", units=paths, key="renaksi_id")
    lead, supporting, body = made.children[1:]
    assert lead == ("renaksi__lead_unit__in", frozenset({MINE}))
    assert body == ("renaksi__body__in", frozenset({MINE}))
    assert supporting[0] == "renaksi_id__in"
    assert "supporting_units" in str(supporting[1].query)


def test_the_system_reads_everything_and_signs_nothing():
    assert (SYSTEM.is_active, SYSTEM.is_authenticated, SYSTEM.is_superuser) == (True, True, False)
    assert (SYSTEM.pk, SYSTEM.unit_id, SYSTEM.reach, str(SYSTEM)) == (None, None, None, "Sistem")
    assert SYSTEM.governs_province and not SYSTEM.lineage
