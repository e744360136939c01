"""Makes and revokes tokens, and finds out whose token a request carries."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from api.models import ApiToken
from api.rules.scopes import SCOPES
from sakip.dates import format_date
from sakip.history.write import record
from sakip.models import User
from sakip.operations import outages
from sakip.sign_in.second_factor import has_factor, must_have_factor

PREFIX = "sakip_"  # so that a scanner of published code knows what it has found
SHOWN = 10  # characters that stay readable
USED_EVERY = timedelta(hours=1)
TOO_MANY = (
    f"Anda sudah mempunyai {settings.API_TOKENS_PER_PERSON} token yang berlaku. Cabut dahulu yang tidak "
    "dipakai lagi."
)
UNKNOWN = "Token ini tidak dikenal. Salin lagi seluruhnya, atau buat yang baru."
REVOKED = "Token ini sudah dicabut. Buat yang baru bila masih diperlukan."
NO_PERSON = "Akun pemilik token ini sudah dinonaktifkan."
NO_POST = (
    "Penugasan pemilik token ini sudah berakhir. Buat token baru dalam penugasan yang sekarang."
)
NO_FACTOR = "Pemilik token ini belum memasang verifikasi dua langkah yang diwajibkan."


class TokenRefused(Exception):
    """A token that opens nothing. The message says why."""


@dataclass(frozen=True)
class Holder:
    """Who reads: the person in the post of the token."""

    token: ApiToken
    seat: User


@transaction.atomic
def make_token(*, actor, at, name, scopes, days) -> tuple[ApiToken, str]:
    """The new token of `actor` and its text, which is nowhere else. Raises ValidationError."""
    person = User.objects.select_for_update().get(pk=actor.pk)
    living = person.api_tokens.filter(revoked_at=None, expires_at__gt=at)
    if living.count() >= settings.API_TOKENS_PER_PERSON:
        raise ValidationError(TOO_MANY)
    if living.filter(name__iexact=name).exists():
        raise ValidationError(
            {"name": "Anda sudah mempunyai token dengan nama ini. Tulis nama lain."}
        )
    text = f"{PREFIX}{secrets.token_urlsafe(32)}"
    token = ApiToken(
        person=person,
        name=name,
        digest=digest_of(text),
        start=text[:SHOWN],
        post=actor.post_code,
        scopes=[code for code in SCOPES if code in scopes],
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    token.full_clean()
    token.save()
    until = f"{token}, {token.in_words}, sampai {format_date(token.expires_at)}"
    record(
        actor=actor, at=at, action="make_token", target=person, changes=[("api_token", "", until)]
    )
    return token, text


@transaction.atomic
def revoke_token(*, token, actor, at):
    """Does nothing to a token that is revoked already."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        changes = [("api_token", str(token), "")]
        record(actor=actor, at=at, action="revoke_token", target=token.person, changes=changes)


def digest_of(text: str) -> str:
    """Fast and without salt: nobody guesses 256 random bits."""
    return sha256(text.encode()).hexdigest()


def holder_of(text: str, at) -> Holder:
    """Raises TokenRefused. One query, two for a post in which the person does not act now, one more where a second
    factor is asked for."""
    rows = ApiToken.objects.select_related("person__unit")
    token = rows.filter(digest=digest_of(text)).first()
    if token is None:
        raise TokenRefused(UNKNOWN)
    if token.revoked_at:
        raise TokenRefused(REVOKED)
    if at >= token.expires_at:
        raise TokenRefused(
            f"Token ini berlaku sampai {format_date(token.expires_at)}. Buat yang baru."
        )
    return Holder(token, _seat_of(token))


def _seat_of(token) -> User:
    person = token.person
    if not person.is_active:
        raise TokenRefused(NO_PERSON)
    seat = person
    if person.post_code != token.post:
        seat = next((seat for seat in person.seats if seat.post_code == token.post), None)
    if seat is None:
        raise TokenRefused(NO_POST)
    if must_have_factor(person) and not has_factor(person):
        raise TokenRefused(NO_FACTOR)
    return seat


def note_use(token, at):
    """Writes at most once an hour, and not at all while the database takes no writes."""
    if token.last_used_at and at - token.last_used_at < USED_EVERY:
        return
    with outages.optional("the last use of a token"):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
