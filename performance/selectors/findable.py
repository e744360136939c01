"""What the search of the header finds here: indicators. Registered in `sakip.finding.kinds`."""

from performance.models import Indicator
from sakip.finding.asked import Asked
from sakip.finding.kinds import (
    FindableKind,
    FoundGroup,
    Hit,
    ViewedRecord,
    Wanted,
    counted,
    register,
    register_record,
)
from sakip.finding.matching import like, saying

INDICATOR = FindableKind("indikator", "Indikator", 4)


def find(user, asked: Asked, wanted: Wanted):
    """A province has some thousand indicators: the database looks for the longest word, the rest is compared
    here. Two queries."""
    if asked.item or not wanted.has(INDICATOR):
        return
    rows = Indicator.objects.visible_to(user).order_by("objective__unit", "objective", "number")
    keys = saying(like(rows, asked, "name", "code").values_list("pk", "code", "name"), asked)
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
