"""Mail waits for the mail server, goes out once, and troubles nobody."""

import logging
import smtplib

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives, get_connection, send_mail
from django.core.mail.backends import locmem

from sakip.history.entries import HistoryEntry
from sakip.models import User, WaitingMail
from sakip.services import invitations
from sakip.services.mail import give_up_dead_claims, send, timezone
from tests.worker import next_task, work

REFUSED = smtplib.SMTPRecipientsRefused({"x@example.go.id": (550, b"unknown")})
LATER = smtplib.SMTPResponseException(451, "busy")
BROKEN = smtplib.SMTPServerDisconnected()


class Server(locmem.EmailBackend):
    """A mail server whose faults a test chooses."""

    at_open = at_send = None

    def open(self):
        if Server.at_open:
            raise Server.at_open

    def send_messages(self, messages):
        if Server.at_send:
            raise Server.at_send
        return super().send_messages(messages)


@pytest.fixture
def server(db, settings, monkeypatch):
    settings.EMAIL_BACKEND = "sakip.mail.QueuedBackend"
    settings.MAIL_BACKEND = "tests.sakip.test_mail.Server"
    monkeypatch.setattr(Server, "at_open", None)
    monkeypatch.setattr(Server, "at_send", None)
    return Server


def write():
    send_mail("Hal", "Isi rahasia", None, ["x@example.go.id"])


def test_a_mail_goes_out_with_all_its_parts_and_leaves_nothing_behind(server):
    message = EmailMultiAlternatives(
        "Hal", "Isi", "a@b.example", ["x@y.example"], headers={"A": "b"}
    )
    message.attach_alternative("<p>Isi</p>", "text/html")
    message.send()
    assert mail.outbox == []
    work()
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.from_email, sent.to) == (
        "Hal", "Isi", "a@b.example", ["x@y.example"]
    )  # fmt: skip
    assert (sent.alternatives[0].content, sent.extra_headers) == ("<p>Isi</p>", {"A": "b"})
    assert not WaitingMail.objects.exists()


def test_the_database_does_not_hold_it_readably(server):
    write()
    assert "rahasia" not in str(WaitingMail.objects.values_list())


def test_while_the_server_is_away_it_is_tried_ever_more_seldom(server, passing):
    write()
    server.at_open = ConnectionRefusedError()
    pauses = []
    for _ in range(8):
        work()
        pauses.append(round(next_task()))
        passing(pauses[-1] + 0.1)
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    server.at_open = None
    work()
    assert len(mail.outbox) == 1
    assert next_task() is None


def test_it_is_given_up_after_two_days(server, passing, caplog):
    write()
    server.at_open = ConnectionRefusedError()
    work()
    passing(48 * 60)
    with caplog.at_level(logging.ERROR):
        work()
    assert "is given up after 2 tries" in caplog.text
    assert "example.go.id" not in caplog.text
    assert (WaitingMail.objects.count(), next_task()) == (0, None)


def test_a_server_that_asks_for_patience_gets_it(server, passing):
    write()
    server.at_send = LATER
    work()
    server.at_send = None
    passing(2)
    work()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("fault", [REFUSED, BROKEN, TimeoutError()])
def test_nothing_is_sent_again_that_may_have_arrived_or_never_will(server, fault, passing):
    write()
    server.at_send = fault
    work()
    server.at_send = None
    passing(99)
    work()
    assert mail.outbox == []
    assert not WaitingMail.objects.exists()


def test_two_workers_send_it_once(server):
    write()
    key = WaitingMail.objects.get().pk
    WaitingMail.objects.update(sending_at=timezone.now())  # the other one is at it
    send(key)
    work()
    assert mail.outbox == []


def test_what_a_dead_worker_was_sending_is_told_and_not_sent(server, passing, caplog):
    write()
    WaitingMail.objects.update(sending_at=timezone.now())
    passing(16)
    give_up_dead_claims(timezone.now())
    work()
    assert "the process that sent it died" in caplog.text
    assert mail.outbox == []
    assert not WaitingMail.objects.exists()


def test_the_history_tells_of_an_invitation_that_did_not_arrive(server, cast):
    User.objects.filter(pk__in=[cast.rina.pk, cast.umar.pk]).update(email="x@example.go.id")
    people = [cast.rina, cast.umar]
    invitations.invite(people=people, actor=cast.kadir, at=timezone.now())
    invitations.mail([person.pk for person in people])
    server.at_send = REFUSED
    work()
    for person in people:
        assert HistoryEntry.objects.about(person).first().action == "invitation_not_mailed"


def test_a_mail_that_another_key_encrypted_is_given_up(server, settings):
    write()
    settings.SECRET_KEY = "k" * 50
    work()
    assert (len(mail.outbox), WaitingMail.objects.count()) == (0, 0)


def test_attachments_are_not_lost_silently(server):
    message = EmailMultiAlternatives("Hal", "Isi", to=["x@y.example"])
    message.attach("a.txt", "isi", "text/plain")
    with pytest.raises(ValueError, match="attachment"):
        get_connection().send_messages([message])


@pytest.mark.parametrize("email", ["rina@example.go.id", "nobody@example.go.id"])
def test_asking_for_a_new_password_answers_alike_while_the_server_is_away(
    client, server, cast, email, django_assert_num_queries
):
    User.objects.filter(pk=cast.rina.pk).update(email="rina@example.go.id")
    server.at_open = ConnectionRefusedError()
    client.get("/akun/kata-sandi/lupa/")
    with django_assert_num_queries(15):
        answer = client.post("/akun/kata-sandi/lupa/", {"email": email})
    assert answer.url == "/akun/kata-sandi/lupa/terkirim/"
    work()
    assert WaitingMail.objects.count() == (email == "rina@example.go.id")
