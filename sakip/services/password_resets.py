"""Mails links to a new password. A page asks for them and does the same for every address that is typed."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from sakip import background
from sakip.models import User
from sakip.services.mail import send_to


def ask(people):
    """Leaves the rest to a worker, also when there is nobody: so the time does not tell who has an account."""
    mail_resets.enqueue([person.pk for person in people])
    transaction.on_commit(background.ensure)


@task()
def mail_resets(ids: list[int]) -> None:
    for person in User.objects.filter(pk__in=ids, is_active=True).exclude(email="").order_by("pk"):
        context = {"username": person.username, "password_reset_url": _link(person)}
        send_to(
            person,
            subject=render_to_string(
                "account/email/password_reset_key_subject.txt", context
            ).strip(),
            body=render_to_string("account/email/password_reset_key_message.txt", context).strip(),
        )


def _link(person):
    """Made from SITE_URL: the host that a request names may be an attacker's."""
    parts = {
        "uidb36": user_pk_to_url_str(person),
        "key": default_token_generator.make_token(person),
    }
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=parts)
