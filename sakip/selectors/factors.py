"""What the page of the second factors shows of a person."""

from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from django.conf import settings

from sakip.history.entries import HistoryEntry
from sakip.models import User

Type = Authenticator.Type


@dataclass
class Factors:
    """The factors of one person. `codes_left` is None without recovery codes."""

    app: Authenticator | None = None
    keys: list[Authenticator] = field(default_factory=list)
    codes_left: int | None = None

    def __bool__(self):
        return bool(self.app or self.keys)


def of_person(user) -> Factors:
    """One query; reads no secret."""
    found = Factors()
    for factor in Authenticator.objects.filter(user_id=user.pk).order_by("created_at", "pk"):
        if factor.type == Type.TOTP:
            found.app = factor
        elif factor.type == Type.WEBAUTHN:
            found.keys.append(factor)
        else:
            used = factor.data["used_mask"].bit_count()
            found.codes_left = settings.MFA_RECOVERY_CODE_COUNT - used
    return found


def last_reset(user) -> HistoryEntry | None:
    """The newest entry about a reset of the factors of this person by somebody else. One query."""
    entries = HistoryEntry.objects.on(User, user.pk).filter(action="reset_factors")
    return entries.select_related("actor").order_by("-at").first()
