"""A reorganisation moves everything open in one action; what is closed stays with the old unit."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi
from recommendations.services.reorganisation import Arrangement, reorganise
from sakip.editing import StaleEdit
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from sakip.models import Official, Unit, UnitName, UnitSuccession, User
from tests import factories
from tests.parallel import at_once as at_once

DAY = date(2024, 3, 1)
BASIS = "Pergub 5/2024"


def page_of(unit):
    return reverse("recommendations:unit-reorganise", args=[unit.pk])


def arranged(kind, **fields):
    return Arrangement(kind=kind, day=fields.pop("day", DAY), legal_basis=BASIS, **fields)


def do(actor, unit, plan, **rest):
    actor = User.objects.get(pk=actor.pk)
    return reorganise(unit=unit, arrangement=plan, actor=actor, at=timezone.now(), **rest)


def into(unit):
    return {str(unit.pk): unit}


@pytest.fixture
def hukum(units):
    return factories.make_unit("Biro Hukum", parent=units.setda)


@pytest.fixture
def world(cast, units, recommendation):
    """Biro Organisasi with open and closed items, Rina as petugas, an indicator, a part and an official."""
    make, unit = factories.make_renaksi, units.organisasi
    objective = factories.make_objective(units.setda)
    return {
        "led": make(recommendation, unit, person=cast.rina),
        "supported": make(recommendation, units.umum, supporting=[unit], person=cast.umar),
        "sent": make(recommendation, unit, status="submitted"),
        "done": make(recommendation, unit, status="done", person=cast.rina),
        "indicator": factories.make_indicator(objective, unit, values={2023: 90}),
        "past": factories.make_indicator(objective, unit, year_to=2020),
        "part": factories.make_unit("Bagian Kelembagaan", parent=unit, kind="section"),
        "official": factories.make_official(unit),
    }


def state():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Unit, User, Renaksi, Official, UnitName, UnitSuccession, HistoryEntry)
    ]


def test_a_merge_moves_what_is_open(cast, units, hukum, world):
    assert do(cast.kadir, units.organisasi, arranged("merge", successors=into(hukum))) == [hukum]
    fresh = {name: type(row).objects.get(pk=row.pk) for name, row in world.items()}
    assert (fresh["led"].lead_unit, fresh["led"].person) == (hukum, cast.rina)
    assert set(fresh["supported"].supporting_units.all()) == {hukum}
    assert (fresh["supported"].lead_unit, fresh["supported"].person) == (units.umum, cast.umar)
    assert (fresh["sent"].lead_unit, fresh["sent"].status) == (hukum, "submitted")
    assert (fresh["done"].lead_unit, fresh["done"].person) == (units.organisasi, cast.rina)
    assert fresh["indicator"].owner_unit == hukum
    assert fresh["past"].owner_unit == units.organisasi
    assert fresh["part"].parent == hukum
    assert fresh["official"].to_date == date(2024, 2, 29)
    people = User.objects.in_bulk([cast.rina.pk, cast.tono.pk])
    assert people[cast.rina.pk].unit == hukum
    assert people[cast.tono.pk].unit == units.organisasi  # has left long ago
    assert not Unit.objects.get(pk=units.organisasi.pk).is_active
    row = UnitSuccession.objects.get()
    assert (row.predecessor, row.successor, row.day) == (units.organisasi, hukum, DAY)
    entries = HistoryEntry.objects.all()
    assert len({entry.batch for entry in entries}) == 1
    assert {entry.action for entry in entries} >= {"merge_unit", "hand_over", "edit", "move_unit"}
    assert HistoryEntry.objects.about(fresh["led"]).get().actor == cast.kadir


def test_a_post_in_which_nobody_acts_now_moves_too(cast, units, hukum, world):
    cast.umar.other_posts.create(role="operator", unit=units.organisasi)
    cast.rina.other_posts.create(role="leader", unit=units.organisasi)
    do(cast.kadir, units.organisasi, arranged("merge", successors=into(hukum)))
    held = [(seat.role, seat.unit.name) for seat in User.objects.get(pk=cast.umar.pk).seats]
    assert held == [("operator", "Biro Umum"), ("operator", "Biro Hukum")]
    held = [(seat.role, seat.unit.name) for seat in User.objects.get(pk=cast.rina.pk).seats]
    assert held == [("operator", "Biro Hukum"), ("leader", "Biro Hukum")]
    words = HistoryEntry.objects.about(cast.umar).first().in_words
    assert words == [["Penugasan", "Operator · Biro Organisasi", "Operator · Biro Hukum"]]


def test_a_split_gives_each_thing_its_own_place(cast, units, hukum, world):
    new = {"baru-1": {"name": "Biro Tata Laksana", "code": "tl", "kind": "bureau"}}
    plan = arranged("split", successors=into(hukum), new=new)
    first, second = str(hukum.pk), "baru-1"
    led, supported, *_ = world.values()
    places = {
        ("renaksi", led.pk): second,
        ("renaksi", supported.pk): first,
        ("renaksi", world["sent"].pk): first,
        ("people", cast.rina.pk): second,
        ("indicators", world["indicator"].pk): first,
        ("children", world["part"].pk): second,
    }
    do(cast.kadir, units.organisasi, plan, destinations=places)
    laksana = Unit.objects.get(code="tl")
    assert (laksana.parent, laksana.from_date) == (units.setda, DAY)
    led.refresh_from_db()
    assert (led.lead_unit, led.person.unit) == (laksana, laksana)
    assert set(supported.supporting_units.all()) == {hukum}
    world["indicator"].refresh_from_db()
    assert world["indicator"].owner_unit == hukum


def test_a_petugas_who_goes_elsewhere_is_taken_off(cast, units, hukum, world):
    plan = arranged("split", successors={**into(hukum), **into(units.umum)})
    held = plan.belongings(units.organisasi)
    places = {(kind, row.pk): str(hukum.pk) for kind, row in held.rows()}
    places["people", cast.rina.pk] = str(units.umum.pk)
    do(cast.kadir, units.organisasi, plan, destinations=places)
    world["led"].refresh_from_db()
    assert (world["led"].lead_unit, world["led"].person) == (hukum, None)


def test_a_split_without_a_place_for_something_writes_nothing(cast, units, hukum, world):
    before = state()
    plan = arranged("split", successors={**into(hukum), **into(units.umum)})
    with pytest.raises(ValidationError, match="Pilih tujuan untuk"):
        do(cast.kadir, units.organisasi, plan, destinations={})
    assert state() == before


def test_a_rename_leaves_everything_where_it_is(cast, units, world):
    do(cast.kadir, units.organisasi, arranged("rename", fields={"name": "Biro Tata Laksana"}))
    world["led"].refresh_from_db()
    assert world["led"].lead_unit.name == "Biro Tata Laksana"
    assert UnitName.objects.get().name == "Biro Organisasi"


def test_a_move_out_of_the_body_leaves_its_work_to_a_receiver(cast, units, hukum, world):
    admin = factories.make_user("ada", "coordinator", units.province)
    plan = arranged("move", fields={"parent": units.dinas})
    before = state()
    with pytest.raises(ValidationError, match="Pilih unit penerima"):
        do(admin, units.organisasi, plan)
    assert state() == before
    plan = arranged("move", fields={"parent": units.dinas}, receiver=hukum)
    do(admin, units.organisasi, plan)
    world["led"].refresh_from_db()
    assert (world["led"].lead_unit, world["led"].person) == (hukum, None)
    assert Unit.objects.get(pk=units.organisasi.pk).parent == units.dinas
    assert User.objects.get(pk=cast.rina.pk).unit == units.organisasi
    world["indicator"].refresh_from_db()
    assert world["indicator"].owner_unit == hukum


def test_a_body_that_ends_leaves_its_lhe_to_its_successor(cast, units, world):
    admin = factories.make_user("ada", "coordinator", units.province)
    own = factories.make_objective(units.dinas)
    irban = factories.make_user("irban", "evaluator", units.inspektorat)
    irban.assigned_bodies.set([units.setda])
    lhe = factories.make_evaluation(units.setda, 2021)
    item = factories.make_renaksi(factories.make_recommendation(lhe), units.setda)
    do(admin, units.setda, arranged("merge", successors=into(units.dinas)))
    item.refresh_from_db()
    assert item.lead_unit == units.dinas
    lhe.refresh_from_db()
    assert lhe.unit == units.setda
    assert Unit.objects.get(pk=units.organisasi.pk).parent == units.dinas
    numbers = list(units.dinas.objectives.order_by("number").values_list("number", flat=True))
    assert numbers == [own.number, own.number + 1]
    assert set(irban.assigned_bodies.all()) == {units.setda, units.dinas}


def test_an_item_of_another_body_holds_the_merge_back(cast, units, world):
    """Biro Organisasi may not take its work of the Sekretariat Daerah to the Dinas without more."""
    admin = factories.make_user("ada", "coordinator", units.province)
    before = state()
    with pytest.raises(ValidationError) as refusal:
        do(admin, units.organisasi, arranged("merge", successors=into(units.dinas)))
    assert "3 rencana aksi tidak dapat pindah" in refusal.value.messages[0]
    assert state() == before


def test_a_successor_is_not_younger_than_the_change(cast, units, hukum):
    Unit.objects.filter(pk=hukum.pk).update(from_date=date(2025, 1, 1))
    hukum.refresh_from_db()
    with pytest.raises(ValidationError, match="baru ada sejak 1 Januari 2025"):
        do(cast.kadir, units.organisasi, arranged("merge", successors=into(hukum)))


def test_the_change_is_not_older_than_the_unit(cast, units, hukum):
    Unit.objects.filter(pk=units.organisasi.pk).update(from_date=DAY)
    with pytest.raises(ValidationError, match="sejak 1 Maret 2024"):
        do(cast.kadir, units.organisasi, arranged("merge", successors=into(hukum)))


def test_a_unit_does_not_end_in_itself_or_below(cast, units, world):
    for unit in (units.organisasi, world["part"]):
        with pytest.raises(ValidationError, match="Pilih penerus lain"):
            do(cast.kadir, units.organisasi, arranged("merge", successors=into(unit)))


def test_only_within_the_own_reach(cast, units, hukum):
    for actor in (cast.sari, cast.rina, cast.laila):
        with pytest.raises(PermissionDenied):
            do(actor, units.organisasi, arranged("merge", successors=into(hukum)))
    with pytest.raises(PermissionDenied):
        do(cast.kadir, units.organisasi, arranged("merge", successors=into(units.dinas)))
    with pytest.raises(ValidationError, match="Unit tempat Anda sendiri"):
        do(cast.kadir, units.setda, arranged("merge", successors=into(hukum)))


def test_five_at_once_are_one(at_once, cast, units, hukum, world):
    plan = arranged("merge", successors=into(hukum))

    def press():
        try:
            return len(do(cast.kadir, units.organisasi, plan))
        except WrongState:
            return 0

    assert sorted(at_once(5, press)) == [0, 0, 0, 0, 1]
    assert at_once(1, UnitSuccession.objects.count) == [1]


def test_nothing_happens_twice(cast, units, hukum, world):
    plan = arranged("merge", successors=into(hukum))
    do(cast.kadir, units.organisasi, plan)
    after = state()
    with pytest.raises(WrongState, match="sudah tidak aktif"):
        do(cast.kadir, units.organisasi, plan)
    assert state() == after


def test_what_changed_since_the_preview_is_shown_again(cast, units, hukum, world, recommendation):
    plan = arranged("merge", successors=into(hukum))
    seen = plan.belongings(units.organisasi).digest
    factories.make_renaksi(recommendation, units.organisasi)
    before = state()
    with pytest.raises(StaleEdit):
        do(cast.kadir, units.organisasi, plan, seen=seen)
    assert state() == before


# ── The pages ───────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def kadir(client, cast):
    client.force_login(cast.kadir)
    return client


CHOICE = {"berlaku": "1 Maret 2024", "dasar": BASIS}


def test_the_preview_writes_nothing_and_the_button_does(kadir, units, hukum, world):
    asked = CHOICE | {"jenis": "merge", "penerus": [hukum.pk]}
    before = state()
    page = kadir.get(page_of(units.organisasi), asked)
    assert state() == before
    for text in ("Digabung ke", "Renaksi 1.a", "petugas Rina", "Indikator 1", "Bagian Kelembagaan"):
        assert text in page.text
    assert "Renaksi 1.d" not in page.text  # done
    answer = kadir.post(page_of(units.organisasi), asked | {"seen": page.context["held"].digest})
    assert answer.status_code == 302
    again = kadir.post(page_of(units.organisasi), asked | {"seen": page.context["held"].digest})
    assert again.status_code == 409
    assert UnitSuccession.objects.count() == 1
    assert "Digabung sejak 1 Maret 2024: Biro Hukum" in kadir.get(page_of(units.organisasi)).text
    assert "Meneruskan Biro Organisasi sejak 1 Maret 2024" in kadir.get(page_of(hukum)).text


def test_a_split_asks_where_each_thing_goes(kadir, cast, units, hukum, world):
    asked = CHOICE | {"jenis": "split", "penerus": [hukum.pk], "baru-1-nama": "Biro Baru"}
    asked |= {"baru-1-kode": "baru", "baru-1-jenis": "bureau"}
    Renaksi.objects.filter(pk=world["led"].pk).update(plan="<p>Menyusun pedoman</p>")
    page = kadir.get(page_of(units.organisasi), asked)
    assert "Menyusun pedoman" in page.text  # a number alone does not tell where it belongs
    chosen = {"semua": hukum.pk, f"ke-people-{cast.rina.pk}": "baru-1"}
    chosen |= {"seen": page.context["held"].digest}
    assert f'name="ke-people-{cast.rina.pk}"' in page.text
    assert kadir.post(page_of(units.organisasi), asked | chosen).status_code == 302
    assert User.objects.get(pk=cast.rina.pk).unit.name == "Biro Baru"
    world["led"].refresh_from_db()
    assert world["led"].lead_unit == hukum


def test_a_stale_page_is_shown_again_with_409(kadir, units, hukum, world):
    asked = CHOICE | {"jenis": "merge", "penerus": [hukum.pk], "seen": "0" * 32}
    page = kadir.post(page_of(units.organisasi), asked)
    assert page.status_code == 409
    assert "berubah sejak Anda memeriksanya" in page.text
    assert not UnitSuccession.objects.exists()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "Pilih"),
        ({"jenis": "rename", "nama": "Biro Organisasi"}, "Nama ini masih yang sekarang"),
        ({"jenis": "rename", "nama": ""}, "Tulis nama yang baru"),
        ({"jenis": "move"}, "Pilih unit induk yang baru"),
        ({"jenis": "merge"}, "Pilih satu unit penerus"),
        ({"jenis": "split", "baru-1-nama": "Satu", "baru-1-kode": "1"}, "paling sedikit dua"),
        ({"jenis": "merge", "baru-1-nama": "Satu"}, "Tulis kode unit baru ini"),
        ({"jenis": "rename", "nama": "X", "berlaku": "13/13/2024"}, "berlaku"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(kadir, units, asked, sentence):
    page = kadir.get(page_of(units.organisasi), CHOICE | {"nama": "Ketikan"} | asked)
    assert sentence.lower() in page.text.lower()
    assert page.context["form"].errors
    assert f'value="{BASIS}"' in page.text


def test_a_refusal_of_the_service_is_shown_beside_its_field(kadir, units):
    asked = {"jenis": "rename", "nama": "Biro Baru", "berlaku": "1 Januari 2099", "dasar": BASIS}
    page = kadir.post(page_of(units.organisasi), asked)
    assert "tidak melewati hari ini" in str(page.context["form"].errors["berlaku"])
    assert 'value="Biro Baru"' in page.text


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("1 Januari 2099", "tidak melewati hari ini"), ("1 Maret 2024", "baru ada sejak 1 Juni 2024")],
)
def test_a_day_that_does_not_fit_is_refused_before_the_preview(kadir, units, hukum, day, sentence):
    Unit.objects.filter(pk=hukum.pk).update(from_date=date(2024, 6, 1))
    asked = CHOICE | {"jenis": "merge", "penerus": [hukum.pk], "berlaku": day}
    page = kadir.get(page_of(units.organisasi), asked)
    assert sentence in str(page.context["form"].errors["berlaku"])
    assert "Lakukan reorganisasi" not in page.text


def test_units_out_of_reach_are_neither_offered_nor_taken(kadir, units):
    page = kadir.get(page_of(units.organisasi))
    assert "Dinas Pariwisata" not in page.text
    page = kadir.get(
        page_of(units.organisasi), CHOICE | {"jenis": "merge", "penerus": [units.dinas.pk]}
    )
    assert page.context["form"].errors["penerus"]
    assert "Dinas Pariwisata" not in page.text
    assert kadir.get(page_of(units.dinas)).status_code == 404


def test_the_preview_costs_the_same_for_many_things(
    kadir, units, hukum, world, recommendation, django_assert_max_num_queries
):
    asked = CHOICE | {"jenis": "merge", "penerus": [hukum.pk]}
    for number in range(20):
        person = factories.make_user(f"orang{number}", unit=units.organisasi)
        factories.make_renaksi(recommendation, units.organisasi, person=person)
    with django_assert_max_num_queries(40):
        kadir.get(page_of(units.organisasi), asked)


def test_a_body_ends_and_moves_by_the_province_only(cast, units):
    """Its coordinator orders the parts, also below; a hospital of the Dinas is a body of its own."""
    hospital = factories.make_unit("RSUD", parent=units.dinas, kind=Unit.Kind.HOSPITAL)
    part = factories.make_unit("Bidang Destinasi", parent=units.dinas, kind=Unit.Kind.FIELD)
    new = {"baru-1": {"name": "Bidang Baru", "code": "bb", "kind": "field"}}
    plans = [
        arranged("move", fields={"parent": part}),
        arranged("merge", successors=into(part)),
        arranged("merge", new=new),
        arranged("split", successors={**into(part), **into(units.dinas)}),
    ]
    before = state()
    for plan in plans:
        with pytest.raises(ValidationError, match="koordinator provinsi"):
            do(cast.sari, hospital, plan)
    assert state() == before
    admin = factories.make_user("ada", "coordinator", units.province)
    do(admin, hospital, plans[1])
    assert not Unit.objects.get(pk=hospital.pk).is_active


def test_evaluators_stay_in_the_inspektorat(cast, units):
    part = factories.make_unit("Irban I", parent=units.inspektorat, kind=Unit.Kind.ASSISTANT)
    factories.make_user("irban", "evaluator", part, evaluates_all=True)
    admin = factories.make_user("ada", "coordinator", units.province)
    before = state()
    with pytest.raises(ValidationError, match="masih mempunyai evaluator"):
        do(admin, part, arranged("move", fields={"parent": units.dinas}))
    with pytest.raises(ValidationError, match="Irban.*Inspektorat"):
        do(admin, part, arranged("merge", successors=into(units.dinas)))
    assert state() == before
    do(admin, part, arranged("merge", successors=into(units.inspektorat)))
