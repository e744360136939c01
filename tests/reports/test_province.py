"""The province at a glance: each body by its own latest scored LHE, worst first, every figure with its list."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from recommendations.forms.renaksi_list import FilterForm
from recommendations.models import Component, Renaksi
from recommendations.rules.progress import Progress
from reports.selectors import province_list, province_page
from reports.selectors import province_words as words
from reports.selectors.province import level, province
from reports.selectors.repeated import repetitions
from sakip.models import Unit
from tests import factories
from tests.kept_figures import keep
from tests.test_colours import six, tokens

TODAY = date(2026, 11, 24)
PAGE = reverse("reports:province")
Status = Renaksi.Status


def make(recommendation, unit, status=Status.OPEN, days=None, **fields):
    due = TODAY + timedelta(days=days) if days is not None else None
    return factories.make_renaksi(recommendation, unit, status=status, due_date=due, **fields)


def row_of(body, user, **chosen):
    found = province(user, today=TODAY, **chosen)
    return next(row for row in found.rows if row.body == body)


@pytest.fixture
def governor(units):
    return factories.make_user("gubernur", "leader", units.province)


@pytest.fixture
def two(units, evaluation):
    """Setda rose from 71,30 in 2020 to 73,90 in 2022; Dinas fell from 80,00 in 2022 to 61,50 in 2023."""
    rubric = evaluation.rubric
    before = factories.make_evaluation(
        units.setda, 2020, rubric=rubric, scores=("22.20", "14.80", "7.70", "11.40", "15.20")
    )
    factories.make_evaluation(units.setda, 2021, rubric=rubric)  # never scored
    high = ("24", "16", "8", "16", "16")
    old = factories.make_evaluation(units.dinas, 2022, rubric=rubric, scores=high)
    low = ("24", "6", "5.5", "12", "14")
    new = factories.make_evaluation(units.dinas, 2023, rubric=rubric, scores=low)
    return {"before": before, "setda": evaluation, "old": old, "dinas": new}


# ── What each body is shown with ────────────────────────────────────────────────────────────────
def test_a_body_with_a_newer_year_hides_no_other(units, two, governor):
    setda, dinas = row_of(units.setda, governor), row_of(units.dinas, governor)
    assert (setda.evaluation.performance_year, setda.total, setda.grade) == (
        2022,
        Decimal("73.90"),
        "BB",
    )
    assert (dinas.evaluation.performance_year, dinas.total, dinas.grade) == (
        2023,
        Decimal("61.50"),
        "B",
    )


def test_before_is_the_nearest_earlier_lhe_with_a_score_and_it_is_named(units, two, governor):
    setda = row_of(units.setda, governor)
    assert (setda.change, setda.previous_year) == (Decimal("2.60"), 2020)
    assert words.compared(setda) == "dari LHE 2020"
    assert (
        row_of(units.dinas, governor).change,
        words.compared(row_of(units.dinas, governor)),
    ) == (
        Decimal("-18.50"),
        "dari LHE 2022",
    )
    assert words.compared(row_of(units.dinas, governor, year=2022)) == "LHE pertama"


def test_the_component_that_fell_most_and_what_is_done_about_it(units, two, governor):
    asked = factories.make_recommendation(two["dinas"], component="pengukuran")
    make(asked, units.dinas, Status.DONE)
    make(asked, units.dinas)
    make(factories.make_recommendation(two["dinas"]), units.dinas)
    row = row_of(units.dinas, governor)
    assert (row.fallen.component.name, row.fall) == ("Pengukuran Kinerja", Decimal("-10.00"))
    assert words.fall(row, words.short_names([row])) == "Pengukuran -10,00"
    assert words.done_about_fall(row) == "2 rencana aksi, 1 tuntas"
    assert row_of(units.setda, governor).fallen is None


def test_of_another_rubric_the_percent_of_weight_is_compared(units, two, governor):
    """Pelaporan gained raw points only because its weight doubled."""
    other = factories.make_rubric("Rubrik lain", (30, 20, 20, 20, 10))
    scores = ("24", "6", "8", "12", "7")
    factories.make_evaluation(units.dinas, 2024, rubric=other, scores=scores)
    row = row_of(units.dinas, governor)
    assert (row.fallen.component.name, row.fall) == ("Pelaporan Kinerja", Decimal("-15.0"))
    assert words.fall(row, words.short_names([row])) == "Pelaporan -15,00 % bobot"


def test_a_chosen_year_shows_every_body_of_that_year(units, two, governor):
    found = province(governor, today=TODAY, year=2022)
    shown = {row.body: row.total for row in found.rows}
    assert shown[units.setda] == Decimal("73.90")
    assert shown[units.dinas] == Decimal(80)
    assert shown[units.inspektorat] is None
    assert found.without == 1


def test_grades_are_counted_now_and_before(two, governor):
    found = province(governor, today=TODAY)
    assert (found.grades, found.previous_grades) == ([("BB", 1), ("B", 1)], [("BB", 2)])
    assert (found.fell, found.rose, found.without) == (1, 1, 1)


def test_who_has_no_lhe_is_told_which_one(units, two, governor):
    assert row_of(units.inspektorat, governor).missing == "LHE 2023 belum dicatat"
    assert row_of(units.setda, governor).missing == "LHE 2023 belum dicatat"
    assert row_of(units.dinas, governor).missing == ""
    factories.make_evaluation(units.setda, 2023, rubric=two["setda"].rubric)
    assert row_of(units.setda, governor).missing == "LHE 2023 belum bernilai"


def test_before_the_first_lhe_there_is_a_page_too(units, governor, signed_in):
    page = signed_in(governor).get(PAGE)
    assert page.status_code == 200
    assert "belum ada LHE" in page.text
    assert "3 perangkat daerah. Belum ada rencana aksi." in words.sentence(page.context["province"])


def test_work_is_counted_by_its_state(units, two, governor):
    asked = factories.make_recommendation(two["setda"])
    make(asked, units.umum, days=-20)
    make(asked, units.umum, Status.RETURNED, days=-5)
    make(asked, units.umum, Status.SUBMITTED, days=-30, submitted_at=timezone.now())
    make(asked, units.organisasi, Status.DONE)
    make(asked, units.organisasi, Status.NOT_ACTIONABLE, not_actionable_reason="Berubah")
    work = row_of(units.setda, governor).work
    assert work.progress == Progress(countable=4, claimed=2, verified=1)
    assert (work.overdue, work.days_late(TODAY), work.waiting) == (2, 20, 1)
    assert row_of(units.inspektorat, governor).work is None


def test_an_lhe_without_scores_changes_no_score(units, two, governor):
    """Only its recommendations are work already."""
    before = row_of(units.dinas, governor)
    newer = factories.make_evaluation(units.dinas, 2024, rubric=two["dinas"].rubric)
    make(factories.make_recommendation(newer), units.dinas, days=-1)
    after = row_of(units.dinas, governor)
    assert (after.total, after.change, after.percents) == (
        before.total,
        before.change,
        before.percents,
    )
    assert (before.work.overdue, after.work.overdue) == (0, 1)
    assert row_of(units.setda, governor).missing == "LHE 2023 belum dicatat"


def test_many_rubrics_do_not_explode_the_table(units, two, governor, monkeypatch):
    monkeypatch.setattr("reports.selectors.province.MOST_COMPONENTS", 3)
    found = province(governor, today=TODAY)
    assert len(found.components) == 3
    assert len(found.components) + len(found.further) == Component.objects.count()


# ── Order and filters ───────────────────────────────────────────────────────────────────────────
@pytest.fixture
def seven(units, evaluation, governor):
    """Seven bodies with changes from -6 to +6, and those of the cast."""
    for number, change in enumerate((4, -6, 2, -2, 6, -4, 0)):
        body = factories.make_unit(f"Dinas {number}", parent=units.province, kind="body")
        for year, score in ((2021, 20), (2022, 20 + change)):
            factories.make_evaluation(body, year, rubric=evaluation.rubric, scores=[str(score)] * 1)
        for component in list(evaluation.rubric.weights.all())[1:]:
            for one in body.evaluations.all():
                one.scores.create(component=component.component, score=10)
    return governor


def names(rows):
    return [row.body.name for row in rows if row.body.name.startswith("Dinas ")]


def test_the_bodies_that_fell_most_come_first(seven):
    found = province(seven, today=TODAY)
    ordered = province_list.ordered(found)
    assert [row.change for row in ordered[:4]] == [-6, -4, -2, 0]
    assert ordered[-1].evaluation is None
    best = province_list.ordered(found, reverse=True)
    assert best[0].change == 6
    assert best[-1].evaluation is None


@pytest.mark.parametrize("name", [*province_list.SORTS, "komponen"])
def test_every_head_sorts_in_both_directions(name, seven, units):
    make(
        factories.make_recommendation(Unit.objects.get(name="Dinas 3").evaluations.first()),
        units.umum,
        days=-3,
    )
    if name == "komponen":
        name = f"komponen-{Component.objects.get(code='perencanaan').pk}"
    found = province(seven, today=TODAY)
    read = province_list.sorting(name)
    for is_reversed in (False, True):
        values = [
            read.read(row, TODAY) for row in province_list.ordered(found, name, reverse=is_reversed)
        ]
        known = [value for value in values if value is not None]
        assert known == sorted(known, reverse=read.high_first != is_reversed)
        assert values[len(known) :] == [None] * (len(values) - len(known))


def test_the_address_of_a_head_sorts_and_turns(seven, signed_in):
    client = signed_in(seven)
    page = client.get(PAGE, {"cari": "dinas"})
    [score] = [head for head in page.context["heads"] if head.label == "Nilai"]
    assert score.url == f"{PAGE}?cari=dinas&urut=nilai"
    lowest = client.get(score.url)
    [turned] = [head for head in lowest.context["heads"] if head.sorted]
    assert (turned.label, turned.sorted) == ("Nilai", "ascending")
    totals = [line.row.total for line in lowest.context["lines"] if line.row.total is not None]
    highest = client.get(turned.url)
    turned_totals = [
        line.row.total for line in highest.context["lines"] if line.row.total is not None
    ]
    assert totals == sorted(totals)
    assert turned_totals == sorted(totals, reverse=True)


def test_filters_narrow_and_do_not_change_the_sentence(seven, units, signed_in, recommendation):
    make(recommendation, units.umum, days=-3)
    client = signed_in(seven)
    said = client.get(PAGE).context["pieces"]

    def shown(**chosen):
        page = client.get(PAGE, chosen)
        assert page.context["pieces"] == said
        return {line.row.body.name for line in page.context["lines"]}

    assert shown(terlambat="on") == {"Sekretariat Daerah"}
    assert shown(tanpa_lhe="on") == {"Inspektorat", "Dinas Pariwisata"}
    assert shown(predikat="BB") == {"Sekretariat Daerah"}
    assert shown(gerak="turun") == {"Dinas 1", "Dinas 3", "Dinas 5"}
    assert shown(gerak="naik", cari="dinas 4") == {"Dinas 4"}


@pytest.mark.parametrize(
    "nonsense", [{"tahun": "1066"}, {"predikat": "Z"}, {"urut": "komponen-999"}, {"gerak": "x"}]
)
def test_an_unknown_choice_is_said_and_counts_as_none(nonsense, seven, signed_in):
    page = signed_in(seven).get(PAGE, nonsense)
    assert page.status_code == 200
    assert "Pilihan ini tidak ada. Pilih " in page.text
    assert len(page.context["lines"]) == len(page.context["province"].rows)


# ── Behind each figure ──────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("year", [None, 2022])
def test_every_figure_opens_its_list(year, units, two, governor):
    for evaluation, unit in (
        (two["setda"], units.umum),
        (two["old"], units.dinas),
        (two["dinas"], units.dinas),
    ):
        asked = factories.make_recommendation(evaluation, component="pengukuran")
        for status in Status.values:
            make(asked, unit, status, days=-3, not_actionable_reason="x")
    newer = factories.make_evaluation(units.setda, 2024, rubric=two["setda"].rubric)
    make(factories.make_recommendation(newer), units.umum, days=-9)
    found = province(governor, today=TODAY, year=year)
    counted = []
    for line in province_page.lines(found, found.rows):
        if line.row.work:
            progress = line.row.work.progress
            counted += [
                (progress.claimed, line.links.get("claimed")),
                (progress.countable, line.links.get("countable")),
                (progress.verified, line.links.get("verified")),
                (line.row.work.overdue, line.links.get("late")),
                (line.row.work.waiting, line.links.get("waiting")),
            ]
        if "fall" in line.links:
            counted.append((line.row.of_fallen.total, line.links["fall"]))
    counted += [
        (int(piece.text.split()[0]), piece.url)
        for piece in words.pieces(found)
        if "/renaksi/" in piece.url
    ]
    opened = [(count, url) for count, url in counted if url]
    assert len(opened) > 12
    for count, url in opened:
        form = FilterForm(QueryDict(url.split("?")[1]), user=governor)
        assert form.rows(TODAY).count() == count, (url, form.errors)


def test_the_words_of_the_sentence_open_what_they_count(two, governor, signed_in):
    client = signed_in(governor)
    for piece in client.get(PAGE).context["pieces"]:
        if piece.url.startswith(PAGE):
            assert len(client.get(piece.url).context["lines"]) == int(piece.text.split()[0]), piece


def test_a_body_leads_to_its_own_page(units, two, governor, signed_in):
    client = signed_in(governor)
    page = client.get(PAGE)
    for line in page.context["lines"]:
        own = client.get(line.url)
        assert own.status_code == 200
        assert "Pilihan ini tidak ada" not in own.text
        assert own.context["found"].evaluation == line.row.evaluation


# ── Repeated recommendations ────────────────────────────────────────────────────────────────────
def test_a_recommendation_is_repeated_since_its_first_lhe(units, two, governor, signed_in):
    first = factories.make_recommendation(two["before"])
    second = factories.make_recommendation(two["setda"], previous=first)
    factories.make_recommendation(two["setda"])
    other = factories.make_recommendation(two["old"])
    again = factories.make_recommendation(two["dinas"], previous=other)
    assert row_of(units.setda, governor).repeated == 1
    assert [(row.recommendation, row.since, row.times) for row in repetitions(governor)] == [
        (second, 2020, 2),
        (again, 2022, 2),
    ]
    client = signed_in(governor)
    [line] = [line for line in client.get(PAGE).context["lines"] if line.row.body == units.dinas]
    listed = client.get(line.links["repeated"])
    assert [row.recommendation for row in listed.context["rows"]] == [again]
    assert f'href="{again.get_absolute_url()}"' in listed.text


def test_a_chain_that_bites_its_tail_ends(two, governor):
    first = factories.make_recommendation(two["before"])
    second = factories.make_recommendation(two["setda"], previous=first)
    type(first).objects.filter(pk=first.pk).update(previous=second)
    [row] = repetitions(governor)
    assert row.times == 2


# ── Whose bodies ────────────────────────────────────────────────────────────────────────────────
def test_nobody_sees_more_than_the_own_reach(units, cast, two, governor, signed_in):
    irban = factories.make_user("irban", "evaluator", units.inspektorat)
    irban.assigned_bodies.add(units.dinas)
    chief = factories.make_user("kepala", "leader", units.organisasi)
    for person, bodies in (
        (cast.sari, {units.dinas}),
        (cast.kadir, {units.setda}),
        (irban, {units.dinas}),
        (chief, set()),
        (cast.rina, set()),
        (cast.dewi, {units.setda, units.dinas, units.inspektorat}),
    ):
        assert {row.body for row in province(person, today=TODAY).rows} == bodies, person
    assert "Sekretariat Daerah" not in signed_in(cast.sari).get(PAGE).text
    other = factories.make_recommendation(two["old"])
    factories.make_recommendation(two["dinas"], previous=other)
    assert repetitions(cast.kadir) == []
    assert "Pariwisata" not in signed_in(cast.kadir).get(reverse("reports:repeated")).text


def test_a_body_that_is_no_more_is_in_its_year_only(units, two, governor):
    Unit.objects.filter(pk=units.dinas.pk).update(is_active=False)
    assert units.dinas not in [row.body for row in province(governor, today=TODAY).rows]
    assert row_of(units.dinas, governor, year=2022).total == Decimal(80)


def test_who_has_several_bodies_finds_the_page_in_the_menu(units, cast, two, governor, signed_in):
    half = factories.make_user("irban", "evaluator", units.inspektorat)
    half.assigned_bodies.add(units.dinas)
    link = f'<a class="nav-link" href="{PAGE}">Provinsi</a>'
    for person, has in (
        (governor, True),
        (cast.dewi, True),
        (half, False),
        (cast.kadir, False),
        (cast.rina, False),
    ):
        assert (link in signed_in(person).get("/laporan/").text) is has, person
    half.assigned_bodies.add(units.setda)
    assert link in signed_in(half).get("/laporan/").text


@pytest.mark.parametrize("role", ["leader", "coordinator"])
def test_the_first_page_of_the_province_begins_with_all_bodies(role, units, two, signed_in):
    person = factories.make_user("provinsi", role, units.province)
    page = signed_in(person).get("/")
    assert page.context["province"].rows
    assert "Dinas Pariwisata" in page.text
    assert f'action="{PAGE}"' in page.text


# ── Growth ──────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("path", [PAGE, "/", "/provinsi/berulang/"])
def test_the_page_costs_the_same_for_one_and_for_fifty_bodies_and_ten_years(
    path, units, two, governor, signed_in
):
    client = signed_in(governor)

    def fill(body, years):
        before = None
        for year in years:
            one = factories.make_evaluation(
                body, year, rubric=two["setda"].rubric, scores=("20", "10", "5", "10", "10")
            )
            before = factories.make_recommendation(one, previous=before)
            make(before, body, days=-year % 7)

    def count():
        keep(timezone.localdate())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    fill(factories.make_unit("Dinas A", parent=units.province, kind="body"), (2021, 2022))
    client.get(path)
    few = count()
    for number in range(50):
        body = factories.make_unit(f"Dinas {number}", parent=units.province, kind="body")
        fill(body, range(2014, 2024) if number < 5 else (2022, 2023))
    assert count() == few
    assert few < 30


# ── Colours ─────────────────────────────────────────────────────────────────────────────────────
def luminance(colour):
    parts = [int(six(colour)[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("step", range(1, 6))
@pytest.mark.parametrize("ink", ["ink", "black"])
def test_a_figure_is_readable_on_its_colour(step, ink):
    found = tokens()
    bright, dark = sorted((luminance(found[f"heat-{step}"]), luminance(found[ink])), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) >= 4.5


def test_the_colour_follows_the_limits_of_the_grades():
    steps = [
        level(Decimal(percent))
        for percent in ("0", "50", "50.01", "60.01", "70", "70.01", "80.01", "120")
    ]
    assert steps == [1, 1, 2, 3, 3, 4, 5, 5]


def test_each_cell_prints_its_figure(two, governor, signed_in):
    page = signed_in(governor).get(PAGE).text
    cells = re.findall(
        r'<td class="heat heat-(\d)" data-label="(\w+)"><a href="/evaluasi/\d+/">(\d+)</a></td>',
        page,
    )
    assert ("1", "Pengukuran", "30") in cells
    assert len(cells) == 10
