"""The coordinator keeps objectives and indicators."""

import pytest
from django.urls import reverse

from performance.models import Indicator, Objective
from sakip.history.entries import HistoryEntry
from tests import factories


@pytest.fixture
def objective(units):
    return factories.make_objective(units.setda)


@pytest.fixture
def coordinator(cast, signed_in):
    return signed_in(cast.kadir)


def sources(*rows, stored=0):
    """What the rows “Sumber” of the form send: (year, text[, id[, delete]])."""
    data = {"sources-TOTAL_FORMS": len(rows), "sources-INITIAL_FORMS": stored}
    for number, row in enumerate(rows):
        for name, value in zip(("year", "text", "id", "DELETE"), row, strict=False):
            data[f"sources-{number}-{name}"] = value
    return data


def indicator_data(units, **fields):
    return {
        "version": 0,
        "number": 1,
        "name": "Indeks Kelembagaan",
        "measure": "Indeks",
        "owner_unit": units.organisasi.pk,
        "polarity": "higher",
        "accumulation": "once",
        "decimals": 2,
    } | fields


def test_an_objective_is_made_with_its_source(coordinator, cast, units):
    data = {"unit": units.setda.pk, "number": 1, "name": ""} | sources(
        (2023, "data Biro"), ("", "")
    )
    response = coordinator.post(reverse("performance:objective-create"), data)
    objective = Objective.objects.get()
    assert response.url == objective.get_absolute_url()
    assert str(objective) == "Sasaran 1"
    assert objective.sources.get().text == "data Biro"
    [entry] = HistoryEntry.objects.about(objective)
    assert (entry.action, entry.actor) == ("create", cast.kadir)
    assert ["2023 · Sumber", "-", "data Biro"] in entry.in_words


def test_sources_are_changed_and_taken_away(coordinator, objective):
    old = objective.sources.create(year=2022, text="lama")
    kept = objective.sources.create(year=2023, text="data Biro")
    rows = sources((2022, "lama", old.pk, "on"), (2023, "data Biro diolah", kept.pk), stored=2)
    url = reverse("performance:objective-edit", args=[objective.pk])
    coordinator.post(url, {"version": 0, "number": 1, "name": "Tata kelola"} | rows)
    assert list(objective.sources.values_list("year", "text")) == [(2023, "data Biro diolah")]
    [entry] = HistoryEntry.objects.about(objective)
    assert entry.in_words == [
        ["Nama sasaran", "-", "Tata kelola"],
        ["2022 · Sumber", "lama", "-"],
        ["2023 · Sumber", "data Biro", "data Biro diolah"],
    ]


def test_one_source_per_year_and_one_number_per_body(coordinator, objective, units):
    url = reverse("performance:objective-create")
    data = {"unit": units.setda.pk, "number": 1, "name": "Kembar"} | sources(
        (2023, "satu"), (2023, "dua")
    )
    page = coordinator.post(url, data).content.decode()
    assert "Nomor sasaran ini sudah dipakai." in page
    assert 'value="Kembar"' in page
    page = coordinator.post(url, data | {"number": 2}).content.decode()
    assert 'value="dua"' in page
    assert Objective.objects.count() == 1


def test_only_bodies_within_reach_have_objectives(coordinator, units):
    for unit in (units.dinas, units.organisasi):
        data = {"unit": unit.pk, "number": 1} | sources()
        assert coordinator.post(reverse("performance:objective-create"), data).status_code == 200
    assert not Objective.objects.exists()


def test_an_indicator_is_made(coordinator, objective, units):
    url = reverse("performance:indicator-create", args=[objective.pk])
    assert 'name="number" value="1"' in coordinator.get(url).content.decode()
    response = coordinator.post(url, indicator_data(units, scale="WTP>WDP"))
    indicator = objective.indicators.get()
    assert response.url == indicator.get_absolute_url()
    assert (indicator.scale, indicator.owner_unit) == ("WTP > WDP", units.organisasi)
    assert HistoryEntry.objects.about(indicator).get().action == "create"


def test_an_indicator_is_changed(coordinator, objective, units):
    indicator = factories.make_indicator(objective, units.organisasi)
    url = reverse("performance:indicator-edit", args=[indicator.pk])
    coordinator.post(url, indicator_data(units, year_to=2023, owner_unit=units.umum.pk))
    indicator.refresh_from_db()
    assert (indicator.year_to, indicator.owner_unit) == (2023, units.umum)
    entry = HistoryEntry.objects.about(indicator).get()
    assert ["Unit pemilik", "Biro Organisasi", "Biro Umum"] in entry.in_words


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"scale": "WTP"}, "Tulis sedikitnya dua nilai yang berbeda"),
        ({"scale": "WTP > > TMP"}, "Tulis sedikitnya dua nilai yang berbeda"),
        ({"year_from": 2024, "year_to": 2023}, "tidak boleh mendahului"),
        ({"number": 2}, "Nomor indikator ini sudah dipakai pada sasaran yang sama."),
        ({"name": "Kembar"}, "Unit ini sudah mempunyai indikator dengan nama yang sama"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_on_screen(
    coordinator, objective, units, fields, sentence
):
    factories.make_indicator(objective, units.organisasi, "Kembar", number=2)
    url = reverse("performance:indicator-create", args=[objective.pk])
    page = coordinator.post(url, indicator_data(units, code="IKU-7", **fields)).content.decode()
    assert sentence in page
    assert 'value="IKU-7"' in page
    assert Indicator.objects.count() == 1


def test_the_owner_is_active_and_within_reach(coordinator, objective, units):
    units.umum.is_active = False
    units.umum.save(update_fields=["is_active"])
    url = reverse("performance:indicator-create", args=[objective.pk])
    for unit in (units.umum, units.dinas):
        coordinator.post(url, indicator_data(units, owner_unit=unit.pk))
    assert not Indicator.objects.exists()


def test_an_owner_switched_off_may_stay(coordinator, objective, units):
    indicator = factories.make_indicator(objective, units.umum)
    units.umum.is_active = False
    units.umum.save(update_fields=["is_active"])
    url = reverse("performance:indicator-edit", args=[indicator.pk])
    assert coordinator.post(url, indicator_data(units, owner_unit=units.umum.pk)).status_code == 302


def test_a_part_belongs_to_a_total_of_the_same_objective(coordinator, objective, units):
    total = factories.make_indicator(objective, units.organisasi, "Jumlah")
    part = factories.make_indicator(objective, units.organisasi, "Bagian", parent=total)
    elsewhere = factories.make_indicator(
        factories.make_objective(units.setda, 2), units.organisasi, "Lain"
    )
    url = reverse("performance:indicator-create", args=[objective.pk])
    for parent in (part, elsewhere):
        page = coordinator.post(url, indicator_data(units, number=5, parent=parent.pk))
        assert page.status_code == 200
    data = indicator_data(units, number=5, parent=total.pk)
    assert coordinator.post(url, data).status_code == 302
