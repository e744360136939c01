"""Whose account an identity of the province's provider is."""

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sakip.history.write import record
from sakip.models import User

UNKNOWN = (
    "{label} mengenal Anda, tetapi belum ada akun Anda di program ini. Akun dibuat oleh koordinator SAKIP "
    "perangkat daerah Anda."
)
UNVERIFIED = "Alamat surel Anda belum diverifikasi oleh {label}. Verifikasi dahulu di sana."
SEVERAL = "Data dari {label} cocok dengan beberapa akun. Hubungi koordinator SAKIP Anda."
INACTIVE = "Akun ini sudah dinonaktifkan. Hubungi koordinator SAKIP Anda."
OTHER = "Akun Anda di program ini sudah ditautkan dengan identitas lain dari {label}. Hubungi pengelola program."
SUPERUSER = "Pengelola program masuk dengan kata sandi."


def find_person(claims) -> User:
    """The one account that the claim of the office names. Raises ValidationError in words."""
    value = str(claims.get(settings.OIDC_CLAIM) or "").strip()
    if not value.isprintable() or not value:  # else no database knows what it means
        raise ValidationError(UNKNOWN, code="claim_missing")
    if settings.OIDC_MATCH == "email" and claims.get("email_verified") is not True:
        raise ValidationError(UNVERIFIED, code="email_unverified")
    how = {"username": "username", "email": "email__iexact", "nip": "nip"}[settings.OIDC_MATCH]
    found = list(User.objects.filter(**{how: value})[:2])
    if len(found) != 1:
        code, words = ("several", SEVERAL) if found else ("unknown", UNKNOWN)
        raise ValidationError(words, code=code)
    require_welcome(found[0])
    return found[0]


def require_welcome(person):
    """Raises ValidationError for those who do not come in this way.

    Whoever runs the provider must not become the administrator of this program by it.
    """
    if not person.is_active:
        raise ValidationError(INACTIVE, code="inactive")
    if person.is_superuser:
        raise ValidationError(SUPERUSER, code="superuser")


@transaction.atomic
def link(*, person, provider, uid, at) -> SocialAccount:
    """Ties the identity to the account, once: later the name at the provider may be given to another."""
    person = User.objects.select_for_update().get(pk=person.pk)
    require_welcome(person)
    if SocialAccount.objects.filter(user_id=person.pk, provider=provider).exists():
        raise ValidationError(OTHER, code="other_identity")
    try:
        with transaction.atomic():
            account = SocialAccount.objects.create(user=person, provider=provider, uid=uid)
    except IntegrityError:  # the same identity at the same moment, for another account
        raise ValidationError(OTHER, code="other_identity") from None
    record(actor=person, at=at, action="link_identity", target=person)
    return account


@transaction.atomic
def unlink(*, person, actor, at) -> bool:
    """Takes the identity off an account, so that another one may be linked. False when there is none."""
    removed, _ = SocialAccount.objects.filter(user_id=person.pk).delete()
    if removed:
        record(actor=actor, at=at, action="unlink_identity", target=person)
    return bool(removed)


def is_proof(claims) -> bool:
    """Whether the provider says that it asked for a second factor, in words that the office accepts."""
    methods = claims.get("amr")
    said = {methods} if isinstance(methods, str) else set()
    if isinstance(methods, list):
        said = {*map(str, methods)}
    return bool({*said, str(claims.get("acr", ""))} & set(settings.OIDC_MFA_VALUES))
