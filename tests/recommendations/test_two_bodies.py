"""Two bodies with units and people of the same names: choices, filters, previews and sentences."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from recommendations.forms.bulk_plan import BulkForm, HandOverForm, HandOverPersonForm
from recommendations.forms.renaksi import PlanForm
from recommendations.forms.renaksi_list import FilterForm
from recommendations.forms.review import QueueForm
from recommendations.models import Renaksi
from recommendations.services import bulk_plan
from sakip.history.entries import HistoryEntry
from sakip.models import Unit, User
from sakip.roles import Role
from tests import factories

LIST = reverse("recommendations:renaksi-list")
BULK = reverse("recommendations:renaksi-bulk")
HAND_OVER = reverse("recommendations:hand-over")
PERSON = reverse("recommendations:hand-over-person")
STATUSES = ("open", "submitted", "returned", "done")


@pytest.fixture
def gita(units):
    """Coordinates the whole province."""
    return factories.make_user("gita", Role.COORDINATOR, units.province)


def furnish(body):
    """A Sekretariat and a Bidang with an Andi each, and renaksi in every status."""
    desk, field = (factories.make_unit(name, parent=body) for name in ("Sekretariat", "Bidang"))
    people = [
        factories.make_user(f"andi{unit.pk}", Role.OPERATOR, unit, name="Andi")
        for unit in (desk, field)
    ]
    recommendation = factories.make_recommendation(factories.make_evaluation(body, 2022))
    rows = [
        factories.make_renaksi(
            recommendation, desk, supporting=[field], status=status, person=people[0]
        )
        for status in STATUSES
    ]
    return SimpleNamespace(body=body, desk=desk, field=field, people=people, rows=rows)


@pytest.fixture
def both(units):
    return SimpleNamespace(setda=furnish(units.setda), dinas=furnish(units.dinas))


def labels(field):
    return [str(label).strip("\u2003\u2007") for value, label in field.choices if value]


def text_of(response):
    return " ".join(response.content.decode().split())


# ── Choices ─────────────────────────────────────────────────────────────────────────────────────
def fields_of(user, rows):
    """Every choice of a unit or a person around a renaksi."""
    bulk = BulkForm(user=user, rows=Renaksi.objects.visible_to(user))
    unit, person = HandOverForm(user=user), HandOverPersonForm(user=user)
    plan, queue = PlanForm(instance=rows[0]), QueueForm({}, user=user)
    found = {"filter": FilterForm({}, user=user), "bulk": bulk, "unit": unit, "person": person}
    found |= {"plan": plan, "queue": queue}
    return {
        f"{place}-{name}": field
        for place, form in found.items()
        for name, field in form.fields.items()
        if getattr(field, "queryset", None) is not None and field.queryset.model in (Unit, User)
    }


def test_every_choice_holds_only_what_the_person_reaches(cast, both):
    fields = fields_of(cast.sari, both.dinas.rows)
    assert len(fields) == 15
    ours = {both.dinas.body, both.dinas.desk, both.dinas.field}
    for name, field in fields.items():
        for found in field.queryset:
            assert (found.unit if isinstance(found, User) else found) in ours, name


def test_every_choice_tells_equal_names_apart(gita, both):
    for name, field in fields_of(gita, both.dinas.rows).items():
        shown = labels(field)
        assert len(set(shown)) == len(shown), (name, shown)


def test_within_one_body_a_unit_needs_no_body_and_a_person_the_unit(cast, both):
    fields = fields_of(cast.sari, both.dinas.rows)
    assert labels(fields["filter-unit"]) == ["Dinas Pariwisata", "Bidang", "Sekretariat"]
    assert labels(fields["filter-petugas"]) == ["Andi"]
    assert set(labels(fields["bulk-person"])) == {"Andi (Sekretariat)", "Andi (Bidang)"}


def test_in_the_province_a_person_carries_unit_and_body(gita, both):
    fields = fields_of(gita, both.dinas.rows)
    assert set(labels(fields["filter-petugas"])) == {
        "Andi (Sekretariat · Dinas Pariwisata)",
        "Andi (Sekretariat · Sekretariat Daerah)",
    }


def test_the_choices_cost_the_same_for_many_bodies(gita, units):
    def queries(count):
        for _ in range(count):
            furnish(factories.make_unit(parent=units.province, kind=Unit.Kind.BADAN))
        form = FilterForm({}, user=User.objects.get(pk=gita.pk))
        with CaptureQueriesContext(connection) as captured:
            shown = [labels(form.fields[name]) for name in ("unit", "petugas")]
        assert len(shown[1]) == Renaksi.objects.values("person").distinct().count()
        return len(captured)

    queries(2)
    assert queries(1) == queries(10)


# ── A body can be chosen wherever a unit can ────────────────────────────────────────────────────
def listed(client, **query):
    return {renaksi.pk for renaksi in client.get(LIST, query).context["page"]}


@pytest.mark.parametrize("part", [{}, {"peran": "lead"}])
def test_a_body_in_the_list_means_all_units_below_it(signed_in, gita, both, part):
    client = signed_in(gita)
    wanted = {row.pk for row in both.dinas.rows}
    assert listed(client, unit=both.dinas.body.pk, **part) == wanted
    assert listed(client, unit=both.dinas.body.pk, unit_saja="on", **part) == set()
    assert listed(client, unit=both.dinas.desk.pk, unit_saja="on", **part) == wanted


def test_a_body_out_of_reach_cannot_be_chosen(signed_in, cast, both):
    page = signed_in(cast.sari).get(LIST, {"unit": both.setda.body.pk})
    assert page.context["page"].rows == []
    assert "Pilihan ini tidak ada" in page.content.decode()


def test_all_of_a_body_are_changed_at_once(signed_in, gita, both):
    data = {"semua": "ya", "saringan": f"unit={both.dinas.body.pk}", "due_date": "1/12/2026"}
    signed_in(gita).post(BULK, data)
    changed = Renaksi.objects.filter(due_date=date(2026, 12, 1))
    assert {row.pk for row in changed} == {both.dinas.rows[0].pk, both.dinas.rows[2].pk}


# ── A preview promises what is written ──────────────────────────────────────────────────────────
def written():
    return HistoryEntry.objects.count()


def test_a_hand_over_writes_what_its_preview_counts(gita, both, units):
    places = [*Unit.objects.exclude(pk__in=[units.inspektorat.pk, units.umum.pk])]
    both.dinas.field.is_active = False
    both.dinas.field.save()
    seen = set()
    for giver in places:
        for taker in places:
            if giver == taker:
                continue
            pair = {"from_unit": giver, "to_unit": taker, "actor": gita}
            before, preview = written(), bulk_plan.hand_over_preview(**pair)
            outcome = bulk_plan.hand_over(**pair, at=timezone.now(), seen=preview.digest)
            assert written() - before == len(preview.changed) == len(outcome.changed)
            seen.add(len(preview.changed))
    assert len(seen) > 1


def test_a_hand_over_of_a_person_writes_what_its_preview_counts(gita, both):
    people = [*both.setda.people, *both.dinas.people]
    counts = set()
    for giver in people:
        for taker in people:
            pair = {"from_person": giver, "to_person": taker, "actor": gita}
            before, preview = written(), bulk_plan.hand_over_person_preview(**pair)
            bulk_plan.hand_over_person(**pair, at=timezone.now(), seen=preview.digest)
            assert written() - before == len(preview.changed)
            counts.add(len(preview.changed))
    assert counts == {0, 3}


@pytest.mark.parametrize("whose", ["setda", "dinas"])
@pytest.mark.parametrize("field", ["due_date", "lead_unit", "person", "add_units", "remove_units"])
def test_a_change_of_many_writes_what_its_preview_counts(signed_in, gita, both, whose, field):
    given = getattr(both, whose)
    value = {
        "due_date": "1/12/2026",
        "lead_unit": given.field.pk,
        "person": given.people[1].pk,
        "add_units": [given.body.pk],
        "remove_units": [given.field.pk],
    }[field]
    rows = [*both.setda.rows, *both.dinas.rows]
    data = {"renaksi": [row.pk for row in rows], field: value}
    client = signed_in(gita)
    page = client.post(BULK, data | {"periksa": "ya"})
    assert written() == 0
    count = page.context["count"]
    assert count == {"due_date": 4, "person": 3}.get(
        field, 2
    )  # the plan of what was sent is locked
    assert f"Ubah {count} rencana aksi</button>" in page.content.decode()
    answer = client.post(BULK, data | {"seen": page.context["outcome"].digest}, follow=True)
    assert written() == count
    bodies = (
        ["2 rencana aksi Sekretariat Daerah", "2 rencana aksi Dinas Pariwisata"]
        if count == 4
        else [f"{count} rencana aksi {given.body}"]
    )
    assert all(words in text_of(answer) for words in bodies)


def test_what_was_typed_after_the_preview_is_shown_before_it_is_written(signed_in, gita, both):
    data = {"renaksi": [both.dinas.rows[0].pk], "lead_unit": both.dinas.field.pk}
    client = signed_in(gita)
    seen = client.post(BULK, data | {"periksa": "ya"}).context["outcome"].digest
    page = client.post(BULK, data | {"seen": seen, "lead_unit": both.dinas.body.pk})
    assert (page.status_code, written()) == (409, 0)
    assert "Belum diubah." in text_of(page)


def test_the_page_counts_only_what_is_open(signed_in, gita, both):
    page = signed_in(gita).get(BULK, {"renaksi": [row.pk for row in both.dinas.rows]})
    assert "Ubah 3 rencana aksi sekaligus" in text_of(page)
    assert "1 lainnya sudah ditutup dan dilewati." in text_of(page)


def test_units_of_bodies_that_are_not_changed_are_not_offered(signed_in, gita, both):
    data = {"renaksi": [both.dinas.rows[0].pk], "lead_unit": both.setda.field.pk}
    page = signed_in(gita).post(BULK, data)
    assert "Tidak termasuk perangkat daerah dari rencana aksi yang dipilih." in text_of(page)
    assert written() == 0


def test_the_confirmation_of_a_hand_over_names_body_and_count(signed_in, gita, both):
    pair = {"dari": both.dinas.desk.pk, "ke": both.dinas.field.pk}
    client = signed_in(gita)
    page = text_of(client.get(HAND_OVER, pair))
    assert (
        "2 rencana aksi Dinas Pariwisata: 2 sebagai penanggung jawab dan 0 sebagai pendukung, "
        "dari Sekretariat · Dinas Pariwisata kepada Bidang · Dinas Pariwisata." in page
    )
    told = text_of(client.post(HAND_OVER, pair, follow=True))
    assert "2 rencana aksi Dinas Pariwisata dialihkan kepada Bidang · Dinas Pariwisata." in told


def test_the_confirmation_of_a_person_names_unit_and_body(signed_in, gita, both):
    Renaksi.objects.filter(pk__in=[row.pk for row in both.dinas.rows]).update(
        person=both.dinas.people[1]
    )
    pair = {"dari": both.dinas.people[1].pk, "ke": both.dinas.people[0].pk}
    client = signed_in(gita)
    who = "Andi (Sekretariat · Dinas Pariwisata)"
    assert f"kepada {who}." in text_of(client.get(PERSON, pair))
    told = text_of(client.post(PERSON, pair, follow=True))
    assert f"3 rencana aksi Dinas Pariwisata dialihkan kepada {who}." in told


def test_the_history_tells_two_units_of_one_name_apart(gita, both):
    """Two sections of one body have the same name."""
    first, second = (
        factories.make_unit("Seksi", parent=above) for above in (both.dinas.desk, both.dinas.field)
    )
    row = both.dinas.rows[0]
    for unit in (first, second):
        bulk_plan.change_many(renaksi_ids=[row.pk], actor=gita, at=timezone.now(), lead_unit=unit)
    [change] = HistoryEntry.objects.first().changes
    assert change == [
        "lead_unit",
        "Seksi · Sekretariat · Dinas Pariwisata",
        "Seksi · Bidang · Dinas Pariwisata",
    ]
