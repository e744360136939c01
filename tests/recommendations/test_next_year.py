"""The LHE of the next year starts from the last one: what comes along, what stays, what is refused."""

from datetime import date

import pytest
from django.urls import reverse

from performance.models import LockedYear, Target
from recommendations.models import Evaluation, Recommendation, Renaksi, Rubric
from recommendations.selectors.follow_up_table import follow_up_rows
from recommendations.selectors.repeated import repeated_since
from sakip.history.entries import HistoryEntry
from sakip.models import Unit
from tests import factories


def url(evaluation):
    return reverse("recommendations:evaluation-next-year", args=[evaluation.pk])


@pytest.fixture
def last(evaluation, units, cast):
    """Three recommendations: one with open and closed renaksi, one that is finished, one without renaksi."""
    first = factories.make_recommendation(evaluation, heading="Perencanaan", criterion_code="2.3.2")
    point = first.points.create(position=1, text="<p>butir</p>")
    factories.make_renaksi(
        first, units.organisasi, plan="<p>Rapat</p>", point=point, person=cast.rina,
        supporting=[units.umum], due_date=date(2024, 2, 29), status="returned",
    )  # fmt: skip
    factories.make_renaksi(first, units.umum, plan="<p>Selesai</p>", status="done")
    factories.make_renaksi(
        first, units.umum, plan="", person=cast.umar, follow_up="<p>Sudah rapat</p>"
    )
    second = factories.make_recommendation(evaluation)
    factories.make_renaksi(second, units.umum, status="done")
    factories.make_recommendation(evaluation, text="<p>Tanpa renaksi</p>")
    return evaluation


def filled(page, **changes):
    """What a browser sends when nothing but `changes` is typed."""
    form, data = page.context["form"], {}
    for field in form:
        value = field.value()
        if value not in (None, "", []):
            data[field.html_name] = value
    return {key: value for key, value in (data | changes).items() if value is not None}


@pytest.fixture
def start(signed_in, cast, last):
    client = signed_in(cast.kadir)

    def post(**changes):
        return client.post(url(last), filled(client.get(url(last)), **changes))

    return post


def test_what_is_open_comes_along_with_its_links(start, last, units, cast):
    first = last.recommendations.get(number=1)
    answer = start(letter_number="700/1/2024", **{f"nomor-{first.pk}": "5"})
    new = Evaluation.objects.get(performance_year=2023)
    assert answer.url == new.get_absolute_url()
    assert (new.unit, new.evaluation_year, new.rubric) == (units.setda, 2024, last.rubric)
    assert (new.letter_number, new.letter_date, new.last_number) == ("700/1/2024", None, 5)
    bare, carried = new.recommendations.order_by("number")
    assert (bare.number, bare.text) == (2, "<p>Tanpa renaksi</p>")
    old = last.recommendations.get(number=1)
    assert (carried.number, carried.previous, carried.text) == (5, old, old.text)
    assert (carried.heading, carried.criterion_code) == ("Perencanaan", "2.3.2")
    assert [point.text for point in carried.points.all()] == ["<p>butir</p>"]
    one, other = carried.renaksi.order_by("position")
    assert (one.plan, one.status, one.follow_up) == ("<p>Rapat</p>", "open", "")
    assert (one.point, one.lead_unit, one.person) == (
        carried.points.get(),
        units.organisasi,
        cast.rina,
    )
    assert (list(one.supporting_units.all()), one.due_date) == ([units.umum], date(2025, 2, 28))
    assert (other.plan, other.person) == ("<p>Sudah rapat</p>", cast.umar)


def test_the_old_one_stays_as_it_is(start, last):
    before = list(Renaksi.objects.order_by("pk").values())
    start()
    assert (
        list(Renaksi.objects.filter(recommendation__evaluation=last).order_by("pk").values())
        == before
    )


def test_every_new_record_has_its_history(start, cast):
    start()
    created = HistoryEntry.objects.filter(action="create", actor=cast.kadir)
    new = Evaluation.objects.get(performance_year=2023)
    for record in [
        new,
        *new.recommendations.all(),
        *Renaksi.objects.filter(recommendation__evaluation=new),
    ]:
        assert created.about(record).count() == 1


def test_what_is_not_ticked_stays_behind_and_dates_can_stay_empty(start):
    first = Recommendation.objects.get(number=1)
    start(bawa=[first.pk], batas="kosong")
    new = Evaluation.objects.get(performance_year=2023)
    assert [one.previous for one in new.recommendations.all()] == [first]
    assert set(new.recommendations.get().renaksi.values_list("due_date", flat=True)) == {None}


def test_a_person_who_has_left_does_not_come_along(start, cast):
    cast.rina.is_active = False
    cast.rina.save()
    start()
    new = Renaksi.objects.filter(recommendation__evaluation__performance_year=2023)
    assert new.get(position=1, plan="<p>Rapat</p>").person is None


def test_an_inactive_unit_must_be_replaced(start, units, cast):
    other = factories.make_unit("Biro Baru", parent=units.setda)
    Unit.objects.filter(pk=units.organisasi.pk).update(is_active=False)
    page = start()
    assert page.context["form"].errors[f"ganti-{units.organisasi.pk}"] == [
        "Biro Organisasi sudah tidak aktif. Pilih unit penggantinya."
    ]
    assert not Evaluation.objects.filter(performance_year=2023).exists()
    assert start(**{f"ganti-{units.organisasi.pk}": other.pk}).status_code == 302
    one = Renaksi.objects.get(
        plan="<p>Rapat</p>", recommendation__evaluation__performance_year=2023
    )
    assert (one.lead_unit, one.person) == (other, None)


def test_an_inactive_unit_that_stays_behind_needs_no_replacement(start, units):
    Unit.objects.filter(pk=units.organisasi.pk).update(is_active=False)
    assert start(bawa=[Recommendation.objects.get(number=3).pk]).status_code == 302


@pytest.mark.parametrize("year", ["2022", "2021", ""])
def test_the_year_must_be_a_later_one(start, year):
    assert start(performance_year=year).context["form"].errors["performance_year"]


def test_a_second_lhe_of_the_year_is_refused_with_a_link(start, units):
    there = factories.make_evaluation(units.setda, 2023)
    page = start()
    assert "LHE Sekretariat Daerah tahun kinerja 2023 sudah ada." in str(
        page.context["form"].errors
    )
    assert there.get_absolute_url() in page.text
    assert Evaluation.objects.filter(performance_year=2023).count() == 1


def test_sent_twice_it_starts_once(start):
    assert start().status_code == 302
    assert start().status_code == 200
    assert Recommendation.objects.filter(evaluation__performance_year=2023).count() == 2


def test_two_new_numbers_must_differ_and_be_given(start):
    first, third = Recommendation.objects.filter(number__in=(1, 3)).order_by("number")
    page = start(**{f"nomor-{third.pk}": "1"})
    assert "ditulis dua kali" in str(page.context["form"].errors[f"nomor-{third.pk}"])
    page = start(**{f"nomor-{first.pk}": None})
    assert "Tulis nomor" in str(page.context["form"].errors[f"nomor-{first.pk}"])


def test_one_that_was_finished_meanwhile_is_told(signed_in, cast, last):
    client = signed_in(cast.kadir)
    data = filled(client.get(url(last)))
    Renaksi.objects.update(status="done")
    page = client.post(url(last), data)
    assert "sudah selesai atau dihapus sejak halaman ini dibuka" in str(
        page.context["form"].errors["bawa"]
    )
    assert not Evaluation.objects.filter(performance_year=2023).exists()


def test_a_rubric_that_is_not_active_must_be_chosen_anew(start, last):
    last.rubric.is_active = False
    last.rubric.save()
    assert start().context["form"].errors["rubric"]


# ── Indicators and targets ──────────────────────────────────────────────────────────────────────
@pytest.fixture
def indicators(units):
    objective = factories.make_objective(units.setda)
    found = {
        "plain": factories.make_indicator(objective, units.organisasi, "Tetap"),
        "ended": factories.make_indicator(objective, units.organisasi, "Berakhir", year_to=2022),
        "planned": factories.make_indicator(objective, units.umum, "Sudah ada"),
        "older": factories.make_indicator(objective, units.umum, "Lama", year_to=2021),
    }
    for indicator in found.values():
        Target.objects.create(indicator=indicator, year=2022, value=80, high=90)
    Target.objects.create(indicator=found["planned"], year=2023, value=1)
    return found


def targets():
    return sorted(Target.objects.filter(year=2023).values_list("indicator__name", "value", "high"))


def test_targets_are_copied_and_never_overwritten(indicators, start):
    answer = start()
    assert answer.status_code == 302
    assert targets() == [("Sudah ada", 1, None), ("Tetap", 80, 90)]
    entry = HistoryEntry.objects.about(indicators["plain"]).get()
    assert ["2023 · Target", "-", "80,00"] in [list(row) for row in entry.in_words]
    indicators["ended"].refresh_from_db()
    assert indicators["ended"].year_to == 2022


def test_an_indicator_that_ended_is_extended_only_when_ticked(indicators, start):
    ended = indicators["ended"]
    page = start(target=[ended.pk])
    assert "berakhir 2022" in str(page.context["form"].errors["target"])
    start(target=[ended.pk], perpanjang=[ended.pk])
    ended.refresh_from_db()
    assert ended.year_to == 2023
    assert targets() == [("Berakhir", 80, 90), ("Sudah ada", 1, None)]


def test_a_locked_year_gets_no_targets(indicators, start, units, cast, last, signed_in):
    LockedYear.objects.create(
        unit=units.setda, year=2023, locked_by=cast.kadir, locked_at="2026-01-01T00:00Z"
    )
    page = signed_in(cast.kadir).get(url(last))
    assert "Tahun 2023 dikunci" in page.text
    assert start().status_code == 302
    assert targets() == [("Sudah ada", 1, None)]


def test_another_year_that_is_locked_is_told(indicators, start, units, cast):
    LockedYear.objects.create(
        unit=units.setda, year=2024, locked_by=cast.kadir, locked_at="2026-01-01T00:00Z"
    )
    page = start(performance_year="2024", evaluation_year="2025")
    assert "Tahun 2024 dikunci" in str(page.context["form"].errors["target"])
    assert start(performance_year="2024", evaluation_year="2025", target=None).status_code == 302
    assert not Target.objects.filter(year=2024).exists()


def test_another_body_s_indicators_are_not_shown(start, last, units, signed_in, cast):
    factories.make_indicator(factories.make_objective(units.dinas), units.dinas, "Rahasia Dinas")
    assert "Rahasia Dinas" not in signed_in(cast.kadir).get(url(last)).text


# ── Repeated since ──────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def chain(units):
    """A recommendation repeated from 2019 to 2022."""
    found = None
    for year in range(2019, 2023):
        found = factories.make_recommendation(
            factories.make_evaluation(units.setda, year), previous=found
        )
    return found


def test_a_repeated_one_says_since_when(chain, signed_in, cast):
    client = signed_in(cast.kadir)
    assert "LHE tahun kinerja 2019" in client.get(chain.get_absolute_url()).text
    [row] = follow_up_rows(chain.evaluation, cast.kadir)
    assert row.repeated_since == 2019
    address = reverse("recommendations:evaluation-follow-up", args=[chain.evaluation.pk])
    assert "Berulang sejak LHE tahun kinerja 2019" in client.get(address).text
    address = reverse("reports:report-preview", args=["follow-up-table"])
    assert (
        "Berulang sejak LHE tahun kinerja 2019"
        in client.get(address, {"evaluasi": chain.evaluation.pk}).text
    )


def test_one_that_repeats_nothing_says_nothing(recommendation, signed_in, cast):
    assert "Berulang sejak" not in signed_in(cast.kadir).get(recommendation.get_absolute_url()).text


def test_a_ring_of_links_ends(chain):
    first = Recommendation.objects.get(evaluation__performance_year=2019)
    Recommendation.objects.filter(pk=first.pk).update(previous=chain)
    assert chain.pk in repeated_since([chain])


def test_one_query_for_many_years(chain, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert repeated_since([chain]) == {chain.pk: 2019}


def test_the_page_takes_as_many_queries_for_more_to_carry(queries_of, signed_in, cast, last, units):
    signed_in(cast.kadir)
    objective = factories.make_objective(units.setda)
    closed = [factories.make_unit(parent=units.setda, is_active=False) for _ in range(6)]

    def add(count):
        for unit in closed[:count]:
            recommendation = factories.make_recommendation(last)
            factories.make_renaksi(recommendation, units.umum, supporting=[unit])
            factories.make_indicator(objective, units.umum)

    add(1)
    few = queries_of(url(last))
    add(6)
    assert queries_of(url(last)) <= few


def test_a_rubric_that_was_replaced_offers_its_newest_edition(start, last):
    later = last.rubric
    for edition in (2, 3):
        later.is_active = False
        later.save()
        later = Rubric.objects.create(
            name="Perkiraan", regulation="Dasar", edition=edition, replaces=later
        )
    assert start().status_code == 302
    assert type(last).objects.get(performance_year=last.performance_year + 1).rubric == later
