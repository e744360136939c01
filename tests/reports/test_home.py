"""The home page: what waits for each role, and nothing that is another's."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from recommendations.models import Draft, Renaksi
from recommendations.rules.progress import Progress
from recommendations.selectors.my_work import work_of
from recommendations.services.comments import write_comment
from recommendations.workflow import perform
from reports.exports import kept_pages
from reports.selectors import home
from sakip.history.write import record
from tests import factories
from tests.kept_figures import keep

TODAY = date(2026, 11, 24)
Status = Renaksi.Status


@pytest.fixture
def count_queries():
    def count(act):
        with CaptureQueriesContext(connection) as captured:
            act()
        return len(captured)

    return count


def make(recommendation, unit, status=Status.OPEN, days=None, **fields):
    due = TODAY + timedelta(days=days) if days is not None else None
    return factories.make_renaksi(recommendation, unit, status=status, due_date=due, **fields)


def lists(user):
    work = work_of(user, today=TODAY)
    return {name: [item.renaksi for item in items] for name, items in work.items() if items}


# ── Operator ────────────────────────────────────────────────────────────────────────────────────
def test_an_operator_sees_what_is_owed_by_urgency(cast, units, recommendation):
    late = make(recommendation, units.organisasi, days=-1)
    soon = make(recommendation, units.organisasi, days=14)
    later = make(recommendation, units.organisasi, days=15)
    back = make(recommendation, units.organisasi, Status.RETURNED, days=-9)
    make(recommendation, units.organisasi, Status.SUBMITTED, days=-9)
    make(recommendation, units.umum, days=-1)
    assert lists(cast.rina) == {
        "returned": [back],
        "overdue": [late],
        "soon": [soon],
        "rest": [later],
    }


def test_an_item_due_today_is_not_late(cast, units, recommendation):
    make(recommendation, units.organisasi, days=0)
    assert list(lists(cast.rina)) == ["soon"]


def test_an_item_says_what_it_lacks(cast, units, recommendation):
    make(recommendation, units.organisasi, follow_up="")
    (item,) = work_of(cast.rina, today=TODAY)["rest"]
    assert len(item.missing) == 2


def test_a_returned_item_repeats_the_evaluators_latest_words(cast, units, recommendation):
    back = make(recommendation, units.organisasi, Status.RETURNED)
    for note in ("Lama", "Belum ditandatangani"):
        record(actor=cast.dewi, action="return", target=back, note=note)
    (item,) = work_of(cast.rina, today=TODAY)["returned"]
    assert item.return_note == "Belum ditandatangani"


def test_an_operator_is_told_of_indicators_without_a_figure(cast, units):
    objective = factories.make_objective(units.setda)
    factories.make_indicator(objective, units.organisasi, values={2025: Decimal(1)})
    factories.make_indicator(objective, units.organisasi, values={2024: Decimal(1)})
    factories.make_indicator(objective, units.organisasi, year_to=2024)
    factories.make_indicator(objective, units.umum)
    [found] = home.unreported(cast.rina, date(2026, 5, 1))
    assert (found.year, found.quarter, len(found.indicators)) == (2025, None, 1)


# ── Evaluator ───────────────────────────────────────────────────────────────────────────────────
def test_the_queue_is_oldest_first(cast, units, recommendation):
    now = timezone.now()
    new = make(recommendation, units.organisasi, Status.SUBMITTED, submitted_at=now)
    old = make(recommendation, units.umum, Status.SUBMITTED, submitted_at=now - timedelta(days=3))
    make(recommendation, units.umum)
    count, queue = home.review_queue(cast.dewi)
    assert count == "2"
    assert [row.pk for row in queue] == [old.pk, new.pk]


# ── Coordinator and leader ──────────────────────────────────────────────────────────────────────
def test_an_evaluator_sees_the_summary_below_the_queue(cast, units, recommendation, signed_in):
    make(recommendation, units.organisasi, Status.SUBMITTED, submitted_at=timezone.now())
    page = signed_in(cast.dewi).get("/").content.decode()
    assert page.index("Mulai mereviu") < page.index("yang paling tertinggal di atas")


# ── The page ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", ["rina", "dewi", "kadir", "laila"])
def test_the_page_costs_the_same_for_one_and_for_fifty(
    name, cast, units, recommendation, signed_in, count_queries
):
    client = signed_in(getattr(cast, name))
    for status in Status.values:
        make(recommendation, units.organisasi, status, days=-3, not_actionable_reason="x")
    keep(timezone.localdate())
    few = count_queries(lambda: client.get("/"))
    for _ in range(8):
        more = factories.make_recommendation(recommendation.evaluation)
        for status in Status.values:
            make(more, units.organisasi, status, days=-3, not_actionable_reason="x")
    keep(timezone.localdate())
    assert count_queries(lambda: client.get("/")) == few


def test_what_waits_is_kept_until_something_changes(
    cast, units, recommendation, signed_in, monkeypatch
):
    monkeypatch.setattr(kept_pages, "MIN_ROWS", 1)
    item = make(recommendation, units.organisasi, Status.SUBMITTED, submitted_at=timezone.now())
    client = signed_in(cast.dewi)
    assert "Mulai mereviu" in client.get("/").text
    with CaptureQueriesContext(connection) as again:
        client.get("/")
    assert not any('FROM "recommendations_step"' in row["sql"] for row in again)
    perform(action="accept", renaksi=item, actor=cast.dewi, at=timezone.now())
    assert "Mulai mereviu" not in client.get("/").text


def test_work_is_kept_until_a_draft_is_there(cast, units, recommendation, signed_in, monkeypatch):
    monkeypatch.setattr(kept_pages, "MIN_ROWS", 1)
    item = make(recommendation, units.organisasi, days=-1)
    client = signed_in(cast.rina)
    assert ">Draf<" not in client.get("/").text
    Draft.objects.create(renaksi=item, author=cast.rina, saved_at=timezone.now(), content={})
    assert ">Draf<" in client.get("/").text


def test_another_units_item_is_on_nobody_elses_page(cast, units, recommendation, signed_in):
    make(recommendation, units.umum, plan="<p>Rahasia Biro Umum.</p>")
    assert "Rahasia Biro Umum" in signed_in(cast.umar).get("/").content.decode()
    assert "Rahasia Biro Umum" not in signed_in(cast.rina).get("/").content.decode()


def test_a_person_without_role_is_told_whom_to_ask(signed_in, db):
    text = signed_in(factories.make_user("baru", "")).get("/").content.decode()
    assert "belum mempunyai peran" in text


def test_the_page_is_only_read(signed_in, cast):
    assert signed_in(cast.rina).post("/").status_code == 405


def test_a_long_list_shows_the_most_urgent_and_leads_to_the_rest(
    signed_in, cast, recommendation, units, monkeypatch
):
    monkeypatch.setattr("recommendations.selectors.my_work.MOST_SHOWN", 2)
    make = factories.make_renaksi
    for fields in ({}, {"due_date": "2026-01-31"}, {"status": "returned"}):
        make(recommendation, units.organisasi, plan="<p>Rencana</p>", **fields)
    page = signed_in(cast.rina).get("/").text
    assert "Ditampilkan 2 dari 3" in page
    assert "Renaksi 1.c" in page and "Renaksi 1.b" in page and "Renaksi 1.a" not in page


def test_an_operator_sees_the_own_units_figures_below_the_work(
    cast, units, recommendation, signed_in
):
    make(recommendation, units.organisasi, Status.SUBMITTED)
    make(recommendation, units.organisasi)
    make(recommendation, units.umum, Status.SUBMITTED)
    page = signed_in(cast.rina).get("/")
    assert page.context["found"].progress == Progress(countable=2, claimed=1, verified=0)
    assert "Ringkasan Biro Organisasi" in page.content.decode()


def test_the_distance_to_the_next_grade_leads_to_the_simulation(cast, evaluation, signed_in):
    page = signed_in(cast.laila).get("/").content.decode()
    assert f'<a href="/evaluasi/{evaluation.pk}/simulasi/">perlu lebih dari' in page


def test_what_names_me_comes_first(cast, units, recommendation, signed_in):
    make(recommendation, units.organisasi, Status.RETURNED)
    mine = factories.make_renaksi(recommendation, units.organisasi, person=cast.rina)
    make(recommendation, units.organisasi, Status.RETURNED)
    page = signed_in(cast.rina).get("/")
    assert page.content.decode().count("Tugas Anda") == 1
    listed = [item for items in page.context["work"].values() for item in items]
    assert [item.renaksi for item in listed if item.is_mine] == [mine]


def test_those_in_my_charge_are_not_cut_off(cast, units, recommendation, signed_in, monkeypatch):
    monkeypatch.setattr("recommendations.selectors.my_work.MOST_SHOWN", 1)
    make(recommendation, units.organisasi, Status.RETURNED)
    mine = factories.make_renaksi(recommendation, units.organisasi, person=cast.rina)
    work = signed_in(cast.rina).get("/").context["work"]
    assert [item.renaksi for items in work.values() for item in items] == [mine]


def test_a_comment_that_names_me_stands_on_top_until_it_is_read(cast, renaksi, signed_in):
    write_comment(renaksi=renaksi, actor=cast.kadir, at=timezone.now(), text="@rina tolong")
    page = signed_in(cast.rina).get("/").content.decode()
    assert "Kadir menyebut Anda pada Renaksi 1.a" in page
    notice = cast.rina.notices.get()
    client = signed_in(cast.rina)
    assert client.post(f"/pemberitahuan/{notice.pk}/dibaca/", {"buka": ""}).url == (
        renaksi.get_absolute_url()
    )
    assert "menyebut Anda" not in client.get("/").content.decode()
