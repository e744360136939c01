"""The coordinator's part: what is planned, by whom, until when."""

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import RecommendationPoint, Renaksi
from sakip.history.entries import HistoryEntry
from tests import factories


def posted(lead, **fields):
    return {"plan": "<p>Menyusun pedoman</p>", "lead_unit": lead.pk, "point": "", **fields}


def create(client, recommendation, data):
    return client.post(reverse("recommendations:renaksi-create", args=[recommendation.pk]), data)


def plan(client, renaksi, data):
    return client.post(reverse("recommendations:renaksi-plan", args=[renaksi.pk]), data)


def test_a_renaksi_is_appended(signed_in, cast, renaksi, units):
    data = posted(units.umum, supporting_units=[units.organisasi.pk], due_date="31 Desember 2026")
    response = create(signed_in(cast.kadir), renaksi.recommendation, data)
    new = Renaksi.objects.latest("pk")
    assert response.url == new.get_absolute_url()
    assert (new.position, new.lead_unit, str(new.due_date)) == (2, units.umum, "2026-12-31")
    assert list(new.supporting_units.all()) == [units.organisasi]
    entry = HistoryEntry.objects.get()
    assert (entry.action, entry.label) == ("create", "Renaksi 1.b")
    assert ["Batas waktu", "-", "31 Desember 2026"] in entry.in_words


def test_the_plan_changes_without_touching_the_status(signed_in, cast, renaksi, units):
    Renaksi.objects.update(status="returned")
    response = plan(signed_in(cast.kadir), renaksi, posted(units.umum))
    assert response.status_code == 302
    renaksi.refresh_from_db()
    assert (renaksi.lead_unit, renaksi.status, renaksi.version) == (units.umum, "returned", 0)
    entry = HistoryEntry.objects.get()
    assert entry.action == "plan"
    assert ["Penanggung jawab", "Biro Organisasi", "Biro Umum"] in entry.in_words


def test_saving_the_same_plan_leaves_no_row(signed_in, cast, renaksi, units):
    plan(signed_in(cast.kadir), renaksi, posted(units.organisasi, plan=renaksi.plan))
    assert not HistoryEntry.objects.exists()


@pytest.mark.parametrize("field", ["lead_unit", "supporting_units"])
@pytest.mark.parametrize("case", ["inactive", "elsewhere"])
def test_units_switched_off_or_of_another_body_are_refused(
    signed_in, cast, renaksi, units, field, case
):
    unit = units.dinas if case == "elsewhere" else units.umum
    unit.is_active = case != "inactive"
    unit.save()
    data = posted(units.organisasi) | {field: unit.pk}
    response = plan(signed_in(cast.kadir), renaksi, data)
    assert response.status_code == 200
    assert "Unit ini tidak aktif atau bukan bagian" in response.content.decode()


def test_a_unit_switched_off_later_may_stay(signed_in, cast, renaksi, units):
    units.organisasi.is_active = False
    units.organisasi.save()
    response = plan(signed_in(cast.kadir), renaksi, posted(units.organisasi, plan="<p>Lain</p>"))
    assert response.status_code == 302


def test_the_lead_needs_no_naming_as_support(signed_in, cast, renaksi, units):
    data = posted(units.umum, supporting_units=[units.umum.pk])
    assert "sudah menjadi penanggung jawab" in (
        plan(signed_in(cast.kadir), renaksi, data).content.decode()
    )


def test_a_point_of_another_recommendation_is_refused(signed_in, cast, renaksi, units):
    other = factories.make_recommendation(renaksi.recommendation.evaluation)
    point = RecommendationPoint.objects.create(recommendation=other, position=1, text="<p>x</p>")
    response = plan(signed_in(cast.kadir), renaksi, posted(units.umum, point=point.pk))
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("who", "code"), [("rina", 403), ("dewi", 403), ("laila", 403), ("umar", 404), ("sari", 404)]
)
@pytest.mark.parametrize("name", ["renaksi-plan", "renaksi-delete"])
def test_only_the_coordinator_plans(signed_in, cast, renaksi, units, name, who, code):
    client = signed_in(getattr(cast, who))
    url = reverse(f"recommendations:{name}", args=[renaksi.pk])
    assert client.get(url).status_code == code
    assert client.post(url, posted(units.umum)).status_code == code


@pytest.mark.parametrize(("who", "code"), [("rina", 403), ("dewi", 403), ("sari", 404)])
def test_only_the_coordinator_creates(signed_in, cast, recommendation, units, who, code):
    response = create(signed_in(getattr(cast, who)), recommendation, posted(units.umum))
    assert response.status_code == code


def test_what_nobody_worked_on_is_deleted_and_letters_move_up(
    signed_in, cast, recommendation, units
):
    first, second, third = (
        factories.make_renaksi(recommendation, units.organisasi) for _ in range(3)
    )
    url = reverse("recommendations:renaksi-delete", args=[first.pk])
    client = signed_in(cast.kadir)
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    rows = recommendation.renaksi.values_list("pk", "position")
    assert list(rows) == [(second.pk, 1), (third.pk, 2)]
    entry = HistoryEntry.objects.about(recommendation).get()
    assert (entry.action, entry.in_words[0][0]) == ("delete_renaksi", "Renaksi 1.a")


def test_what_somebody_worked_on_is_not_deleted(signed_in, cast, renaksi):
    url = reverse("recommendations:renaksi-delete", args=[renaksi.pk])
    client = signed_in(cast.kadir)
    assert client.post(url).status_code == 409
    renaksi.evidence.all().delete()
    Renaksi.objects.update(status="returned")
    assert client.post(url).status_code == 409
    Renaksi.objects.update(status="open")
    renaksi.comments.create(author=cast.rina, text="Halo", written_at=timezone.now())
    assert client.post(url).status_code == 409
    assert Renaksi.objects.exists()


def test_a_delete_button_stands_only_where_it_works(signed_in, cast, renaksi):
    client = signed_in(cast.kadir)
    url = reverse("recommendations:renaksi-plan", args=[renaksi.pk])
    assert "Hapus" not in client.get(url).content.decode()
    renaksi.evidence.all().delete()
    assert "Hapus" in client.get(url).content.decode()
