"""Who works on an item within its units (petugas): named, told, handed over."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Notice, Renaksi
from recommendations.services import bulk_plan
from recommendations.services.renaksi import create_renaksi, plan_renaksi
from reports.definitions import consistency
from sakip.history.entries import HistoryEntry
from tests import factories

URL = reverse("recommendations:hand-over-person")


@pytest.fixture
def ratna(units):
    return factories.make_user("ratna", "operator", units.organisasi)


def plan(renaksi, actor, person, **fields):
    fields = {"lead_unit": renaksi.lead_unit, "plan": renaksi.plan} | fields
    return plan_renaksi(renaksi=renaksi, actor=actor, at=timezone.now(), person=person, **fields)


@pytest.fixture
def entrusted(recommendation, units, cast):
    """Three items of Rina's: open, closed, and one that another unit leads."""
    make = factories.make_renaksi
    return {
        "open": make(recommendation, units.organisasi, person=cast.rina),
        "closed": make(recommendation, units.organisasi, person=cast.rina, status="done"),
        "shared": make(recommendation, units.umum, supporting=[units.organisasi], person=cast.rina),
    }


def persons():
    return dict(Renaksi.objects.values_list("pk", "person__username"))


def test_the_person_is_named_told_and_shown(renaksi, cast, signed_in):
    plan(renaksi, cast.kadir, cast.rina)
    assert Notice.objects.get(person=cast.rina).text.endswith("menjadi tugas Anda.")
    assert ["Petugas", "-", "Rina"] in HistoryEntry.objects.get().in_words
    client = signed_in(cast.rina)
    assert "petugas Rina" in client.get("/").text
    assert "<dt>Petugas</dt><dd>Rina</dd>" in client.get(renaksi.get_absolute_url()).text
    plan(renaksi, cast.kadir, cast.rina)
    assert Notice.objects.count() == 1


def test_the_person_is_told_once_of_a_new_item(recommendation, units, cast):
    """As petugas, not as somebody of the unit as well; others of the unit are told of the unit's task."""
    other = factories.make_user("rudi", "operator", units.organisasi)
    create_renaksi(
        plan="<p>Susun laporan</p>",
        recommendation=recommendation,
        actor=cast.kadir,
        at=timezone.now(),
        lead_unit=units.organisasi,
        person=cast.rina,
    )
    assert Notice.objects.get(person=cast.rina).text.endswith("menjadi tugas Anda.")
    assert Notice.objects.get(person=other).text.endswith("menjadi tugas unit Anda.")


def test_only_somebody_of_its_units(renaksi, cast):
    with pytest.raises(ValidationError, match="bukan anggota"):
        plan(renaksi, cast.kadir, cast.umar)


def test_open_items_go_to_another_person(entrusted, ratna, cast, signed_in):
    shown = signed_in(cast.kadir).get(URL, {"dari": cast.rina.pk, "ke": ratna.pk}).text
    assert "Alihkan 2 rencana aksi" in shown
    assert set(persons().values()) == {"rina"}
    signed_in(cast.kadir).post(URL, {"dari": cast.rina.pk, "ke": ratna.pk})
    after = persons()
    assert [after[entrusted[name].pk] for name in ("open", "shared", "closed")] == [
        "ratna",
        "ratna",
        "rina",
    ]
    entries = HistoryEntry.objects.all()
    assert (len(entries), len({entry.batch for entry in entries})) == (2, 1)
    assert {entry.in_words[0][0] for entry in entries} == {"Petugas"}
    assert Notice.objects.filter(person=ratna).count() == 2


def test_whose_unit_has_no_part_is_skipped_with_the_reason(entrusted, cast, signed_in):
    page = signed_in(cast.kadir).post(URL, {"dari": cast.rina.pk, "ke": cast.umar.pk}, follow=True)
    assert "Unit Umar tidak berperan di dalamnya." in page.text
    after = persons()
    assert after[entrusted["open"].pk] == "rina"
    assert after[entrusted["shared"].pk] == "umar"


def test_who_left_gives_but_does_not_take(entrusted, cast, signed_in):
    cast.rina.is_active = False
    cast.rina.save()
    page = signed_in(cast.kadir).get(URL, {"dari": cast.rina.pk, "ke": cast.rina.pk}).text
    assert "Pilihan ini tidak ada. Pilih petugas penerima yang lain." in page
    assert "Rina (Biro Organisasi)" in page


def test_a_unit_that_loses_its_part_takes_its_person_along(entrusted, cast, units):
    bulk_plan.hand_over(
        from_unit=units.organisasi, to_unit=units.umum, actor=cast.kadir, at=timezone.now()
    )
    assert persons()[entrusted["open"].pk] is None
    rows = HistoryEntry.objects.about(entrusted["open"]).get().in_words
    assert ["Petugas", "Rina", "-"] in rows


def test_many_at_once(recommendation, units, cast, ratna):
    rows = [factories.make_renaksi(recommendation, units.organisasi) for _ in range(2)]
    rows.append(factories.make_renaksi(recommendation, units.umum))
    outcome = bulk_plan.change_many(
        renaksi_ids=[row.pk for row in rows], actor=cast.kadir, at=timezone.now(), person=ratna
    )
    assert (len(outcome.changed), list(outcome.skipped)) == (
        2,
        ["Unit Ratna tidak berperan di dalamnya."],
    )


def test_the_page_counts_only_what_can_go_over(entrusted, cast, signed_in):
    page = signed_in(cast.kadir).get(URL, {"dari": cast.rina.pk, "ke": cast.umar.pk}).text
    assert "Alihkan 1 rencana aksi" in page
    assert "1 dilewati karena Biro Umum tidak berperan di dalamnya." in page


def test_who_loses_the_part_in_it_by_the_plan_is_taken_off_on_record(
    renaksi, cast, units, signed_in
):
    plan(renaksi, cast.kadir, cast.rina)
    page = signed_in(cast.kadir).post(
        reverse("recommendations:renaksi-plan", args=[renaksi.pk]),
        {"plan": "", "lead_unit": units.umum.pk, "person": cast.rina.pk},
        follow=True,
    )
    assert "Rina tidak lagi menjadi petugas" in page.text
    assert persons()[renaksi.pk] is None
    rows = HistoryEntry.objects.about(renaksi).first().in_words
    assert ["Petugas", "Rina", "-"] in rows


def test_a_person_who_moved_is_taken_off_with_the_next_plan(renaksi, cast, units):
    plan(renaksi, cast.kadir, cast.rina)
    move(cast.rina, unit=units.dinas)
    renaksi.refresh_from_db()
    moved = type(cast.rina).objects.get(pk=cast.rina.pk)
    plan(renaksi, cast.kadir, moved, plan="<p>Lain</p>")
    assert persons()[renaksi.pk] is None


def move(person, **fields):
    type(person).objects.filter(pk=person.pk).update(**fields)


@pytest.mark.parametrize(
    ("change", "words"),
    [("is_active", "sudah tidak aktif"), ("unit", "unitnya tidak lagi berperan di sini")],
)
def test_items_say_that_their_person_left(renaksi, cast, units, signed_in, change, words):
    plan(renaksi, cast.kadir, cast.rina)
    factories.make_user("ratna", "operator", units.organisasi)
    move(cast.rina, **{change: {"is_active": False, "unit": units.dinas}[change]})
    client = signed_in(cast.kadir)
    shown = [client.get(renaksi.get_absolute_url()).text, client.get("/renaksi/").text]
    shown.append(signed_in(type(cast.rina).objects.get(username="ratna")).get("/").text)
    assert [words in page for page in shown] == [True, True, True]
    found = consistency.find(cast.kadir, on=date(2026, 3, 2)).waiting
    [finding] = [row for row in found if row.code == "person-left"]
    assert finding.message.startswith(f"Petugas Rina {words}.")


@pytest.mark.parametrize("status", ["done", "not_actionable"])
def test_a_closed_item_keeps_who_worked_on_it(renaksi, cast, status):
    plan(renaksi, cast.kadir, cast.rina)
    move(cast.rina, is_active=False)
    Renaksi.objects.update(status=status, not_actionable_reason="x")
    assert Renaksi.objects.for_check().get().person_problem == ""


def test_whose_unit_still_has_a_part_is_no_problem(renaksi, cast, units):
    plan(renaksi, cast.kadir, cast.rina, lead_unit=units.umum, supporting_units=[units.organisasi])
    assert Renaksi.objects.for_check().get().person_problem == ""
