"""Whom an evaluator evaluates: everything only where that is said, nothing where nothing is chosen."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from sakip.models import Unit, User
from sakip.roles import Role
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
    irban = factories.make_user("irban", Role.EVALUATOR, units.organisasi)
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


def test_only_who_reaches_the_whole_province_gives_all(signed_in, cast, gita, irban):
    data = data_of(irban, evaluates_all="on", assigned_bodies=[])
    refused = signed_in(cast.kadir).post(edit(irban), data)
    assert "evaluates_all" in refused.context["form"].errors
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


def test_who_evaluates_all_is_managed_by_the_province_alone(cast, gita, units):
    wide = factories.make_user("wide", Role.EVALUATOR, units.umum, evaluates_all=True)
    none = factories.make_user("none", Role.EVALUATOR, units.umum)
    managed = User.objects.manageable_by(cast.kadir)
    assert (wide in managed, none in managed) == (False, True)
    assert {wide, none} <= set(User.objects.manageable_by(gita))


# ── Workbooks ───────────────────────────────────────────────────────────────────────────────────
HEAD = ["Nama pengguna", "Nama", "Peran", "Unit", "Perangkat daerah yang dievaluasi"]
ROW = ["irban", "Irban", "Evaluator Inspektorat", "Biro Organisasi"]
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


def test_a_coordinator_of_one_body_gives_no_all_by_workbook(cast, irban):
    plan = plan_of("units", cast.kadir, upload({"Pengguna": [[*HEAD, ALL], [*ROW, "", "Ya"]]}))
    assert ["seluruh provinsi" in problem.message for problem in plan.errors] == [True]


def test_an_inactive_body_may_stay_beside_a_new_one(gita, irban, units):
    Unit.objects.filter(pk=units.setda.pk).update(is_active=False)
    carried_out(gita, HEAD, [*ROW, "Sekretariat Daerah; Dinas Pariwisata"])
    assert set(irban.assigned_bodies.all()) == {units.setda, units.dinas}


# ── The step from the old meaning to the new one ────────────────────────────────────────────────
def test_the_migration_keeps_what_everybody_reached(cast, irban):
    migration = import_module("sakip.migrations.0004_evaluates_all")
    User.objects.update(evaluates_all=False)
    migration.say_all(apps, None)
    assert [reach_of("dewi"), cast.rina.evaluates_all] == [None, False]
    assert reach_of("irban")


def test_the_way_back_widens_nobody(cast, irban, units):
    migration = import_module("sakip.migrations.0004_evaluates_all")
    irban.assigned_bodies.clear()
    migration.keep_none_from_all(apps, None)
    assert list(irban.assigned_bodies.all()) == [units.organisasi]
    assert not cast.dewi.assigned_bodies.exists()
