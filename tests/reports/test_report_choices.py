"""A report opens with what the person chose for it last, as far as it can still be chosen."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from reports.exports.catalogue import EXPORTS
from reports.models import ReportChoice
from sakip.models import Unit
from tests import factories

HUB = reverse("reports:report-list")


def page_of(name):
    return reverse("reports:report-preview", args=[name])


def choose(client, name, **chosen):
    """Presses the button of the form."""
    return client.get(page_of(name), chosen | {"pilih": "ya"}, follow=True)


@pytest.fixture
def two_years(units, evaluation, renaksi):
    newer = factories.make_evaluation(units.setda, 2023, rubric=evaluation.rubric)
    factories.make_renaksi(factories.make_recommendation(newer), units.umum)
    return newer


def period(client, title):
    groups = client.get(HUB).context["groups"]
    [row] = [row for _, found in groups for row in found if row.export.title == title]
    return row.period


def test_what_was_chosen_opens_the_report_again_also_after_signing_out(
    two_years, evaluation, cast, signed_in, client
):
    page = choose(signed_in(cast.kadir), "matrix", evaluasi=evaluation.pk, orientasi="portrait")
    assert (
        page.redirect_chain[-1][0]
        == f"{page_of('matrix')}?evaluasi={evaluation.pk}&orientasi=portrait"
    )
    client.logout()
    again = signed_in(cast.kadir).get(page_of("matrix"))
    assert "Tahun 2023" in again.context["report"].title  # evaluated in 2023: performance year 2022
    assert f"?evaluasi={evaluation.pk}&amp;orientasi=portrait" in again.text
    assert period(client, "Matriks tindak lanjut LHE") == "LHE tahun kinerja 2022"
    assert (
        f"{page_of('matrix')}?evaluasi={evaluation.pk}&amp;orientasi=portrait"
        in client.get(HUB).text
    )


def test_it_is_of_this_report_and_of_this_person(two_years, evaluation, cast, signed_in):
    choose(signed_in(cast.kadir), "matrix", evaluasi=evaluation.pk)
    assert "Tahun 2024" in signed_in(cast.kadir).get(page_of("unit-recap")).context["report"].title
    assert "Tahun 2024" in signed_in(cast.laila).get(page_of("matrix")).context["report"].title


def test_an_address_that_chooses_is_obeyed_and_not_remembered(
    two_years, evaluation, cast, signed_in
):
    client = signed_in(cast.kadir)
    assert (
        "Tahun 2023"
        in client.get(page_of("matrix"), {"evaluasi": evaluation.pk}).context["report"].title
    )
    assert "Tahun 2024" in client.get(page_of("matrix")).context["report"].title
    assert not ReportChoice.objects.exists()


def test_choosing_the_latest_forgets(two_years, evaluation, cast, signed_in):
    client = signed_in(cast.kadir)
    choose(client, "matrix", evaluasi=evaluation.pk)
    choose(client, "matrix", evaluasi="")
    assert "Tahun 2024" in client.get(page_of("matrix")).context["report"].title
    assert not ReportChoice.objects.exists()


def test_a_bad_choice_is_said_and_not_remembered(two_years, cast, signed_in):
    page = choose(signed_in(cast.kadir), "matrix", evaluasi="999999")
    assert page.status_code == 400
    assert not ReportChoice.objects.exists()


def test_what_is_out_of_reach_by_now_is_dropped(two_years, units, evaluation, cast, signed_in):
    other = factories.make_evaluation(units.dinas, 2022, rubric=evaluation.rubric)
    factories.make_renaksi(factories.make_recommendation(other), units.dinas)
    client = signed_in(cast.dewi)
    choose(client, "matrix", evaluasi=other.pk, orientasi="portrait")
    choose(client, "indicator-sheet", unit=units.dinas.pk)
    cast.dewi.evaluates_all = False
    cast.dewi.save()
    cast.dewi.assigned_bodies.add(units.setda)
    page = client.get(page_of("matrix"))
    assert page.status_code == 200
    assert page.context["report"].subtitle == "Sekretariat Daerah"
    assert page.context["query"] == "orientasi=portrait"
    assert client.get(page_of("indicator-sheet")).status_code == 200
    hub = client.get(HUB).text
    assert "Pariwisata" not in hub
    assert f"unit={units.dinas.pk}" not in hub


def test_a_year_without_data_by_now_is_dropped(two_years, cast, signed_in):
    client = signed_in(cast.kadir)
    ReportChoice.objects.create(owner=cast.kadir, report="leader-summary", query="tahun=2016")
    page = client.get(page_of("leader-summary"))
    assert "problem" not in page.context
    assert period(client, "Ringkasan pimpinan") == "Tahun kinerja 2022"


def test_a_choice_on_the_page_of_all_reports_comes_first(two_years, evaluation, cast, signed_in):
    client = signed_in(cast.kadir)
    choose(client, "matrix", evaluasi=evaluation.pk)
    hub = client.get(HUB, {"evaluasi": two_years.pk}).text
    assert f"{page_of('matrix')}?evaluasi={two_years.pk}" in hub
    assert f"evaluasi={evaluation.pk}" not in hub


def test_many_remembered_choices_cost_the_hub_no_more_queries(
    two_years, units, cast, signed_in, django_assert_max_num_queries
):
    client = signed_in(cast.kadir)
    for name in EXPORTS:
        query = f"evaluasi={two_years.pk}&tahun=2022&unit={units.setda.pk}"
        ReportChoice.objects.create(owner=cast.kadir, report=name, query=query)
    with django_assert_max_num_queries(19):
        client.get(HUB)


# ── The command line ────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_a_chosen_evaluation_is_obeyed_or_refused(name, units, evaluation, renaksi, cast, tmp_path):
    """The other body must not be read where one LHE was asked for."""
    secret = Unit.objects.get(pk=units.dinas.pk)
    other = factories.make_evaluation(secret, 2023, rubric=evaluation.rubric, scores=["20"])
    recommendation = factories.make_recommendation(
        other, text="<p>milikdinas</p>", heading="milikdinas"
    )
    factories.make_renaksi(recommendation, secret, follow_up="<p>milikdinas</p>")
    if name == "telaah-staf":
        factories.make_telaah_staf(evaluation)
    extension = "csv" if "csv" in EXPORTS[name].formats else "pdf"
    output = tmp_path / f"laporan.{extension}"
    chosen = {"format": extension, "output": output, "evaluation": str(evaluation.pk)}
    try:
        call_command("export_report", name, stdout=StringIO(), as_system=True, **chosen)
    except CommandError as refusal:
        assert str(refusal) == (
            f"{EXPORTS[name].title} tidak dibuat menurut satu LHE. Hapus pilihan evaluasinya."
        )
        return
    if extension == "csv":
        text = output.read_text("utf-8-sig")
        assert "milikdinas" not in text
        assert "Dinas Pariwisata" not in text
    assert output.stat().st_size
