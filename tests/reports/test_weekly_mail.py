"""On Mondays the figures of the first page come by mail, to those who chose it, and never twice."""

from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPDataError

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command

from recommendations.models import NoticeChoices
from reports.selectors import leader_words
from reports.selectors.leader_summary import summary
from reports.services.weekly_mail import send_weekly
from tests import factories

MONDAY = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def addresses(cast):
    for person in vars(cast).values():
        person.email = f"{person.username}@contoh.example"
        person.save()


@pytest.fixture
def late(recommendation, units):
    """Each of two units has one that is late."""
    return [
        factories.make_renaksi(
            recommendation, unit, plan=f"<p>{plan}</p>", due_date=MONDAY - timedelta(days=days)
        )
        for unit, plan, days in (
            (units.organisasi, "Menyusun <peta> & data", 3),
            (units.umum, "Rapat", 9),
        )
    ]


def choose(*people):
    for person in people:
        NoticeChoices.objects.update_or_create(person=person, defaults={"wants_weekly": True})


def send(days=0):
    return send_weekly(today=MONDAY + timedelta(days=days))


def test_the_mail_says_what_the_page_says(cast, late, mailoutbox, settings):
    settings.SITE_URL = "https://sakip.example.go.id"
    choose(cast.laila)
    assert send().sent == ["laila@contoh.example"]
    (mail,) = mailoutbox
    assert mail.subject == "Ringkasan SAKIP Sekretariat Daerah"
    assert leader_words.sentence(summary(cast.laila, today=MONDAY)) in mail.body
    assert "2 terlambat: Biro Umum 1, Biro Organisasi 1." in mail.body
    assert "- Biro Umum: 0 dari 1 sudah; 1 terlambat, 9 hari" in mail.body
    assert f"https://sakip.example.go.id{late[0].get_absolute_url()}" in mail.body
    (other,) = mail.alternatives
    assert "Biro Umum: 0 dari 1 sudah" in other.content
    assert "<peta>" not in other.content


def test_only_who_chose_it_and_only_on_mondays(cast, late, mailoutbox):
    send()
    choose(cast.laila)
    for days in range(1, 7):
        send(days)
    assert mailoutbox == []


def test_one_monday_one_mail_also_after_a_new_choice(cast, late, mailoutbox):
    choose(cast.laila)
    send()
    send()
    choose(cast.laila)
    send()
    assert len(mailoutbox) == 1
    send(days=7)
    assert len(mailoutbox) == 2


def test_nobody_reads_in_it_what_the_page_would_not_show(cast, late, mailoutbox):
    choose(cast.rina)
    send()
    (mail,) = mailoutbox
    assert "Menyusun" in mail.body
    assert "Rapat" not in mail.body + mail.alternatives[0].content
    assert "Biro Umum" not in mail.body


def test_no_mail_to_leavers_without_address_or_without_anything_to_tell(cast, late, mailoutbox):
    choose(cast.tono, cast.umar, cast.sari)
    cast.umar.email = ""
    cast.umar.save()
    send()
    assert mailoutbox == []


def test_a_mail_that_was_refused_is_tried_again_the_same_day(cast, late, mailoutbox, monkeypatch):
    choose(cast.laila)

    def refuse(self, **kwargs):
        raise SMTPDataError(451, b"later")

    with monkeypatch.context() as broken:
        broken.setattr(EmailMultiAlternatives, "send", refuse)
        assert send().refused == ["laila@contoh.example"]
    assert send().sent == ["laila@contoh.example"]


def test_a_mail_of_which_nobody_knows_is_not_sent_again(cast, late, mailoutbox, monkeypatch):
    choose(cast.laila)

    def break_off(self, **kwargs):
        raise TimeoutError

    with monkeypatch.context() as broken:
        broken.setattr(EmailMultiAlternatives, "send", break_off)
        assert send().unknown == ["laila@contoh.example"]
    assert not send().sent


def test_the_daily_command_sends_it(cast, late, mailoutbox, capsys):
    choose(cast.laila)
    call_command("send_reminders", today="2026-06-01", dry_run=True)
    assert "laila@contoh.example: ringkasan mingguan" in capsys.readouterr().out
    call_command("send_reminders", today="2026-06-01")
    assert "1 ringkasan mingguan terkirim." in capsys.readouterr().out
    assert "Ringkasan SAKIP Sekretariat Daerah" in [mail.subject for mail in mailoutbox]


def test_it_is_off_until_a_person_chooses_it(cast, signed_in):
    client, page = signed_in(cast.laila), "/pemberitahuan/pilihan/"
    assert 'name="weekly"' in client.get(page).text
    client.post(page, {"wanted": []})
    assert not NoticeChoices.objects.get().wants_weekly
    client.post(page, {"wanted": [], "weekly": "on"})
    assert NoticeChoices.objects.get().wants_weekly
    assert 'name="weekly" class="checkboxinput form-check-input"' in client.get(page).text
