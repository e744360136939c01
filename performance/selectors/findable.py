"""What the search of the header finds here: indicators. Registered in `sakip.finding.kinds`."""

from django.db.models import Q

from performance.models import Indicator
from sakip.finding.asked import Asked, says
from sakip.finding.kinds import (
    MOST_COUNTED,
    FindableKind,
    FoundGroup,
    Hit,
    ViewedRecord,
    Wanted,
    counted,
    register,
    register_record,
)

INDICATOR = FindableKind("indikator", "Indikator", 4)


def find(user, asked: Asked, wanted: Wanted):
    """A province has some thousand indicators: the database looks for the longest word, the rest is compared
    here. Two queries."""
    if asked.item or not wanted.has(INDICATOR):
        return
    rows = Indicator.objects.visible_to(user).order_by("objective__unit", "objective", "number")
    longest = max(asked.words, key=len)
    if longest.isascii():
        rows = rows.filter(Q(name__icontains=longest) | Q(code__icontains=longest))
    keys = []
    for pk, code, name in rows.values_list("pk", "code", "name"):
        if says(f"{code} {name}", asked.words):
            keys.append(pk)
            if len(keys) > MOST_COUNTED:
                break
    found = load(user, keys[: wanted.most])
    yield FoundGroup(
        INDICATOR, [found[key] for key in keys[: wanted.most] if key in found], **counted(keys)
    )


def load(user, keys) -> dict[int, Hit]:
    if not keys:
        return {}
    rows = Indicator.objects.filter(pk__in=keys).visible_to(user)
    rows = rows.select_related("objective__unit", "owner_unit")
    return {
        row.pk: Hit(
            row.get_absolute_url(), str(row), row.place_for(user), str(row.owner_unit), [row.name]
        )
        for row in rows
    }


register(find, INDICATOR)
register_record(ViewedRecord("indikator", "performance:indicator-detail", load))
