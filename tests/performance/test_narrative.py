"""A sentence for every shape of figures; nothing is said that they do not hold."""

import re
from decimal import Decimal

import pytest

from performance.models import Indicator
from performance.rules.sentences import sentence
from performance.selectors.indicator_tables import indicator_row
from tests import factories
from tests.performance.source import INDICATORS, make_source


@pytest.fixture
def told(units):
    """told(2022=…, 2023=…) is the sentence on 2023 of an indicator with these values."""

    def told(before, now, *, target=None, high=None, latest=None, **fields):
        values = {2022: before, 2023: now}
        values = {year: value and Decimal(value) for year, value in values.items()}
        fields = {"measure": "Persentase"} | fields
        objective = factories.make_objective(units.setda)
        indicator = factories.make_indicator(objective, units.organisasi, values=values, **fields)
        if latest:
            indicator.realisations.filter(year=2023).update(**latest)
        if target:
            indicator.targets.create(year=2023, value=target, high=high)
        return sentence(indicator_row(Indicator.objects.get(), [2022, 2023]))

    return told


@pytest.mark.parametrize(
    ("before", "now", "options", "says"),
    [
        ("90", "95", {"target": "90"}, "95,00, naik 5,00 poin (5,56 %) dari 2022, di atas target 90,00."),
        ("102", "101.59", {}, "101,59, turun 0,41 poin (0,40 %) dari 2022."),
        ("100", "100", {"target": "100"}, "100,00, tetap seperti 2022, sesuai target 100,00."),
        ("0", "5", {}, "5,00, naik 5,00 poin dari 2022."),
        (None, "5", {}, "5,00, belum dapat dibandingkan: tidak ada realisasi 2022 (belum rilis)."),
        ("80", "70", {"target": "75"}, "70,00, turun 10,00 poin (12,50 %) dari 2022, belum mencapai target 75,00."),
        ("12", "9", {"polarity": "lower", "target": "10"}, "9,00, turun 3,00 poin (25,00 %) dari 2022, yaitu membaik, lebih baik daripada target 10,00."),
        ("9", "12", {"polarity": "lower", "target": "10"}, "12,00, naik 3,00 poin (33,33 %) dari 2022, yaitu memburuk, belum mencapai target 10,00."),
        ("80", "85", {"target": "80", "high": "90"}, "85,00, naik 5,00 poin (6,25 %) dari 2022, sesuai target 80,00 – 90,00."),
        ("3", "5", {"measure": "Dokumen", "decimals": 0}, "5, naik 2 Dokumen (66,67 %) dari 2022."),
        ("0.5", "0.598", {"target": "0.6", "measure": "Indeks"}, "0,598, naik 0,098 poin (19,60 %) dari 2022, belum mencapai target 0,600."),
        ("0.6", "0.6", {"target": "0.5999", "measure": "Indeks"}, "0,6000, tetap seperti 2022, di atas target 0,5999."),
        ("1000", "1000.001", {"measure": "Dokumen"}, "1.000,001, naik 0,001 Dokumen (0,0001 %) dari 2022."),
        ("3.51", "3.51", {"measure": "Skor", "latest": {"is_carried_over": True}}, "3,51, belum dapat dibandingkan: nilai 2023 memakai skor 2022."),
    ],
)  # fmt: skip
def test_sentences(told, before, now, options, says):
    assert told(before, now, **options) == f"Realisasi 2023 {says}"


def test_a_missing_figure_says_why(told):
    assert (
        told("90", None, latest={"missing": "not_released"})
        == "Realisasi 2023 belum ada: belum rilis."
    )


def test_texts_move_by_steps(told):
    scale = "WTP > WDP > TW"
    latest = {"value": None, "text_value": "WTP", "missing": ""}
    said = told("1", "2", scale=scale, latest=latest)
    assert said == "Realisasi 2023 WTP, tidak dapat dibandingkan dengan 1,00 pada 2022."


def test_every_figure_of_the_source_is_the_oracles(units):
    make_source(units.setda, units.organisasi)
    for _, name, _, printed, _, right in INDICATORS:
        row = indicator_row(Indicator.objects.get(name=name), [2022, 2023])
        said = sentence(row)
        assert printed[-1] in said
        figures = re.findall(r"\((-?[\d,]+) %\)", said)
        assert figures == (
            [] if row.is_carried_over or row.movement == "tetap" else [right.lstrip("-")]
        )


HIGHER, LOWER = {"polarity": "higher"}, {"polarity": "lower"}
RANGE = {"target": "80", "high": "90"}


@pytest.mark.parametrize(
    ("now", "options", "ends"),
    [
        ("81", HIGHER | {"target": "80"}, ", di atas target 80,00."),
        ("80", HIGHER | {"target": "80"}, ", sesuai target 80,00."),
        ("79", HIGHER | {"target": "80"}, ", belum mencapai target 80,00."),
        ("79.999", HIGHER | {"target": "80"}, ", belum mencapai target 80,000."),
        ("81", LOWER | {"target": "80"}, "yaitu memburuk, belum mencapai target 80,00."),
        ("80", LOWER | {"target": "80"}, "yaitu memburuk, sesuai target 80,00."),
        ("79", LOWER | {"target": "80"}, "yaitu memburuk, lebih baik daripada target 80,00."),
        ("60", LOWER | {"target": "80"}, "yaitu membaik, lebih baik daripada target 80,00."),
        ("91", HIGHER | RANGE, ", di atas target 80,00 – 90,00."),
        ("90", HIGHER | RANGE, ", sesuai target 80,00 – 90,00."),
        ("79", HIGHER | RANGE, ", belum mencapai target 80,00 – 90,00."),
        ("91", LOWER | RANGE, ", belum mencapai target 80,00 – 90,00."),
        ("80", LOWER | RANGE, ", sesuai target 80,00 – 90,00."),
        ("79", LOWER | RANGE, ", lebih baik daripada target 80,00 – 90,00."),
        ("1", LOWER | {"target": "0"}, "yaitu membaik, belum mencapai target 0,00."),
        ("0", LOWER | {"target": "0"}, "yaitu membaik, sesuai target 0,00."),
        ("-4", HIGHER | {"target": "-5"}, ", di atas target -5,00."),
        ("71", HIGHER, "naik 1,00 poin (1,43 %) dari 2022."),
        ("71", LOWER, "naik 1,00 poin (1,43 %) dari 2022, yaitu memburuk."),
        ("69", LOWER, "turun 1,00 poin (1,43 %) dari 2022, yaitu membaik."),
        ("70", LOWER | {"target": "80"}, ", tetap seperti 2022, lebih baik daripada target 80,00."),
        (None, HIGHER | {"target": "80"}, "Realisasi 2023 belum ada: belum rilis."),
        (None, LOWER | RANGE, "Realisasi 2023 belum ada: belum rilis."),
    ],
)  # fmt: skip
def test_target_and_polarity(told, now, options, ends):
    said = told("70", now, **options)
    assert said.endswith(ends)
    assert not re.search(r"(naik|turun) -|\(-", said)  # the word is the sign


@pytest.mark.parametrize(
    ("figure", "target", "says"),
    [
        ("WTP", "WTP", "WTP, belum dapat dibandingkan: tidak ada realisasi 2022, sesuai target WTP."),
        ("WTP", "WDP", "WTP, belum dapat dibandingkan: tidak ada realisasi 2022, di atas target WDP."),
        ("TW", "WTP", "TW, belum dapat dibandingkan: tidak ada realisasi 2022, belum mencapai target WTP (2 tingkat di bawahnya)."),
    ],
)  # fmt: skip
def test_a_text_is_measured_by_its_scale(units, figure, target, says):
    objective = factories.make_objective(units.setda)
    row = factories.make_indicator(objective, units.organisasi, scale="WTP > WDP > TW > TMP")
    row.realisations.create(year=2023, text_value=figure)
    row.targets.create(year=2023, text_value=target)
    found = indicator_row(Indicator.objects.get(), [2022, 2023])
    assert sentence(found) == f"Realisasi 2023 {says}"
    assert found.achievement == (None if figure == "TW" else 100)
