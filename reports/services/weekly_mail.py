"""Mails the figures of the first page on Mondays to those who chose it.

Everything is computed when it is sent, within what the person may see in each post. A mail is claimed before
it is sent, as the digest of the day is (`recommendations/services/mail_digest.py`): the claim is the day in
the choices of the person, so no run sends a second one.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from recommendations.models import NoticeChoices
from recommendations.services.mail_digest import DigestOutcome, deliver, is_open
from reports.selectors import leader_look, leader_words, province_words
from reports.selectors.leader_look import LateItem
from reports.selectors.leader_summary import summary
from reports.selectors.province import province
from sakip.models import User
from sakip.roles import Role

MONDAY = 0
MOST_LINES = 10  # units or bodies in one mail; the page has all


@dataclass(frozen=True)
class MailPart:
    """What the mail says for one post of the person."""

    unit: str
    scope: str
    sentence: str
    lines: list[tuple[str, str]]
    more: int
    late: list[tuple[LateItem, str]]


def send_weekly(*, today: date) -> DigestOutcome:
    """Does nothing on other days than Monday."""
    outcome, connection = DigestOutcome(), get_connection(settings.MAIL_BACKEND)
    for choices, person in wanted(today=today):
        message = compose(person, today=today)
        if message is None:
            continue
        if not is_open(connection, outcome):
            break
        if _claim(choices, today):
            message.connection = connection
            deliver(message, person, outcome, give_back=partial(_give_back, choices))
    connection.close()
    return outcome


def wanted(*, today: date) -> list[tuple[NoticeChoices, User]]:
    """The people who must get the mail of this day, with their choices."""
    if today.weekday() != MONDAY:
        return []
    chosen = NoticeChoices.objects.filter(wants_weekly=True, person__is_active=True)
    rows = {row.person_id: row for row in chosen.exclude(weekly_sent_on=today)}
    people = User.objects.filter(pk__in=rows).exclude(email="").order_by("pk")
    return [(rows[person.pk], person) for person in people.with_reach()]


def compose(person: User, *, today: date) -> EmailMultiAlternatives | None:
    """None when there is nothing to tell in any post."""
    parts = [part for seat in person.seats if (part := _part(seat, today))]
    if not parts:
        return None
    context = {
        "person": person,
        "parts": parts,
        "page": _address(reverse("reports:home")),
        "choices": _address(reverse("recommendations:notice-choices")),
    }
    message = EmailMultiAlternatives(
        render_to_string("emails/weekly_subject.txt", context).strip(),
        render_to_string("emails/weekly.txt", context),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("emails/weekly.html", context), "text/html")
    return message


def _part(seat, today):
    found = summary(seat, today=today, is_detailed=False) if seat.role else None
    if found is None or not found.evaluations:
        return None
    lines = [(_name(found, row), leader_look.note(found, row)) for row in found.lines]
    return MailPart(
        unit=str(seat.unit),
        scope=leader_words.scope(found),
        sentence=_sentence(seat, found, today),
        lines=lines[:MOST_LINES],
        more=len(lines[MOST_LINES:]),
        late=[(item, _address(item.url)) for item in leader_look.late_items(found)],
    )


def _name(found, group):
    names = (leader_words.name_of(found, group), leader_words.late_names(found, group))
    return ", ".join(filter(None, names))


def _sentence(seat, found, today):
    """The sentence of the first page of this post."""
    if seat.role in (Role.COORDINATOR, Role.LEADER) and seat.has_several_bodies:
        return province_words.sentence(province(seat, today=today))
    return leader_words.sentence(found)


def _address(path):
    return f"{settings.SITE_URL}{path}"


def _claim(choices, today) -> bool:
    mine = NoticeChoices.objects.filter(pk=choices.pk, wants_weekly=True)
    return bool(mine.exclude(weekly_sent_on=today).update(weekly_sent_on=today))


def _give_back(choices):
    NoticeChoices.objects.filter(pk=choices.pk).update(weekly_sent_on=choices.weekly_sent_on)
