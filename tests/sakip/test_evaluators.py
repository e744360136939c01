"""Whom an evaluator evaluates: everything only where that is said, nothing where nothing is chosen."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi
from recommendations.selectors import review_queue
from recommendations.workflow import available, perform
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from sakip.models import Unit, User
from sakip.roles import Role
from sakip.services.records import save_record
from sakip.services.users import save_user
from tests import factories
from tests.workbooks.books import plan_of, upload
from workbooks.services import imports

NEW_USER = "/pengaturan/pengguna/baru/"


def data_of(person, **changes):
    """What the page of this account sends when nothing is touched."""
    data = {"name": person.name, "username": person.username, "role": person.role}
    data |= {"unit": person.unit_id, "version": person.version, "is_active": "on"}
    bodies = person.assigned_bodies.values_list("pk", flat=True) if person.pk else []
    data |= {"assigned_bodies": list(bodies), "evaluates_all": "on" if person.evaluates_all else ""}
    return {name: value for name, value in (data | changes).items() if value != ""}


def edit(person):
    return reverse("sakip:user-edit", args=[person.pk])


@pytest.fixture
def irban(units):
    """Evaluates the Sekretariat Daerah alone."""
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.add(units.setda)
    return irban


@pytest.fixture
def gita(units):
    """Coordinates the whole province."""
    return factories.make_user("gita", Role.COORDINATOR, units.province)


def test_an_evaluator_without_bodies_evaluates_nothing(units, renaksi):
    nobody = factories.make_user("baru", Role.EVALUATOR, units.inspektorat)
    assert nobody.reach == frozenset()
    assert [person.reach for person in User.objects.filter(pk=nobody.pk).with_reach()] == [set()]
    assert not Renaksi.objects.visible_to(nobody).exists()


def test_all_bodies_are_a_choice_of_their_own(cast, renaksi):
    assert cast.dewi.reach is None
    assert Renaksi.objects.visible_to(cast.dewi).get() == renaksi


def test_a_body_that_is_switched_off_stays_chosen_and_is_marked(signed_in, gita, irban, units):
    Unit.objects.filter(pk=units.setda.pk).update(is_active=False)
    client = signed_in(gita)
    page = client.get(edit(irban)).content.decode()
    assert re.search(r"checked[^<]*>\s*<label[^<]*>\s*Sekretariat Daerah \(nonaktif\)", page)
    assert client.post(edit(irban), data_of(irban, name="Irban Satu")).status_code == 302
    assert list(irban.assigned_bodies.all()) == [units.setda]
    assert User.objects.get(pk=irban.pk).reach == Unit.objects.beneath([units.setda.pk])


def test_taking_the_last_body_away_leaves_none(signed_in, gita, irban):
    signed_in(gita).post(edit(irban), data_of(irban, assigned_bodies=[]))
    assert User.objects.get(pk=irban.pk).reach == frozenset()
    changes = HistoryEntry.objects.about(irban).get().in_words
    assert changes == [["Perangkat daerah yang dievaluasi", "Sekretariat Daerah", "-"]]


def test_a_body_does_not_widen_its_evaluator(signed_in, cast, gita, irban):
    data = data_of(irban, evaluates_all="on", assigned_bodies=[])
    assert signed_in(cast.kadir).post(edit(irban), data).status_code == 404
    assert User.objects.get(pk=irban.pk).reach is not None
    assert signed_in(gita).post(edit(irban), data).status_code == 302
    assert User.objects.get(pk=irban.pk).reach is None
    changes = HistoryEntry.objects.about(irban).get().in_words
    assert ["Mengevaluasi semua perangkat daerah", "tidak", "ya"] in changes


def test_all_and_some_at_once_is_asked_about(signed_in, gita, irban):
    response = signed_in(gita).post(edit(irban), data_of(irban, evaluates_all="on"))
    assert response.context["form"].errors["assigned_bodies"]
    assert User.objects.get(pk=irban.pk).reach is not None


def test_who_evaluates_no_more_has_nothing_left_to_evaluate(signed_in, gita, cast):
    response = signed_in(gita).post(edit(cast.dewi), data_of(cast.dewi, role="operator"))
    assert response.status_code == 302
    cast.dewi.refresh_from_db()
    assert (cast.dewi.role, cast.dewi.evaluates_all) == ("operator", False)


def test_a_body_manages_no_evaluators(cast, gita, units):
    stray = factories.make_user("stray", Role.EVALUATOR, units.umum)
    assert stray not in User.objects.manageable_by(cast.kadir)
    assert {stray, cast.dewi} <= set(User.objects.manageable_by(gita))


# ── Who appoints evaluators ─────────────────────────────────────────────────────────────────────
@pytest.fixture
def inge(units):
    """Coordinates the Inspektorat."""
    return factories.make_user("inge", Role.COORDINATOR, units.inspektorat)


def new(unit, **changes):
    data = {"name": "Nur", "username": "nur", "role": "evaluator", "unit": unit.pk}
    return data | {"is_active": "on"} | changes


@pytest.mark.parametrize("reach", ["evaluates_all", "assigned_bodies"])
def test_the_evaluated_body_appoints_nobody(signed_in, cast, units, reach):
    given = {"evaluates_all": "on", "assigned_bodies": [units.setda.pk]}[reach]
    refused = signed_in(cast.kadir).post(NEW_USER, new(units.umum, **{reach: given}))
    assert refused.context["form"].errors
    assert not User.objects.filter(username="nur").exists()
    umar = data_of(cast.umar, role="evaluator", **{reach: given})
    assert signed_in(cast.kadir).post(edit(cast.umar), umar).context["form"].errors
    assert User.objects.get(pk=cast.umar.pk).role == Role.OPERATOR


def test_the_service_refuses_without_a_form(cast, units):
    part = factories.make_unit("Irban Tiruan", parent=units.setda, kind="inspectorate")
    with pytest.raises(ValidationError, match="ditempatkan pada unit Inspektorat"):
        save_user(user=cast.umar, actor=cast.kadir, at=timezone.now(), role="evaluator")
    fields = {"role": "evaluator", "unit": part, "evaluates_all": True}
    with pytest.raises(ValidationError, match="ditunjuk oleh koordinator provinsi"):
        save_user(user=cast.umar, actor=cast.kadir, at=timezone.now(), **fields)


def test_the_inspectorate_appoints_for_every_body_but_itself(signed_in, inge, units):
    client = signed_in(inge)
    bodies = [units.setda.pk, units.dinas.pk]
    data = new(units.inspektorat, assigned_bodies=bodies)
    assert client.post(NEW_USER, data).status_code in (200, 302)
    nur = User.objects.get(username="nur")
    assert {unit.pk for unit in nur.assigned_bodies.all()} == set(bodies)
    itself = client.post(edit(nur), data_of(nur, assigned_bodies=[units.inspektorat.pk]))
    assert itself.context["form"].errors["assigned_bodies"]
    with pytest.raises(ValidationError, match="Inspektorat sendiri"):
        fields = {"assigned_bodies": [units.inspektorat]}
        save_user(user=nur, actor=inge, at=timezone.now(), **fields)


def test_who_judges_the_inspectorate_is_managed_by_the_province(cast, gita, inge, irban, units):
    assert {cast.dewi, irban} <= set(User.objects.manageable_by(inge))
    irban.assigned_bodies.add(units.inspektorat)
    assert irban not in User.objects.manageable_by(inge)
    assert irban in User.objects.manageable_by(gita)


def test_a_part_of_the_inspectorate_appoints_nobody(signed_in, units):
    part = factories.make_unit("Irban I", parent=units.inspektorat, kind="assistant")
    client = signed_in(factories.make_user("part", Role.COORDINATOR, part))
    assert client.post(NEW_USER, new(part, evaluates_all="on")).context["form"].errors
    assert not User.objects.filter(username="nur").exists()


def test_an_evaluator_elsewhere_judges_no_more(cast, units, renaksi):
    stray = factories.make_user("stray", Role.EVALUATOR, units.umum, evaluates_all=True)
    stray.assigned_bodies.add(units.setda)
    assert stray.reach == frozenset()
    assert User.objects.filter(pk=stray.pk).with_reach()[0].reach == frozenset()
    Renaksi.objects.filter(pk=renaksi.pk).update(status="submitted")
    with pytest.raises(PermissionDenied):
        perform(action="accept", renaksi=renaksi, actor=stray, at=timezone.now())


def test_such_an_account_becomes_active_again_only_in_the_inspectorate(signed_in, gita, units):
    stray = factories.make_user("stray", Role.EVALUATOR, units.umum, is_active=False)
    client = signed_in(gita)
    assert client.post(edit(stray), data_of(stray)).context["form"].errors["unit"]
    moved = data_of(stray, unit=units.inspektorat.pk)
    assert client.post(edit(stray), moved).status_code == 302


def test_such_an_account_keeps_its_other_fields_while_it_is_off(signed_in, gita, units):
    stray = factories.make_user("stray", Role.EVALUATOR, units.umum, is_active=False)
    data = data_of(stray, name="Nama Baru")
    data.pop("is_active")
    assert signed_in(gita).post(edit(stray), data).status_code == 302


@pytest.mark.parametrize("change", ["kind", "parent"])
def test_a_unit_with_evaluators_stays_in_the_inspectorate(cast, gita, units, change):
    fields = {"kind": "body"} if change == "kind" else {"parent": units.setda}
    part = factories.make_unit("Irban I", parent=units.inspektorat, kind="assistant")
    User.objects.filter(pk=cast.dewi.pk).update(unit=part)
    record = units.inspektorat if change == "kind" else part
    with pytest.raises(ValidationError, match="masih mempunyai evaluator aktif"):
        save_record(record=record, actor=gita, at=timezone.now(), **fields)
    User.objects.filter(pk=cast.dewi.pk).update(is_active=False)
    save_record(record=record, actor=gita, at=timezone.now(), **fields)


# ── The Inspektorat is judged too ───────────────────────────────────────────────────────────────
def submitted_of(unit, lead):
    item = factories.make_renaksi(
        factories.make_recommendation(factories.make_evaluation(unit, 2021)), lead
    )
    Renaksi.objects.filter(pk=item.pk).update(status="submitted")
    return Renaksi.objects.for_check().get(pk=item.pk)


def may_accept(user, item):
    user = User.objects.get(pk=user.pk)
    offered = "accept" in {row.action for row in available(user, item)}
    assert offered == (item in review_queue.queue(user))
    return offered


def test_who_evaluates_all_does_not_judge_the_inspectorate(cast, irban, units):
    part = factories.make_unit("Irban I", parent=units.inspektorat, kind="assistant")
    item = submitted_of(units.inspektorat, part)
    assert not may_accept(cast.dewi, item)
    with pytest.raises(PermissionDenied, match="tidak mereviu"):
        perform(action="accept", renaksi=item, actor=cast.dewi, at=timezone.now())
    irban.assigned_bodies.add(units.inspektorat)
    assert may_accept(irban, item)
    User.objects.filter(pk=irban.pk).update(unit=part)  # the item of the own unit
    assert not may_accept(irban, item)
    assert may_accept(cast.dewi, submitted_of(units.setda, units.umum))


# ── Workbooks ───────────────────────────────────────────────────────────────────────────────────
HEAD = ["Nama pengguna", "Nama", "Peran", "Unit", "Perangkat daerah yang dievaluasi"]
ROW = ["irban", "Irban", "Evaluator Inspektorat", "Inspektorat"]
ALL = "Mengevaluasi semua"


def carried_out(actor, *rows):
    run = imports.start(
        kind="units", upload=upload({"Pengguna": [*rows]}), actor=actor, at=timezone.now()
    )
    imports.preview(run)
    imports.carry_out(run, at=timezone.now())
    run.refresh_from_db()
    return run


def reach_of(username):
    return User.objects.get(username=username).reach


def test_an_empty_cell_of_an_old_workbook_widens_nobody(gita, irban):
    carried_out(gita, HEAD, [*ROW, ""], ["baru", "Baru", *ROW[2:], ""])
    assert (reach_of("irban"), reach_of("baru")) == (frozenset(), frozenset())


def test_an_old_workbook_leaves_all_as_it_is(gita, cast):
    carried_out(gita, HEAD, ["dewi", "Dewi Lestari", ROW[2], "Inspektorat", ""])
    assert (User.objects.get(username="dewi").name, reach_of("dewi")) == ("Dewi Lestari", None)


def test_undoing_an_import_widens_nobody(gita, irban, units):
    irban.assigned_bodies.clear()
    run = carried_out(gita, HEAD, [*ROW, "Sekretariat Daerah"])
    assert units.setda.pk in reach_of("irban")
    imports.undo(run, actor=gita, at=timezone.now())
    assert reach_of("irban") == frozenset()


def test_undoing_the_import_of_a_body_widens_nobody(gita, irban, units):
    head = ["Kode", "Nama", "Jenis", "Unit induk"]
    row = ["dinas-baru", "Dinas Baru", "Perangkat daerah", "Provinsi"]
    run = imports.start(
        kind="units", upload=upload({"Unit": [head, row]}), actor=gita, at=timezone.now()
    )
    imports.preview(run)
    imports.carry_out(run, at=timezone.now())
    run.refresh_from_db()
    irban.assigned_bodies.set(units.province.children.filter(name="Dinas Baru"))
    with pytest.raises(WrongState, match="Irban sudah memakai isi impor ini"):
        imports.undo(run, actor=gita, at=timezone.now())
    assert len(reach_of("irban")) == 1


def test_all_is_a_column_of_its_own(gita, irban):
    carried_out(gita, [*HEAD, ALL], [*ROW, "", "Ya"])
    assert reach_of("irban") is None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([*ROW, "Sekretariat Daerah", "Ya"], "Pilih salah satu: semua perangkat daerah"),
        ([*ROW[:2], "Operator Biro", ROW[3], "", "Ya"], "Hanya untuk evaluator. Tulis Tidak."),
    ],
)
def test_what_does_not_fit_together_is_refused(gita, irban, row, message):
    plan = plan_of("units", gita, upload({"Pengguna": [[*HEAD, ALL], row]}))
    assert [message in problem.message for problem in plan.errors] == [True]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["baru", "Baru", "Evaluator", "Biro Umum", "Sekretariat Daerah"], "unit Inspektorat"),
        (["umar", "Umar", "Evaluator", "Biro Umum", "Sekretariat Daerah"], "unit Inspektorat"),
        (
            ["umar", "Umar", "Evaluator", "Irban Tiruan", ""],
            "koordinator provinsi atau Inspektorat",
        ),
    ],
)
def test_the_evaluated_body_appoints_nobody_by_workbook(cast, units, row, message):
    factories.make_unit("Irban Tiruan", parent=units.setda, kind="inspectorate")
    plan = plan_of("units", cast.kadir, upload({"Pengguna": [HEAD, row]}))
    assert any(message in problem.message for problem in plan.errors), [
        p.message for p in plan.errors
    ]


def test_a_workbook_may_make_the_inspectorate_and_its_evaluators(gita, units):
    head = ["Kode", "Nama", "Jenis", "Unit induk"]
    units_ = [["ins", "Inspektorat II", "Inspektorat", "Provinsi"]]
    units_ += [["irb", "Irban Satu", "Inspektur Pembantu", "Inspektorat II"]]
    people = [HEAD, ["baru", "Baru", "Evaluator", "Irban Satu", "Sekretariat Daerah"]]
    run = imports.start(
        kind="units",
        upload=upload({"Unit": [head, *units_], "Pengguna": people}),
        actor=gita,
        at=timezone.now(),
    )
    imports.preview(run)
    imports.carry_out(run, at=timezone.now())
    assert units.setda.pk in reach_of("baru")


def test_an_inactive_body_may_stay_beside_a_new_one(gita, irban, units):
    Unit.objects.filter(pk=units.setda.pk).update(is_active=False)
    carried_out(gita, HEAD, [*ROW, "Sekretariat Daerah; Dinas Pariwisata"])
    assert set(irban.assigned_bodies.all()) == {units.setda, units.dinas}
