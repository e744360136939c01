"""What the search of the header finds here: people, for coordinators within their reach."""

from django.urls import reverse

from sakip.finding.asked import Asked
from sakip.finding.kinds import FindableKind, FoundGroup, Hit, Wanted, counted, register
from sakip.finding.matching import like, saying
from sakip.models import User
from sakip.roles import Role

PERSON = FindableKind("orang", "Orang", 7)
NAMES = ("name", "username")


def find(user, asked: Asked, wanted: Wanted):
    """The people whom the list of accounts shows to this coordinator. Two queries, for others none."""
    if asked.item or user.role != Role.COORDINATOR or not wanted.has(PERSON):
        return
    rows = User.objects.posted_within(user).order_by("-is_active", "name", "pk")
    keys = saying(like(rows, asked, *NAMES).values_list("pk", *NAMES), asked)
    yield FoundGroup(PERSON, _hits(user, keys[: wanted.most]), **counted(keys))


def _hits(user, keys):
    rows = {row.pk: row for row in User.objects.filter(pk__in=keys).select_related("unit")}
    manageable = User.objects.manageable_by(user).filter(pk__in=keys) if keys else ()
    managed = {row.pk for row in manageable}
    return [_hit(rows[key], is_managed=key in managed) for key in keys if key in rows]


def _hit(row, *, is_managed):
    url = reverse("sakip:user-edit", args=[row.pk]) if is_managed else reverse("sakip:user-list")
    state = "" if row.is_active else "Tidak aktif"
    return Hit(url, str(row), row.get_role_display(), state, [row.username])


register(find, PERSON)
