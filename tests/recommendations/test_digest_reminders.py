"""What is said about due dates, to whom, and how often."""

from datetime import UTC, date, datetime, timedelta

import pytest

from recommendations.models import Notice
from recommendations.services.reminders import remind
from sakip.roles import Role
from tests import factories

DUE = date(2026, 6, 30)


@pytest.fixture
def item(recommendation, units):
    return factories.make_renaksi(recommendation, units.organisasi, due_date=DUE)


def run(day):
    """Runs on a day; the days that are told, counted from 30 June, are in the keys."""
    return remind(today=day, at=datetime.combine(day, datetime.min.time(), UTC))


def told(person):
    return list(person.notices.order_by("created_at", "pk").values_list("kind", flat=True))


def test_three_reminders_before_the_day(item, cast):
    days = (31, 30, 29, 8, 7, 6, 2, 1, 0)
    news = [run(DUE - timedelta(days=before)) for before in days]
    assert news == [0, 1, 0, 0, 1, 0, 0, 1, 0]
    assert told(cast.rina) == ["due_soon"] * 3
    assert (
        cast.rina.notices.first().text
        == "Batas waktu Renaksi 1.a Sekretariat Daerah tahun 2022: 30 Juni 2026."
    )


def test_overdue_is_said_once_a_week(item, cast, settings):
    settings.ESCALATION_DAYS = 100
    for late in range(1, 16):
        run(DUE + timedelta(days=late))
    assert told(cast.rina) == ["overdue"] * 3
    assert cast.rina.notices.first().text == (
        "Renaksi 1.a Sekretariat Daerah tahun 2022 terlambat sejak 30 Juni 2026."
    )


def test_a_run_left_out_is_made_up_for(item, cast):
    run(DUE - timedelta(days=5))
    run(DUE + timedelta(days=3))
    assert told(cast.rina) == ["due_soon", "overdue"]


def test_the_head_hears_once_after_the_set_number_of_days(item, cast, settings):
    settings.ESCALATION_DAYS = 5
    for late in (4, 5, 6, 20):
        run(DUE + timedelta(days=late))
        assert told(cast.laila) == (["escalated"] if late >= 5 else [])
    assert "(Biro Organisasi)" in cast.laila.notices.get().text


def test_the_head_of_the_unit_itself_goes_before_the_one_above(item, cast, units):
    head = factories.make_user("kepala", Role.LEADER, units.organisasi)
    run(DUE + timedelta(days=30))
    assert (told(head), told(cast.laila)) == (["escalated"], [])


def test_nothing_is_late_without_a_date_or_when_it_is_out_of_hand(recommendation, units, cast):
    factories.make_renaksi(recommendation, units.organisasi)
    for status in ("submitted", "done"):
        factories.make_renaksi(recommendation, units.organisasi, status=status, due_date=DUE)
    assert run(DUE + timedelta(days=60)) == 0


def test_only_the_unit_that_answers_now_is_reminded(item, cast, units):
    run(DUE - timedelta(days=7))
    item.lead_unit = units.umum
    item.save()
    run(DUE + timedelta(days=1))
    assert (told(cast.rina), told(cast.umar)) == (["due_soon"], ["overdue"])
    assert not cast.tono.notices.exists()


def test_a_moved_date_begins_anew(item, cast):
    run(DUE - timedelta(days=1))
    item.due_date = DUE + timedelta(days=7)
    item.save()
    assert run(DUE) == 1
    assert told(cast.rina) == ["due_soon"] * 2


def test_fifty_items_cost_no_more_queries_than_one(
    item, cast, units, recommendation, django_assert_num_queries
):
    for count in (0, 49):
        for _ in range(count):
            factories.make_renaksi(recommendation, units.umum, due_date=DUE)
        Notice.objects.all().delete()
        with django_assert_num_queries(7):
            run(DUE + timedelta(days=30))


def test_a_coordinator_hears_once_a_week_how_many_are_late(recommendation, units, cast):
    for unit, day in ((units.umum, 20), (units.organisasi, 1), (units.umum, 25)):
        factories.make_renaksi(recommendation, unit, due_date=date(2026, 6, day))
    for day in (22, 23, 28, 29):  # 22 June 2026 is a Monday
        run(date(2026, 6, day))
    assert told(cast.kadir) == ["late", "late"]
    assert [row.text for row in cast.kadir.notices.order_by("created_at")] == [
        "2 rencana aksi terlambat pada 22 Juni 2026: Biro Organisasi 1, Biro Umum 1. "
        "Yang paling lama sejak 1 Juni 2026.",
        "3 rencana aksi terlambat pada 29 Juni 2026: Biro Umum 2, Biro Organisasi 1. "
        "Yang paling lama sejak 1 Juni 2026.",
    ]


def test_a_coordinator_hears_nothing_of_another_body(item, cast):
    run(DUE + timedelta(days=3))
    assert told(cast.sari) == [] and told(cast.kadir) == ["late"]


def test_the_notice_of_a_coordinator_opens_the_list_of_late_items(item, cast, client):
    run(DUE + timedelta(days=3))
    client.force_login(cast.kadir)
    assert "Buka daftarnya" in client.get("/pemberitahuan/").content.decode()
    address = f"/pemberitahuan/{cast.kadir.notices.get().pk}/dibaca/"
    answer = client.post(address, {"buka": ""})
    assert answer.url == "/renaksi/?batas=overdue"
