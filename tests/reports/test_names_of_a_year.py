"""Papers, tables and exports of a year carry the names of that year."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from recommendations.models import QuarterlyReport
from reports.exports import catalogue
from reports.exports.catalogue import ExportSpec
from sakip.models import UnitName, User
from sakip.services.unit_names import change_unit
from tests import factories
from tests.reports.reading import words

TODAY = date(2026, 6, 1)
OLD, NEW = "Biro Organisasi", "Biro Tata Laksana"
BODY, NEW_BODY = "Sekretariat Daerah", "Sekretariat Provinsi"


def rename(actor, unit, name, day=date(2024, 1, 1)):
    actor = User.objects.get(pk=actor.pk)  # its reach may have grown
    change_unit(unit=unit, actor=actor, at=timezone.now(), day=day, legal_basis="Pergub", name=name)


@pytest.fixture
def renamed(cast, units, evaluation, renaksi):
    """The LHE of 2023 has an item; then its unit and its body got other names."""
    renaksi.supporting_units.set([units.umum])
    QuarterlyReport.objects.create(renaksi=renaksi, year=2023, quarter=1, progress=10)
    objective = factories.make_objective(units.setda)
    factories.make_indicator(objective, units.organisasi, values={2023: 90})
    factories.make_telaah_staf(evaluation)
    for unit, name in ((units.organisasi, NEW), (units.setda, NEW_BODY)):
        rename(cast.kadir, unit, name)


def printed(name, person, format_name="csv", **order):
    spec = ExportSpec(name=name, format=format_name, **order)
    return words(catalogue.render(spec, catalogue.build(spec, person, today=TODAY)), format_name)


@pytest.mark.parametrize("name", ["matrix", "unit-recap", "bpk-recap"])
@pytest.mark.parametrize("format_name", ["csv", "xlsx", "docx"])
def test_tables_of_an_lhe_print_the_names_of_its_day(cast, renamed, name, format_name):
    text = printed(name, cast.kadir, format_name)
    assert OLD in text
    assert NEW not in text
    assert NEW_BODY not in text


@pytest.mark.parametrize("name", ["quarterly", "dossier"])
def test_so_do_papers(cast, renamed, name):
    text = printed(name, cast.kadir, "pdf")
    assert OLD in text
    assert NEW not in text
    assert NEW_BODY not in text


def test_the_day_is_that_of_the_letter(cast, renamed, evaluation):
    evaluation.letter_date = date(2024, 1, 1)
    evaluation.save()
    text = printed("matrix", cast.kadir)
    assert NEW in text
    assert OLD not in text


def test_indicators_print_the_names_of_the_end_of_the_year(cast, units, renamed):
    def title(year):
        spec = ExportSpec(
            name="objective-achievement", format="csv", year=year, unit_id=units.setda.pk
        )
        return catalogue.build(spec, cast.kadir, today=TODAY).subtitle

    assert (title(2023), title(2024)) == (BODY, NEW_BODY)


def test_the_leaders_page_of_a_chosen_year(client, cast, renamed):
    client.force_login(cast.laila)
    page = client.get(reverse("reports:overview"), {"tahun": 2022})
    assert OLD in page.text
    assert NEW not in page.text


def test_the_screen_says_what_they_are_called_now(client, cast, renamed, evaluation):
    client.force_login(cast.kadir)
    page = client.get(reverse("recommendations:evaluation-detail", args=[evaluation.pk]))
    assert f"{OLD} menjadi {NEW}" in page.text
    assert "Biro Umum menjadi" not in page.text


@pytest.mark.parametrize("name", ["matrix", "unit-recap", "quarterly", "objective-achievement"])
def test_names_cost_one_query_for_any_number_of_units_and_years(cast, units, renamed, name):
    def queries():
        reader = User.objects.get(pk=cast.kadir.pk)
        with CaptureQueriesContext(connection) as found:
            printed(name, reader)
        of_names = sum(UnitName._meta.db_table in query["sql"] for query in found)
        return len(found), of_names

    few = queries()
    assert few[1] == 1
    recommendation = units.setda.evaluations.get().recommendations.get()
    for number in range(5):
        unit = factories.make_unit(f"Biro {number}", parent=units.setda)
        renaksi = factories.make_renaksi(recommendation, unit)
        QuarterlyReport.objects.create(renaksi=renaksi, year=2023, quarter=1, progress=10)
        indicator = factories.make_indicator(units.setda.objectives.get(), unit, values={2023: 90})
        assert indicator.pk
        for year in (2022, 2023, 2024):
            rename(cast.kadir, unit, f"Biro {number} {year}", date(year, 1, 1))
    assert queries() == few
