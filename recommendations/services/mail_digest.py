"""Sends every person at most one e-mail a day with the news of the inbox.

A digest is claimed before it is sent: one transaction writes the row of the day and marks its
notices. Then the mail is sent, and then `sent_at` is set. So a crash can lose one mail (its notices
stay in the inbox) but never sends a mail twice. When the server refuses a mail, the claim is given
back (`notices` 0, no `sent_at`) and the next run of the day tries again. When the connection breaks,
it is unknown whether the mail was sent, and the claim stays. When the server cannot be reached,
nothing is claimed. The command does all this by itself, so these mails do not wait in the queue of the
others (`sakip/services/mail.py`).
"""

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from recommendations.models import Digest, Notice, NoticeChoices, Renaksi
from recommendations.permissions import renaksi_policy
from recommendations.services.notices import address_of
from recommendations.services.reminders import is_about_today
from recommendations.transitions import SUBMITTED, WORKABLE
from sakip.models import User

logger = logging.getLogger(__name__)
Kind = Notice.Kind
REFUSALS = (SMTPRecipientsRefused, SMTPResponseException)

MOST_URGENT_FIRST = (
    Kind.ESCALATED,
    Kind.REMINDED,
    Kind.OVERDUE,
    Kind.LATE,
    Kind.WEBHOOK,
    Kind.RETURNED,
    Kind.REOPENED,
    Kind.DELETED,
    Kind.DUE_SOON,
    Kind.ASSIGNED,
    Kind.SUBMITTED,
    Kind.EXTENSION,
    Kind.MENTIONED,
    Kind.ACCEPTED,
)


@dataclass
class DigestOutcome:
    """The addresses by result; `problem` says why the run ended early, empty when it did not."""

    sent: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    problem: str = ""

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.sent + other.sent,
            self.refused + other.refused,
            self.unknown + other.unknown,
            self.problem or other.problem,
        )

    @property
    def failed(self) -> bool:
        return bool(self.refused or self.unknown or self.problem)


def send_digests(*, today, at) -> DigestOutcome:
    outcome, connection = DigestOutcome(), get_connection(settings.MAIL_BACKEND)
    for person, notices in waiting(today=today, at=at):
        message = compose(person, notices)
        if not is_open(connection, outcome):
            break
        if digest := _claim(person, notices, today, at):
            message.connection = connection
            if deliver(message, person, outcome, give_back=partial(_give_back, digest, notices)):
                Digest.objects.filter(pk=digest.pk).update(sent_at=at)
    connection.close()
    return outcome


def is_open(connection, outcome: DigestOutcome) -> bool:
    """Opens the connection before anything is claimed; `outcome` is told when that fails."""
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        outcome.problem = f"Peladen surel tidak dapat dihubungi: {error}"
        return False
    return True


def waiting(*, today, at) -> list[tuple[User, list[Notice]]]:
    """Returns the people who must get a digest today, with their notices. Nine queries, ten when somebody has several posts."""
    fresh = Notice.objects.filter(
        mailed_at=None, read_at=None, created_at__gt=at - timedelta(days=settings.DIGEST_DAYS)
    )
    served = Digest.objects.filter(day=today).exclude(sent_at=None, notices=0)
    people = User.objects.filter(is_active=True, pk__in=fresh.values("person")).exclude(email="")
    people = {one.pk: one for one in people.exclude(pk__in=served.values("person")).with_reach()}
    notices = fresh.filter(person__in=people).order_by("created_at", "pk")
    items = Renaksi.objects.for_check().filter(pk__in=notices.values("renaksi")).in_bulk()
    choices = NoticeChoices.objects.filter(person__in=people)
    unwanted = dict(choices.values_list("person", "unwanted"))
    owed: dict[int, list[Notice]] = {}
    for notice in notices:
        notice.person, notice.renaksi = people[notice.person_id], items.get(notice.renaksi_id)
        if notice.kind not in unwanted.get(notice.person_id, ()) and is_news(notice, today):
            owed.setdefault(notice.person_id, []).append(notice)
    return [(people[pk], notices) for pk, notices in owed.items()]


def is_news(notice, today) -> bool:
    """Says whether the notice is still true: it is not mailed when the item has moved on since.

    Costs no query when the renaksi was loaded by `for_check()` and the person by `with_reach()`.
    """
    renaksi, person = notice.renaksi, notice.person
    if (
        renaksi is None
    ):  # It was deleted, or the notice is about many. It names what the person could see.
        return True
    seats = [seat for seat in person.seats if renaksi_policy.check(seat, "view", renaksi)]
    if not seats:
        return False
    if notice.kind == Kind.SUBMITTED:
        return renaksi.status == SUBMITTED
    if notice.kind in (Kind.RETURNED, Kind.REOPENED):
        return renaksi.status in WORKABLE
    if notice.kind in (Kind.DUE_SOON, Kind.OVERDUE):
        mine = any(seat.unit_id == renaksi.lead_unit_id for seat in seats)
    elif notice.kind == Kind.ESCALATED:
        mine = any(seat.reach is None or renaksi.lead_unit_id in seat.reach for seat in seats)
    else:
        return True
    return mine and renaksi.status in WORKABLE and is_about_today(notice, renaksi)


def compose(person, notices) -> EmailMultiAlternatives:
    groups = []
    for kind in MOST_URGENT_FIRST:
        # Notices with the same text become one line; the last one is kept.
        rows = list({row.text: row for row in notices if row.kind == kind}.values())
        if rows:
            items = [(row.text, _address(_page_of(row))) for row in rows[: settings.DIGEST_ITEMS]]
            groups.append((kind.label, items, len(rows) - len(items)))
    context = {
        "person": person,
        "groups": groups,
        "count": sum(len(items) + more for _, items, more in groups),
        "inbox": _address(reverse("recommendations:notice-list")),
        "choices": _address(reverse("recommendations:notice-choices")),
    }
    message = EmailMultiAlternatives(
        render_to_string("emails/digest_subject.txt", context).strip(),
        render_to_string("emails/digest.txt", context),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("emails/digest.html", context), "text/html")
    return message


def _page_of(notice):
    return address_of(notice) or reverse("recommendations:notice-list")


def _address(path):
    return f"{settings.SITE_URL}{path}"


@transaction.atomic
def _claim(person, notices, today, at):
    """Returns the digest of the day for this run to send, or None when another run has claimed it."""
    digest, is_new = Digest.objects.get_or_create(
        person=person, day=today, defaults={"notices": len(notices)}
    )
    given_back = Digest.objects.filter(pk=digest.pk, sent_at=None, notices=0)
    if not is_new and not given_back.update(notices=len(notices)):
        return None
    Notice.objects.filter(pk__in=[row.pk for row in notices]).update(mailed_at=at)
    return digest


@transaction.atomic
def _give_back(digest, notices):
    Digest.objects.filter(pk=digest.pk).update(notices=0)
    Notice.objects.filter(pk__in=[row.pk for row in notices]).update(mailed_at=None)


def deliver(message, person, outcome: DigestOutcome, *, give_back) -> bool:
    """Sends a mail that is claimed and says whether it left; calls `give_back` when the server refused it."""
    address = message.to[0]
    try:
        message.send()
    except REFUSALS:
        logger.exception("The mail server refused the mail for person %s.", person.pk)
        give_back()
        outcome.refused.append(address)
    except Exception:
        logger.exception("Nobody knows whether person %s got the mail.", person.pk)
        message.connection.close()
        outcome.unknown.append(address)
    else:
        outcome.sent.append(address)
        return True
    return False
