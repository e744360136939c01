"""An objective or an indicator made by mistake is deleted while nothing hangs on it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from performance.models import Indicator, Objective, Realisation
from performance.services.indicators import create_indicator, delete_indicator, edit_indicator
from performance.services.locked_years import lock_year
from performance.services.objectives import delete_objective
from sakip.editing import StaleEdit
from sakip.errors import Gone, WrongState
from sakip.history.entries import HistoryEntry
from tests import factories
from tests.browsing import fields_of


@pytest.fixture
def objective(units):
    objective = factories.make_objective(units.setda, name="Tata kelola")
    objective.sources.create(year=2023, text="Biro Organisasi")
    return objective


@pytest.fixture
def indicator(objective, units):
    return factories.make_indicator(objective, units.organisasi, "Indeks RB")


def address(name, record):
    return reverse(f"performance:{name}", args=[record.pk])


def by(person):
    return {"actor": person, "at": timezone.now()}


def test_an_indicator_without_figures_goes_and_its_objective_remembers(
    signed_in, cast, indicator, objective
):
    indicator.targets.create(year=2024, value=80)
    client, url = signed_in(cast.kadir), address("indicator-delete", indicator)
    page = client.get(url)
    assert "Hapus Indeks RB?" in page.text
    answer = client.post(url, fields_of(page))
    assert answer.url == objective.get_absolute_url()
    assert not Indicator.objects.exists()
    entry = HistoryEntry.objects.about(objective).get()
    assert (entry.action, entry.actor) == ("delete_indicator", cast.kadir)
    assert ["Nama indikator", "Indeks RB", "-"] in entry.in_words
    assert ["2024 · Target", "80,00", "-"] in entry.in_words
    assert client.get(objective.get_absolute_url()).status_code == 200


def test_figures_keep_an_indicator(signed_in, cast, indicator):
    Realisation.objects.create(indicator=indicator, year=2023, value=80)
    for method in ("get", "post"):
        answer = getattr(signed_in(cast.kadir), method)(address("indicator-delete", indicator))
        assert answer.status_code == 409
        assert "Indikator ini mempunyai 1 realisasi, jadi tidak dapat dihapus." in answer.text
    assert Indicator.objects.exists()


def test_a_year_without_a_figure_does_not(cast, indicator):
    Realisation.objects.create(indicator=indicator, year=2023, missing="unknown")
    delete_indicator(indicator=indicator, **by(cast.kadir))
    assert not Indicator.objects.exists()


def test_a_locked_year_does(cast, indicator, units):
    indicator.targets.create(year=2023, value=80)
    lock_year(unit=units.setda, year=2023, **by(cast.kadir))
    with pytest.raises(WrongState, match="tahun 2023, yang sudah dikunci"):
        delete_indicator(indicator=indicator, **by(cast.kadir))


def test_parts_keep_their_total(cast, indicator, objective, units):
    factories.make_indicator(objective, units.umum, parent=indicator)
    with pytest.raises(WrongState, match="mempunyai 1 indikator"):
        delete_indicator(indicator=indicator, **by(cast.kadir))


def test_an_objective_without_indicators_goes_and_its_body_remembers(
    signed_in, cast, objective, units
):
    client, url = signed_in(cast.kadir), address("objective-delete", objective)
    page = client.get(url)
    assert "Tata kelola" in page.text
    assert client.post(url, fields_of(page)).url == reverse("performance:indicator-table")
    assert not Objective.objects.exists()
    entry = HistoryEntry.objects.about(units.setda).get()
    assert ["Nama sasaran", "Tata kelola", "-"] in entry.in_words
    assert ["2023 · Sumber", "Biro Organisasi", "-"] in entry.in_words


def test_indicators_keep_their_objective(signed_in, cast, objective, indicator):
    answer = signed_in(cast.kadir).get(address("objective-delete", objective))
    assert answer.status_code == 409
    assert "Sasaran ini mempunyai 1 indikator, jadi tidak dapat dihapus." in answer.text


def test_what_somebody_changed_since_is_not_deleted(cast, objective, indicator):
    edit_indicator(indicator=indicator, name="Indeks lain", **by(cast.kadir))
    with pytest.raises(StaleEdit):
        delete_indicator(indicator=indicator, version=0, **by(cast.kadir))
    assert Indicator.objects.exists()


def test_what_is_gone_is_said_to_be_gone(cast, objective, indicator):
    delete_indicator(indicator=Indicator.objects.get(), **by(cast.kadir))
    with pytest.raises(Gone):
        edit_indicator(indicator=indicator, name="Lain", **by(cast.kadir))
    delete_objective(objective=Objective.objects.get(), **by(cast.kadir))
    new = {"objective": objective, "owner_unit": objective.unit, "number": 1}
    with pytest.raises(Gone):
        create_indicator(**new, name="Baru", measure="%", **by(cast.kadir))
