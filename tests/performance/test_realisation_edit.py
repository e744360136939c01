"""One year of one indicator: figure, reason, target; and two people at once."""

from decimal import Decimal

import pytest
from django.urls import reverse

from performance.models import Realisation
from sakip.history.entries import HistoryEntry
from tests import factories

D = Decimal
FIELDS = (
    "value missing mark footnote annotation decimals source reported_change reported_achievement"
)
EMPTY = dict.fromkeys([*FIELDS.split(), "target-value", "target-high"], "")


@pytest.fixture
def indicator(units):
    """Of Biro Organisasi; 2022 is known."""
    objective = factories.make_objective(units.setda)
    return factories.make_indicator(objective, units.organisasi, values={2022: D(90)})


@pytest.fixture
def post(signed_in, indicator):
    """post(person, year=2023, **fields): what the form sends, empty but for `fields`."""

    def send(person, *, year=2023, target=indicator, **fields):
        url = reverse("performance:realisation-edit", args=[target.pk, year])
        data = EMPTY | {"version": "0"} | {name.replace("__", "-"): v for name, v in fields.items()}
        return signed_in(person).post(url, data)

    return send


def stored(indicator, year=2023):
    return indicator.realisations.get(year=year)


def test_the_owner_enters_a_figure(indicator, cast, post):
    response = post(cast.rina, value="87,5", source="Survei")
    assert response.status_code == 302
    assert response.url == indicator.get_absolute_url()
    figure = stored(indicator)
    assert (figure.value, figure.source, figure.version) == (D("87.5"), "Survei", 1)
    [entry] = HistoryEntry.objects.about(indicator)
    assert (entry.action, entry.actor) == ("realise", cast.rina)
    assert ["2023 · Realisasi", "-", "87,50"] in entry.in_words


@pytest.mark.parametrize("typed", ["102", "102,00", "-74,95", "0"])
def test_above_a_hundred_below_zero_and_zero_are_figures(indicator, cast, post, typed):
    indicator.realisations.all().delete()
    assert post(cast.rina, value=typed).status_code == 302
    assert stored(indicator).value == D(typed.replace(",", "."))


def test_an_ambiguous_figure_is_refused_with_both_readings(indicator, cast, post):
    response = post(cast.rina, value="87.500", source="Survei")
    page = response.content.decode()
    assert response.status_code == 200
    assert "dapat dibaca dua cara" in page
    assert 'name="value" value="87500"' in page
    assert 'name="value" value="87,5"' in page
    assert 'value="Survei"' in page
    assert not indicator.realisations.filter(year=2023).exists()


@pytest.mark.parametrize("typed", ["900", "9"])
def test_ten_times_or_a_tenth_is_asked_about_and_nothing_typed_is_lost(
    indicator, cast, post, typed
):
    response = post(cast.rina, value=typed, annotation="peringkat 4")
    page = response.content.decode()
    assert "Ya, nilai ini benar" in page
    assert "(90,00)" in page
    assert f'value="{typed}"' in page
    assert 'value="peringkat 4"' in page
    assert not indicator.realisations.filter(year=2023).exists()
    assert post(cast.rina, value=typed, is_confirmed="on").status_code == 302
    assert stored(indicator).value == D(typed)


def test_a_figure_confirmed_before_is_not_asked_about_again(indicator, cast, post):
    post(cast.rina, value="900", is_confirmed="on")
    assert post(cast.rina, value="900", version="1", source="Survei").status_code == 302


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Isi realisasi, atau pilih alasan mengapa kosong."),
        ({"value": "5", "missing": "not_released"}, "jangan keduanya"),
        ({"value": "lima"}, "bukan angka yang dikenal"),
    ],
)
def test_exactly_one_of_figure_and_reason(indicator, cast, post, fields, sentence):
    assert sentence in post(cast.rina, **fields).content.decode()
    assert not indicator.realisations.filter(year=2023).exists()


def test_an_empty_year_has_a_reason_and_is_not_zero(indicator, cast, post):
    post(cast.rina, missing="not_released")
    figure = stored(indicator)
    assert (figure.value, figure.get_missing_display()) == (None, "Belum rilis")


def test_a_text_is_chosen_from_the_scale(indicator, cast, post, units):
    opinion = factories.make_indicator(
        indicator.objective, units.organisasi, "Opini", scale="WTP > WDP > TW > TMP"
    )
    page = post(cast.rina, target=opinion, text_value="Baik").content.decode()
    assert "Pilihan ini tidak ada" in page
    assert not opinion.realisations.exists()
    assert post(cast.rina, target=opinion, text_value="WTP").status_code == 302
    assert stored(opinion).text_value == "WTP"


def test_saving_the_same_again_leaves_no_trace(indicator, cast, post):
    post(cast.rina, value="87,5")
    post(cast.rina, value="87,50", version="1")
    assert HistoryEntry.objects.about(indicator).count() == 1
    assert stored(indicator).version == 1


def test_the_later_of_two_is_shown_both_and_overwrites_nothing(indicator, cast, post):
    post(cast.rina, value="88", source="Angka Rina")
    response = post(cast.kadir, value="91", source="Angka Kadir")
    page = response.content.decode()
    assert response.status_code == 409
    assert "orang lain menyimpan lebih dahulu" in page
    assert "Angka Rina" in page
    assert 'value="91"' in page
    assert 'value="Angka Kadir"' in page
    assert 'name="version" value="1"' in page
    assert stored(indicator).value == D(88)
    assert post(cast.kadir, value="91", version="1").status_code == 302
    assert stored(indicator).value == D(91)


def test_the_coordinator_plans_and_keeps_what_was_printed(indicator, cast, post):
    post(cast.kadir, value="95", reported_change="5,55", target__value="90", target__high="96")
    assert stored(indicator).reported_change == D("5.55")
    target = indicator.targets.get(year=2023)
    assert (target.value, target.high) == (D(90), D(96))
    assert HistoryEntry.objects.about(indicator).count() == 1


def test_a_target_may_stand_before_its_figure_and_go_again(indicator, cast, post):
    assert post(cast.kadir, year=2024, target__value="92").status_code == 302
    assert not indicator.realisations.filter(year=2024).exists()
    assert indicator.targets.get(year=2024).value == D(92)
    post(cast.kadir, year=2024, missing="not_released")
    assert not indicator.targets.filter(year=2024).exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"target__value": "96", "target__high": "90"}, "tidak boleh di bawah batas bawahnya"),
        ({"target__high": "90"}, "Isi batas bawah rentang ini."),
        ({"target__value": "92.500"}, "dapat dibaca dua cara"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(indicator, cast, post, fields, sentence):
    response = post(cast.kadir, value="95", **fields)
    assert sentence in response.content.decode()
    assert not indicator.realisations.filter(year=2023).exists()


def test_the_operator_can_neither_plan_nor_set_what_was_printed(indicator, cast, post):
    post(cast.rina, value="95", reported_change="1", target__value="1")
    assert stored(indicator).reported_change is None
    assert not indicator.targets.exists()


def test_the_operators_save_keeps_the_coordinators_figures(indicator, cast, post):
    indicator.targets.create(year=2023, value=92)
    Realisation.objects.create(indicator=indicator, year=2023, value=94, reported_change=4)
    post(cast.rina, value="95")
    assert stored(indicator).reported_change == D(4)
    assert indicator.targets.get(year=2023).value == D(92)


@pytest.mark.parametrize(("year", "status"), [(2022, 409), (2023, 302), (2024, 302), (2025, 409)])
def test_only_years_of_its_life_can_be_entered(indicator, cast, post, year, status):
    indicator.year_from, indicator.year_to = 2023, 2024
    indicator.save(update_fields=["year_from", "year_to"])
    assert post(cast.rina, year=year, value="88").status_code == status
