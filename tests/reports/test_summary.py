"""The leader's page: figures of one year, each with its rows behind it."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags
from pypdf import PdfReader

from recommendations.forms.renaksi_list import FilterForm
from recommendations.models import DailyCount, Renaksi
from recommendations.rules.progress import Progress
from reports import definitions
from reports.definitions import leader_summary
from reports.exports import kept_pages
from reports.renderers import pdf
from reports.selectors import leader_headline, leader_words
from reports.selectors.leader_summary import Waiting, summary
from sakip.consistency.marks import mark_everything
from sakip.history import version
from sakip.history.write import record
from tests import factories
from tests.kept_figures import keep

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
Status = Renaksi.Status


def make(recommendation, unit, status=Status.OPEN, days=None, **fields):
    due = TODAY + timedelta(days=days) if days is not None else None
    return factories.make_renaksi(recommendation, unit, status=status, due_date=due, **fields)


def count(evaluation, unit, days):
    """The count of a day that was so many days ago."""
    DailyCount.objects.create(
        day=TODAY - timedelta(days=days),
        evaluation=evaluation,
        lead_unit=unit,
        countable=4,
        claimed=3,
        verified=1,
    )


def found_for(user, **chosen):
    return summary(user, today=TODAY, **chosen)


@pytest.fixture
def story(units, cast, recommendation):
    """Of everything something: late, claimed, verified, returned, impossible."""
    make(recommendation, units.organisasi, days=-10)
    make(recommendation, units.organisasi, Status.IN_PROGRESS, days=-45)
    make(recommendation, units.umum, Status.RETURNED, days=-200)
    waiting = make(
        recommendation, units.umum, Status.SUBMITTED, days=-3, submitted_at=NOW - timedelta(days=9)
    )
    done = make(
        recommendation,
        units.umum,
        Status.DONE,
        submitted_at=NOW - timedelta(days=6),
        closed_at=NOW - timedelta(days=4),
    )
    make(recommendation, units.umum, Status.NOT_ACTIONABLE, not_actionable_reason="Berubah")
    for _ in range(2):
        done.decisions.create(
            evaluator=cast.dewi, decided_at=NOW, outcome="returned", reason="unsigned", note="x"
        )
    factories.make_extension(waiting, cast.rina)
    type(recommendation.evaluation).objects.update(letter_date=TODAY - timedelta(days=104))


def test_claimed_and_verified_stand_side_by_side(cast, story):
    found = found_for(cast.laila)
    assert found.progress == Progress(countable=5, claimed=2, verified=1)
    (component,) = found.components
    assert component.progress == found.progress
    assert {group.subject.name: group.progress.claimed for group in found.groups} == {
        "Biro Organisasi": 0,
        "Biro Umum": 2,
    }
    assert sum(found.statuses.values()) == 6


def test_what_is_late_by_age_and_by_whom_it_waits_for(cast, story):
    found = found_for(cast.laila)
    assert [age.count for age in found.ages] == [1, 1, 0, 1]
    assert [row.due_date for row in found.late] == sorted(row.due_date for row in found.late)
    assert found.waiting == Waiting(unit=3, evaluator=1, evaluator_days=9, coordinator=1)


def test_time_to_close_and_returns(cast, story):
    found = found_for(cast.laila)
    assert (found.returns, found.returned_items) == (2, 1)
    assert found.closing.count == 1
    assert round(found.closing.from_letter) == 100
    assert found.closing.from_submission == Decimal(2)


def test_nothing_closed_has_no_average(cast, renaksi):
    assert found_for(cast.laila).closing.from_letter is None


def test_the_score_says_how_far_the_next_grade_is(cast, renaksi):
    score = leader_headline.boxes(found_for(cast.laila))[0]
    assert score.value == "73,90 (BB)"
    assert score.detail == "perlu lebih dari 6,10 poin lagi untuk A"


def test_every_number_opens_its_rows(cast, story):
    """What a cell says is how many rows its address lists."""
    found = found_for(cast.laila)
    tables = leader_summary.tables(found)[:3]
    cells = [cell for table in tables for row in table.body() for cell in row if cell.url]
    boxes = [(box.value, box.url) for box in leader_headline.boxes(found)]
    numbers = [(str(cell.value), cell.url) for cell in cells]
    numbers += [(value, url) for value, url in boxes if value.isdigit() and value != "2"]
    statuses = [(str(count), url) for _, _, count, url in leader_headline.status_counts(found)]
    assert len(numbers) > 15
    for value, url in numbers + statuses:
        if "?" in url:
            form = FilterForm(QueryDict(url.split("?")[1]), user=cast.laila)
            assert (form.rows(TODAY).count(), url) == (int(value), url), form.errors


def test_the_latest_year_is_shown_and_another_can_be_chosen(cast, units, evaluation, renaksi):
    factories.make_evaluation(units.setda, 2023, rubric=evaluation.rubric, scores=["20"])
    assert found_for(cast.laila).year == 2023
    assert found_for(cast.laila, year=2022).progress.countable == 1
    assert found_for(cast.laila, year=1999).evaluations == []


def test_late_items_of_other_years_are_not_forgotten(cast, units, evaluation, recommendation):
    make(recommendation, units.organisasi, days=-1)
    latest = factories.make_evaluation(units.setda, 2023, rubric=evaluation.rubric, scores=["20"])
    newer = factories.make_recommendation(latest)
    make(newer, units.organisasi, days=9)
    found = found_for(cast.laila)
    assert (found.overdue, found.overdue_ever) == (0, 1)
    said = "Di antaranya tidak ada yang terlambat; 1 dari tahun lain terlambat."
    assert leader_words.sentence(found).endswith(said)
    make(newer, units.organisasi, days=-1)
    mark_everything()
    assert leader_words.sentence(found_for(cast.laila)).endswith("; 1 lagi dari tahun lain.")


def test_several_bodies_stand_beside_each_other(cast, units, evaluation, renaksi):
    other = factories.make_evaluation(units.dinas, 2022, rubric=evaluation.rubric)
    make(factories.make_recommendation(other), units.dinas, days=-1)
    found = found_for(cast.dewi)
    assert [group.subject for group in found.groups] == [other, evaluation]
    assert found.comparison is None
    assert found_for(cast.dewi, body=units.setda).evaluation == evaluation
    assert found_for(cast.kadir).evaluation == evaluation


# ── Each body by its own latest scored LHE ──────────────────────────────────────────────────────
@pytest.fixture
def ahead(units, evaluation, renaksi):
    """Dinas Pariwisata has its LHE of 2023 already, Sekretariat Daerah that of 2022 and an empty one."""
    factories.make_evaluation(units.setda, 2023, rubric=evaluation.rubric)
    other = factories.make_evaluation(units.dinas, 2023, rubric=evaluation.rubric, scores=["20"])
    make(factories.make_recommendation(other), units.dinas, days=-1)
    return other


@pytest.mark.parametrize("name", ["rina", "dewi", "kadir", "laila"])
def test_a_newer_empty_lhe_empties_nobodys_page(name, cast, ahead, evaluation, signed_in):
    found = signed_in(getattr(cast, name)).get("/").context["found"]
    assert evaluation in found.evaluations
    assert found.progress.countable == (2 if name == "dewi" else 1)


def test_bodies_that_are_a_year_apart_stand_together(cast, units, ahead, evaluation, signed_in):
    page = signed_in(cast.dewi).get("/")
    found = page.context["found"]
    assert [group.subject for group in found.groups] == [ahead, evaluation]
    assert (found.year, found.period) == (None, "2022–2023")
    years = leader_summary.group_table(found).columns[1]
    assert [years.value(row) for row in found.groups] == ["2023", "2022"]
    assert "tahun kinerja 2022–2023" in page.content.decode()


def test_every_number_of_several_years_opens_its_rows(cast, ahead):
    """A body that is no more is in neither of them."""
    gone = factories.make_unit("Badan Lama", parent=ahead.unit.parent, is_active=False)
    old = factories.make_evaluation(gone, 2015, rubric=ahead.rubric, scores=["20"])
    make(factories.make_recommendation(old), gone, days=-1)
    found = found_for(cast.dewi)
    numbers = [(count, url) for _, _, count, url in leader_headline.status_counts(found) if url]
    numbers += [
        (int(box.value), box.url) for box in leader_headline.boxes(found) if "batas=" in box.url
    ]
    assert [count for count, _ in numbers] == [2, 1]
    for count, url in numbers:
        form = FilterForm(QueryDict(url.split("?")[1]), user=cast.dewi)
        assert form.rows(TODAY).count() == count, url


def test_who_waits_for_the_newer_lhe_is_told_where_it_is(cast, units, ahead, signed_in):
    newer = units.setda.evaluations.get(performance_year=2023)
    page = signed_in(cast.kadir).get("/").content.decode()
    assert "LHE tahun kinerja 2023 sudah terdaftar tetapi belum bernilai" in page
    assert f'href="/evaluasi/{newer.pk}/"' in page
    assert f"/evaluasi/{newer.pk}/rekomendasi/baru/" in page
    assert "1 LHE yang lebih baru" in signed_in(cast.dewi).get("/").content.decode()


def test_work_of_a_newer_lhe_counts_before_it_has_scores(cast, units, ahead):
    """The score stays that of 2022; what the LHE of 2023 asks for is work already."""
    newer = units.setda.evaluations.get(performance_year=2023)
    make(factories.make_recommendation(newer), units.umum, days=-2)
    found = found_for(cast.kadir)
    assert (found.evaluation.performance_year, found.comparison.current_total) == (
        2022,
        Decimal("73.90"),
    )
    assert (found.progress.countable, found.overdue) == (2, 1)
    assert found_for(cast.kadir, year=2022).progress.countable == 1
    for person, count in ((cast.kadir, 2), (cast.dewi, 3)):
        url = leader_headline.rows(found_for(person), count)
        form = FilterForm(QueryDict(url.split("?")[1]), user=person)
        assert form.rows(TODAY).count() == count, url
    [group] = [
        group for group in found_for(cast.dewi).groups if group.subject.unit_id == units.setda.pk
    ]
    assert group.total == 2


def test_every_body_has_its_row_and_its_page(cast, units, ahead, signed_in):
    """Also the ninth, and one for which nobody has planned anything."""
    for number in range(9):
        body = factories.make_unit(f"Dinas {number}", parent=units.province, kind="body")
        scored = factories.make_evaluation(body, 2023, rubric=ahead.rubric, scores=["20"])
        if number:
            make(factories.make_recommendation(scored), body)
    found = found_for(cast.dewi)
    assert (len(found.groups), found.rest) == (11, None)
    page = signed_in(cast.dewi).get("/ringkasan/").text
    for row in found.evaluations:
        assert f'href="/ringkasan/?unit={row.unit_id}"' in page


def test_the_page_costs_the_same_for_one_and_for_fifty_bodies(cast, units, ahead, signed_in):
    client = signed_in(factories.make_user("gubernur", "leader", units.province))
    client.get("/ringkasan/")
    with CaptureQueriesContext(connection) as few:
        client.get("/ringkasan/")
    for number in range(50):
        body = factories.make_unit(f"Dinas {number}", parent=units.province, kind="body")
        for year in (2021, 2022, 2023)[number % 3 :]:
            scored = factories.make_evaluation(body, year, rubric=ahead.rubric, scores=["20"])
        make(factories.make_recommendation(scored), body, days=-number)
        factories.make_evaluation(body, 2024, rubric=ahead.rubric)
    keep(timezone.localdate())
    with CaptureQueriesContext(connection) as many:
        assert len(client.get("/ringkasan/").context["found"].evaluations) == 52
    assert len(many) == len(few)


def test_an_operator_sees_the_own_unit(cast, story):
    assert found_for(cast.rina).progress == Progress(countable=2, claimed=0, verified=0)


def test_units_without_room_are_summed_up(cast, units, recommendation):
    for number in range(11):
        make(recommendation, factories.make_unit(f"Biro {number}", parent=units.setda))
    found = found_for(cast.laila)
    assert len(found.groups) + found.rest_count == 11
    assert found.rest.total == found.rest_count


def test_nobody_who_is_late_stays_unnamed(cast, units, recommendation, signed_in):
    """Also the ninth unit, which has no line of its own."""
    for number in range(11):
        unit = factories.make_unit(f"Biro {number:02}", parent=units.setda)
        make(recommendation, unit, days=-1)
    keep(timezone.localdate())
    page = strip_tags(signed_in(cast.laila).get("/").text)
    assert "Biro 03 1, dan 7 lagi." in page
    assert "terlambat: Biro 08 1, Biro 09 1, Biro 10 1" in page
    assert all(f"Biro {number:02}" in page for number in range(11))


def test_a_day_that_was_not_counted_is_a_gap(cast, units, evaluation, renaksi):
    for days in (1, 3):
        count(evaluation, units.organisasi, days)
    trend = found_for(cast.laila).trend
    assert [row.progress and row.progress.claimed_percent for row in trend] == [75, None, 75]
    assert found_for(cast.umar).trend == []


@pytest.mark.parametrize("name", ["rina", "dewi", "kadir", "laila"])
def test_the_page_costs_the_same_for_one_and_for_fifty(name, cast, units, story, signed_in):
    client = signed_in(getattr(cast, name))
    client.get("/ringkasan/")
    with CaptureQueriesContext(connection) as few:
        client.get("/ringkasan/")
    recommendation = Renaksi.objects.first().recommendation
    for number in range(50):
        make(recommendation, (units.umum, units.organisasi)[number % 2], days=-number)
    keep(timezone.localdate())
    with CaptureQueriesContext(connection) as many:
        assert client.get("/ringkasan/").status_code == 200
    assert len(many) == len(few)
    assert len(few) < 32


def test_the_leader_needs_no_click(cast, story, signed_in):
    page = signed_in(cast.laila).get("/").text
    assert said_on(page) == (
        "Nilai 73,90 (BB); perlu lebih dari 6,10 poin lagi untuk A. Dari 5 rencana aksi, 2 sudah menurut unit "
        "dan 1 diverifikasi. 3 terlambat: Biro Organisasi 2, Biro Umum 1."
    )
    assert "<svg" in page


def test_year_and_body_change_without_losing_the_other(cast, units, story, signed_in):
    response = signed_in(cast.dewi).get("/ringkasan/", {"tahun": 2022, "unit": units.setda.pk})
    assert '<option value="2022" selected>' in response.content.decode()
    assert f'<option value="{units.setda.pk}" selected>' in response.content.decode()
    assert f"?tahun=2022&amp;unit={units.setda.pk}" in response.content.decode()


def test_an_unknown_choice_is_said(cast, story, signed_in):
    response = signed_in(cast.laila).get("/", {"tahun": "abc"})
    assert response.status_code == 200
    assert "Pilihan ini tidak ada" in response.content.decode()


def test_the_report_is_one_f4_page_and_says_the_same(cast, units, story, recommendation):
    for number in range(12):
        unit = factories.make_unit(f"Biro Administrasi Pembangunan {number}", parent=units.setda)
        make(recommendation, unit, days=-number)
    for days in range(40):
        count(recommendation.evaluation, units.umum, days)
    report = definitions.build("leader-summary", cast.laila, today=TODAY)
    pages = PdfReader(BytesIO(pdf.render(report))).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    for box in leader_headline.boxes(found_for(cast.laila)):
        assert box.value in text


def said_on(page):
    sentence = re.search(r'<p class="first-sentence">(.*?)</p>', page, re.DOTALL)[1]
    return strip_tags(sentence).strip()


def late_on(page):
    return re.search(r"([0-9]+) terlambat", said_on(page.text))[1]


def test_what_took_long_is_kept_until_something_changes(cast, story, signed_in, monkeypatch):
    monkeypatch.setattr(kept_pages, "MIN_ROWS", 1)
    client = signed_in(cast.laila)
    assert late_on(client.get("/")) == "3"
    with CaptureQueriesContext(connection) as again:
        assert late_on(client.get("/")) == "3"
    asked = [row["sql"] for row in again if "recommendations_renaksi" in row["sql"]]
    # Who names me is not kept, and of which bodies I see something is asked.
    assert all("recommendations_notice" in sql or "body_id " in sql for sql in asked)
    item = Renaksi.objects.filter(status=Status.OPEN).get()
    Renaksi.objects.filter(pk=item.pk).update(due_date=None)
    record(actor=cast.kadir, action="plan", target=item)
    assert late_on(client.get("/")) == "2"


def test_what_is_kept_for_one_is_not_shown_to_another(cast, story, signed_in, monkeypatch):
    monkeypatch.setattr(kept_pages, "MIN_ROWS", 1)
    assert late_on(signed_in(cast.laila).get("/ringkasan/")) == "3"
    assert late_on(signed_in(cast.rina).get("/ringkasan/")) == "2"


@pytest.mark.parametrize("path", ["/", "/ringkasan/", "/ringkasan/rincian/"])
@pytest.mark.parametrize("name", ["rina", "dewi", "laila"])
def test_only_what_the_filter_writes_is_kept(
    cast, units, story, signed_in, monkeypatch, name, path
):
    """There is no end of other addresses, and each would lie in the database for a day."""
    monkeypatch.setattr(kept_pages, "MIN_ROWS", 1)
    kept = []
    table = SimpleNamespace(get=lambda key: None, set=lambda *given: kept.append(given))
    monkeypatch.setattr(kept_pages, "cache", table)
    client, body = signed_in(getattr(cast, name)), units.setda.pk
    for query in ("x=1", "x=", f"unit=0{body}", f"unit=%20{body}", f"unit=&unit={body}"):
        assert client.get(f"{path}?{query}").status_code == 200
        assert not kept, query
    for query in ("", "tahun=", f"tahun=&unit={body}"):
        client.get(f"{path}?{query}")
        assert kept
        kept.clear()


def test_nothing_is_kept_while_the_version_cannot_be_told(cast, story, signed_in, monkeypatch):
    """As while the database takes no writes and something has just changed."""
    monkeypatch.setattr(kept_pages, "MIN_ROWS", 1)
    monkeypatch.setattr(version, "_raise", lambda marks: False)
    client = signed_in(cast.laila)
    client.get("/")
    Renaksi.objects.update(due_date=None)
    mark_everything()
    assert "Tidak ada yang terlambat." in said_on(client.get("/").text)
