"""All mail leaves in the background. Nobody who causes one waits for the mail server or sees its faults.

Django sends mail through `QueuedBackend` (`sakip/mail.py`), which stores it here. A worker claims a mail,
sends it and deletes it. When the server surely has not taken it (away, or "later"), it is tried again
after 1, 2, 4 … minutes, at most an hour, for MAIL_HOURS. When the server refuses it for good, or nobody
can know whether it was taken, it is given up: no mail goes out twice. What is given up is in the log and
in the history of the person.
"""

import json
import logging
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from sakip import background
from sakip.ciphers import WrongKey, decrypt, encrypt
from sakip.history.write import record
from sakip.models import WaitingMail

logger = logging.getLogger(__name__)
PURPOSE = "sakip.mail"
LONGEST_PAUSE = 60  # minutes
DEAD_AFTER = timedelta(minutes=15)  # a process that sends for longer has died
PLAIN = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")


def send_to(person, *, subject, body, failure=""):
    """Mails a person. `failure` is the action for the history when the mail cannot be delivered."""
    message = EmailMessage(subject, body, to=[person.email])
    message.about = person.pk, failure  # type: ignore[attr-defined]  # `queue` reads it
    message.send()


@transaction.atomic
def queue(message):
    """Stores a mail and has it sent. Attachments have no place here, because nothing sends any."""
    if message.attachments:
        raise ValueError("a mail with an attachment cannot wait")
    content = {name: getattr(message, name) for name in PLAIN}
    content["headers"] = message.extra_headers
    content["alternatives"] = [list(part) for part in getattr(message, "alternatives", ())]
    person, failure = getattr(message, "about", (None, ""))
    now = timezone.now()
    row = WaitingMail.objects.create(
        content=encrypt(json.dumps(content), PURPOSE),
        person_id=person,
        failure=failure,
        queued_at=now,
        next_at=now,
    )
    deliver.enqueue(row.pk)
    transaction.on_commit(background.ensure)


@task(takes_context=True)
def deliver(context, pk: int) -> None:
    """The worker's part. Taking the context, it begins again when a worker died; a claim is not repeated."""
    give_up_dead_claims(timezone.now())
    send(pk)


def send(pk):
    now = timezone.now()
    free = WaitingMail.objects.filter(pk=pk, sending_at=None)
    if not free.update(sending_at=now):
        return  # sent, or another worker has it
    mail = WaitingMail.objects.get(pk=pk)
    connection = get_connection(settings.MAIL_BACKEND)
    try:
        message = _message(mail, connection)
        connection.open()
    except WrongKey:
        _give_up(mail, "it was encrypted under another SECRET_KEY")
    except (OSError, SMTPException) as error:
        _put_off(mail, error, now)
    else:
        _hand_over(mail, message, now)
    finally:
        connection.close()


def _hand_over(mail, message, now):
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPResponseException) as error:
        if _is_temporary(error):
            _put_off(mail, error, now)
        else:
            _give_up(mail, error)
    except Exception as error:
        _give_up(mail, f"nobody knows whether it was sent: {type(error).__name__}")
    else:
        logger.info("Mail %s was sent after %s failed tries.", mail.pk, mail.tries)
        mail.delete()


def give_up_dead_claims(now):
    """The process that sent these mails died: nobody knows whether they left."""
    for mail in WaitingMail.objects.filter(sending_at__lt=now - DEAD_AFTER):
        _give_up(mail, "the process that sent it died")


def _message(mail, connection):
    content = json.loads(decrypt(mail.content, PURPOSE))
    alternatives = content.pop("alternatives")
    message = EmailMultiAlternatives(**content, connection=connection)
    for part in alternatives:
        message.attach_alternative(*part)
    return message


def _is_temporary(error) -> bool:
    codes = [error.smtp_code] if isinstance(error, SMTPResponseException) else []
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    return all(400 <= code < 500 for code in codes)


def _put_off(mail, error, now):
    if now - mail.queued_at >= timedelta(hours=settings.MAIL_HOURS):
        _give_up(mail, error)
        return
    pause = min(2**mail.tries, LONGEST_PAUSE)
    mail.tries, mail.sending_at = mail.tries + 1, None
    mail.next_at = now + timedelta(minutes=pause)
    with transaction.atomic():
        mail.save(update_fields=["tries", "sending_at", "next_at"])
        deliver.using(run_after=mail.next_at).enqueue(mail.pk)
    logger.warning("Mail %s waits %s minutes: %s.", mail.pk, pause, type(error).__name__)


@transaction.atomic
def _give_up(mail, reason):
    """The text of an error may name addresses and is left out."""
    words = type(reason).__name__ if isinstance(reason, Exception) else reason
    logger.error("Mail %s is given up after %s tries: %s.", mail.pk, mail.tries + 1, words)
    if mail.person and mail.failure:
        record(actor=None, action=mail.failure, target=mail.person)
    mail.delete()
