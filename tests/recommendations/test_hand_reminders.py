"""Reminders by hand: previewed, sent within reach, one to a person and body, not twice on a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Notice, Renaksi
from recommendations.selectors.late_bodies import late_bodies, late_numbers
from recommendations.services.hand_reminders import remind_by_hand
from recommendations.services.mail_digest import send_digests
from sakip.history.entries import HistoryEntry
from sakip.models import Post
from sakip.roles import Role
from sakip.services.posts import take_up
from tests import factories

PAGE = reverse("recommendations:remind")
TODAY = date(2026, 7, 15)
AT = datetime(2026, 7, 15, 2, 42, tzinfo=UTC)


@pytest.fixture
def late(recommendation, units):
    """Two late items of Biro Organisasi, one of Biro Umum, and of the Dinas one."""
    theirs = factories.make_recommendation(factories.make_evaluation(units.dinas))
    make = factories.make_renaksi
    return [
        make(recommendation, units.organisasi, due_date="2026-06-30"),
        make(recommendation, units.organisasi, due_date="2026-05-31", status="returned"),
        make(recommendation, units.umum, due_date="2026-07-14"),
        make(theirs, units.dinas, due_date="2026-07-01"),
    ]


@pytest.fixture
def send():
    def act(actor, *bodies, at=AT):
        keys = [body.pk for body in bodies] or None
        return remind_by_hand(bodies=keys, actor=actor, at=at, today=timezone.localdate(at))

    return act


def told():
    rows = Notice.objects.filter(kind="reminded").order_by("person__username")
    return [(row.person.username, row.text) for row in rows]


def test_who_acts_elsewhere_is_reminded_too(cast, units, late, send):
    """Rina acts as coordinator of the Dinas now; the late items of her Biro still reach her."""
    Post.objects.create(person=cast.rina, role=Role.COORDINATOR, unit=units.dinas)
    take_up(user=cast.rina, role=Role.COORDINATOR, unit_id=units.dinas.pk)
    send(cast.dewi, units.setda)
    assert [name for name, _ in told()] == ["rina", "umar"]


def test_one_notice_for_each_person_names_the_oldest(cast, units, late, send):
    outcome = send(cast.dewi, units.setda)
    assert told() == [
        (
            "rina",
            "Dewi (Inspektorat) mengingatkan: 2 tindak lanjut terlambat, yang terlama "
            "Renaksi 1.b Sekretariat Daerah tahun 2022 sejak 31 Mei 2026.",
        ),
        (
            "umar",
            "Dewi (Inspektorat) mengingatkan: Renaksi 1.c Sekretariat Daerah tahun 2022 terlambat "
            "sejak 14 Juli 2026.",
        ),
    ]
    assert len(outcome.people) == 2
    entries = HistoryEntry.objects.filter(action="remind")
    assert {entry.target for entry in entries} == set(late[:3])
    assert {(entry.actor, entry.at, entry.body) for entry in entries} == {
        (cast.dewi, AT, units.setda)
    }
    assert len({entry.batch for entry in entries}) == 1


def test_only_what_is_late_and_in_the_hands_of_the_unit_counts(
    cast, units, recommendation, evaluation
):
    for status in ("submitted", "done"):
        factories.make_renaksi(
            recommendation, units.organisasi, status=status, due_date="2026-01-01"
        )
    factories.make_renaksi(recommendation, units.organisasi, due_date=TODAY)
    factories.make_renaksi(recommendation, units.organisasi)
    assert late_numbers(cast.dewi, today=TODAY) == {}


def test_not_twice_on_a_day_and_again_tomorrow(cast, units, late, send):
    send(cast.dewi, units.setda)
    again = send(cast.kadir, units.setda)
    assert (again.sent, [row.body for row in again.reminded_before]) == ([], [units.setda])
    assert again.reminded_before[0].last.actor == cast.dewi
    assert len(told()) == 2
    send(cast.kadir, units.setda, at=AT + timedelta(days=1))
    assert len(told()) == 4
    assert HistoryEntry.objects.filter(action="remind").count() == 6


def test_what_became_late_since_reminds_only_those_not_told_today(
    cast, units, late, send, recommendation
):
    send(cast.dewi, units.setda)
    new = factories.make_renaksi(recommendation, units.umum, due_date="2026-07-10")
    outcome = send(cast.dewi, units.setda)
    assert {told.number for told in outcome.sent[0].told} == {1}
    assert HistoryEntry.objects.about(new).filter(action="remind").count() == 1
    assert [name for name, _ in told()] == ["rina", "umar"]  # Umar was told of this body today


def test_a_unit_without_an_operator_is_told_through_its_coordinator(cast, units, late, send):
    send(cast.dewi, units.dinas)
    assert [name for name, _ in told()] == ["sari"]


def test_who_reminds_is_not_told_by_themselves(cast, units, late, send):
    outcome = send(cast.sari)
    assert [row.untold for row in outcome.nobody_there] == [[units.dinas]]
    assert told() == []
    assert not HistoryEntry.objects.filter(action="remind").exists()


def test_an_operator_who_acts_elsewhere_now_is_told(cast, units, late, send):
    mira = factories.make_user("mira", Role.COORDINATOR, units.dinas)
    mira.other_posts.create(role=Role.OPERATOR, unit=units.umum)
    send(cast.dewi)
    assert mira.notices.filter(renaksi__lead_unit=units.umum).exists()


def test_people_who_left_are_not_told(cast, units, late, send):
    send(cast.dewi)
    assert "tono" not in [name for name, _ in told()]


@pytest.mark.parametrize(
    ("who", "bodies"),
    [("dewi", {"setda", "dinas"}), ("kadir", {"setda"}), ("laila", {"setda"}), ("sari", {"dinas"})],
)
def test_everybody_reminds_within_the_own_reach(cast, units, late, who, bodies):
    found = late_numbers(getattr(cast, who), today=TODAY)
    assert set(found) == {getattr(units, name).pk for name in bodies}


def test_of_another_body_only_the_own_part_is_told(cast, units, late, send):
    own = factories.make_renaksi(late[3].recommendation, units.umum, due_date="2026-07-10")
    send(cast.sari, units.dinas, at=AT - timedelta(days=1))  # who reaches both items
    numbers = late_numbers(cast.kadir, today=TODAY)
    assert numbers == {units.setda.pk: 3, units.dinas.pk: 1}
    theirs = late_bodies(cast.kadir, numbers, today=TODAY)[1]
    assert (theirs.body, theirs.oldest.lead_unit) == (units.dinas, units.umum)
    assert theirs.last.target == own
    assert theirs.is_due


def test_a_body_out_of_reach_is_not_reminded(cast, units, late, send):
    outcome = send(cast.kadir, units.dinas)
    assert (outcome.sent, told()) == ([], [])


def test_an_operator_reminds_nobody(cast, units, late, send):
    with pytest.raises(PermissionDenied, match="Pengingat dikirim oleh"):
        send(cast.rina, units.setda)


def test_the_reminder_goes_into_the_next_digest(cast, units, late, send, settings):
    cast.rina.email = "rina@contoh.example"
    cast.rina.save()
    send(cast.dewi, units.setda)
    send_digests(today=TODAY, at=AT + timedelta(hours=1))
    assert [message.to for message in mail.outbox] == [["rina@contoh.example"]]
    assert "Dewi (Inspektorat) mengingatkan: 2 tindak lanjut" in mail.outbox[0].body


# ── The page ────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def overdue(late):
    """The same, late also on the day of this test."""
    Renaksi.objects.update(due_date=timezone.localdate() - timedelta(days=3))
    return late


def test_the_list_counts_and_the_preview_names(signed_in, cast, units, overdue):
    client = signed_in(cast.dewi)
    text = client.get(PAGE).text
    for words in (
        "Sekretariat Daerah",
        "Dinas Pariwisata",
        "?unit=semua",
        f"?unit={units.setda.pk}",
    ):
        assert words in text
    text = client.get(PAGE, {"unit": units.setda.pk}).text
    for words in ("Ingatkan Sekretariat Daerah", "Rina (Biro Organisasi): 2 tindak lanjut",
                  "Umar (Biro Umum): 1 tindak lanjut", "kepada 2 orang"):  # fmt: skip
        assert words in text
    assert "Sari" not in text
    assert "kepada 3 orang" in client.get(PAGE, {"unit": "semua"}).text
    assert not Notice.objects.exists()


def test_sending_tells_how_many_and_then_that_it_was_done(signed_in, cast, units, overdue):
    client = signed_in(cast.dewi)
    text = client.post(PAGE, {"unit": units.setda.pk}, follow=True).text
    assert "Pengingat dikirim kepada 2 orang: Sekretariat Daerah." in text
    assert "oleh Dewi" in text
    text = signed_in(cast.kadir).get(PAGE, {"unit": units.setda.pk}).text
    assert "Sudah diingatkan hari ini oleh Dewi" in text
    assert "Kirim pengingat" not in text
    text = signed_in(cast.kadir).post(PAGE, {"unit": units.setda.pk}, follow=True).text
    assert "Sekretariat Daerah sudah diingatkan hari ini oleh Dewi" in text
    assert len(told()) == 2


@pytest.mark.parametrize("unit", ["x", "9" * 30, "0", "dinas"])
def test_an_unknown_body_and_one_out_of_reach_are_answered_alike(
    signed_in, cast, units, overdue, unit
):
    unit = units.dinas.pk if unit == "dinas" else unit
    for answer in (
        signed_in(cast.kadir).get(PAGE, {"unit": unit}),
        signed_in(cast.kadir).post(PAGE, {"unit": unit}),
    ):
        assert "tidak mempunyai tindak lanjut yang terlambat" in answer.text
        assert "Dinas Pariwisata" not in answer.text
    assert not Notice.objects.exists()


def test_the_item_tells_that_it_was_reminded_of(signed_in, cast, units, overdue):
    signed_in(cast.dewi).post(PAGE, {"unit": units.setda.pk})
    text = signed_in(cast.rina).get(overdue[0].get_absolute_url()).text
    assert "mengingatkan unit tentang" in text
    text = signed_in(cast.rina).get(reverse("recommendations:notice-list")).text
    assert "Diingatkan" in text


def test_as_many_queries_for_many_bodies(signed_in, cast, units, overdue, queries_of):
    signed_in(cast.dewi).post(PAGE, {"unit": units.setda.pk})
    few = queries_of(PAGE), queries_of(f"{PAGE}?unit=semua")
    for number in range(20):
        body = factories.make_unit(f"Dinas {number}", parent=units.province, kind="dinas")
        factories.make_user(f"operator{number}", Role.OPERATOR, body)
        lhe = factories.make_evaluation(body, 2003 + number)
        due = timezone.localdate() - timedelta(days=number + 1)
        factories.make_renaksi(factories.make_recommendation(lhe), body, due_date=due)
    assert (queries_of(PAGE), queries_of(f"{PAGE}?unit=semua")) == few


def test_nothing_late_says_so(signed_in, cast):
    assert "Tidak ada tindak lanjut yang terlambat" in signed_in(cast.dewi).get(PAGE).text
