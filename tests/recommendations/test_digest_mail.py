"""One e-mail a day at most, with what still holds, and never the same twice."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.urls import reverse

from recommendations.models import Digest, Notice, NoticeChoices
from recommendations.services import mail_digest
from recommendations.services.mail_digest import send_digests, waiting
from sakip.models import User
from sakip.roles import Role
from tests import factories

TODAY = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def addresses(cast):
    for person in vars(cast).values():
        person.email = f"{person.username}@contoh.example"
        person.save()


@pytest.fixture
def returned(recommendation, units, cast):
    renaksi = factories.make_renaksi(recommendation, units.organisasi, status="returned")
    return factories.make_notice(renaksi, cast.rina, created_at=AT)


def send(days=0):
    return send_digests(today=TODAY + timedelta(days=days), at=AT + timedelta(days=days))


def failing(monkeypatch, error):
    def send(self, **kwargs):
        raise error

    monkeypatch.setattr(EmailMultiAlternatives, "send", send)


def test_all_news_of_a_person_comes_in_one_mail(returned, renaksi, cast, mailoutbox, settings):
    settings.SITE_URL = "https://sakip.example.go.id"
    factories.make_notice(renaksi, cast.rina, "mentioned", created_at=AT, text="Dewi <b> Anda.")
    assert send().sent == ["rina@contoh.example"]
    (mail,) = mailoutbox
    assert mail.subject == "Tindak lanjut SAKIP: 2 pemberitahuan"
    assert f"https://sakip.example.go.id{returned.renaksi.get_absolute_url()}" in mail.body
    assert mail.body.index("DIKEMBALIKAN") < mail.body.index("DISEBUT DALAM KOMENTAR")
    assert "Dewi <b> Anda." in mail.body
    assert "Dewi &lt;b&gt; Anda." in mail.alternatives[0].content
    assert Digest.objects.get().sent_at == AT
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_a_second_run_sends_nothing_and_news_waits_for_tomorrow(returned, cast, mailoutbox):
    send()
    factories.make_notice(returned.renaksi, cast.rina, text="Baru.", created_at=AT)
    send()
    assert len(mailoutbox) == 1
    send(days=1)
    assert "Baru." in mailoutbox[1].body
    assert "dikembalikan" not in mailoutbox[1].body.lower().replace("\ndikembalikan\n", "")


def test_what_is_read_unwanted_or_old_is_not_mailed(returned, cast, mailoutbox):
    NoticeChoices.objects.create(person=cast.rina, unwanted=["returned"])
    item = returned.renaksi
    factories.make_notice(item, cast.rina, "mentioned", created_at=AT, read_at=AT)
    factories.make_notice(item, cast.rina, "mentioned", created_at=AT - timedelta(days=8))
    send()
    assert mailoutbox == []
    assert not Digest.objects.exists()


def test_no_mail_to_the_old_unit_to_leavers_or_without_address(returned, cast, units, mailoutbox):
    item = returned.renaksi
    factories.make_notice(item, cast.umar, created_at=AT)
    factories.make_notice(item, cast.tono, created_at=AT)
    User.objects.filter(pk=cast.rina.pk).update(email="")
    send()
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("kind", "status", "due"),
    [
        ("submitted", "in_progress", None),
        ("returned", "submitted", None),
        ("due_soon", "submitted", TODAY),
        ("due_soon", "open", TODAY + timedelta(days=90)),
        ("overdue", "done", TODAY),
        ("overdue", "open", None),
    ],
)
def test_what_has_passed_meanwhile_is_not_mailed(
    recommendation, units, cast, mailoutbox, kind, status, due
):
    item = factories.make_renaksi(recommendation, units.organisasi, status=status, due_date=due)
    key = f"{kind}:{item.pk}:{TODAY}:1"
    factories.make_notice(item, cast.rina, kind, key=key, created_at=AT)
    send()
    assert mailoutbox == []


def test_many_of_one_kind_are_counted(recommendation, units, cast, mailoutbox):
    for number in range(20):
        item = factories.make_renaksi(recommendation, units.organisasi, status="open")
        text = f"Tugas {number}."
        factories.make_notice(item, cast.rina, "assigned", text=text, created_at=AT)
    send()
    assert mailoutbox[0].subject.endswith(": 20 pemberitahuan")
    assert mailoutbox[0].body.count("Tugas ") == 15
    assert "- dan 5 lainnya" in mailoutbox[0].body


def test_a_refused_mail_is_recorded_and_tried_again(returned, monkeypatch, mailoutbox):
    with monkeypatch.context() as patch:
        failing(patch, SMTPDataError(550, b"no"))
        assert send().refused == ["rina@contoh.example"]
    assert Digest.objects.values_list("sent_at", "notices").get() == (None, 0)
    assert send().sent == ["rina@contoh.example"]
    assert len(mailoutbox) == 1
    assert Digest.objects.get().notices == 1


@pytest.mark.parametrize("error", [SMTPServerDisconnected("gone"), KeyboardInterrupt()])
def test_after_a_broken_connection_or_a_crash_nothing_is_sent_again(
    returned, monkeypatch, mailoutbox, error
):
    with monkeypatch.context() as patch:
        failing(patch, error)
        with suppress(KeyboardInterrupt):
            assert send().unknown == ["rina@contoh.example"]
    send()
    send(days=1)
    assert mailoutbox == []
    assert Digest.objects.values_list("sent_at", "notices").get() == (None, 1)
    assert returned.person.notices.filter(read_at=None).exists()


def test_an_unreachable_server_claims_nothing(returned, monkeypatch, mailoutbox):
    def unreachable(self):
        raise ConnectionRefusedError("111")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", unreachable)
        assert "tidak dapat dihubungi" in send().problem
    assert not Digest.objects.exists()
    send()
    assert len(mailoutbox) == 1


def test_the_day_taken_by_another_run_is_left_to_it(returned, cast, mailoutbox, monkeypatch):
    """The other run claims between our reading and our sending."""
    Digest.objects.create(person=cast.rina, day=TODAY, notices=1)
    monkeypatch.setattr(mail_digest, "waiting", lambda **_: [(cast.rina, [returned])])
    assert send().sent == []
    assert mailoutbox == []


def test_reading_fifty_costs_no_more_than_reading_one(
    recommendation, units, cast, returned, django_assert_num_queries
):
    for count in (0, 50):
        for number in range(count):
            person = factories.make_user(
                f"o{number}", Role.OPERATOR, units.organisasi, email=f"o{number}@contoh.example"
            )
            item = factories.make_renaksi(recommendation, units.organisasi, status="returned")
            factories.make_notice(item, person, created_at=AT)
        with django_assert_num_queries(7):
            assert len(waiting(today=TODAY, at=AT)) == count + 1


def test_the_command_reminds_and_sends_once(recommendation, units, cast, mailoutbox, capsys):
    factories.make_renaksi(recommendation, units.organisasi, due_date=TODAY - timedelta(days=30))
    call_command("send_reminders", today="2026-06-01", dry_run=True)
    assert "rina@contoh.example: 1 pemberitahuan" in capsys.readouterr().out
    assert not Notice.objects.exists()
    call_command("send_reminders", today="2026-06-01")
    call_command("send_reminders", today="2026-06-01")
    assert sorted(mail.to[0] for mail in mailoutbox) == [
        "kadir@contoh.example",
        "laila@contoh.example",
        "rina@contoh.example",
    ]
    assert reverse("recommendations:notice-choices") in mailoutbox[0].body


def test_the_command_fails_aloud(returned, monkeypatch):
    with pytest.raises(CommandError, match="--today"):
        call_command("send_reminders", today="12/31/2026")
    failing(monkeypatch, SMTPDataError(550, b"no"))
    with pytest.raises(CommandError, match="1 surel ditolak"):
        call_command("send_reminders", today="2026-06-01")
