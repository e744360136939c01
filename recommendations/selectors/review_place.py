"""Where an item stands in the review queue."""

from dataclasses import dataclass

from django.conf import settings

from recommendations.models import Renaksi
from recommendations.selectors import review_order
from sakip.numbers import format_number


@dataclass(frozen=True)
class QueuePlace:
    """`number` counts from 1; None when the item is not in the queue, or the queue is too long to be counted."""

    number: int | None
    count: int

    @property
    def words(self) -> str:
        count = format_number(min(self.count, settings.MOST_COUNTED), 0)
        if self.count > settings.MOST_COUNTED:
            return f"lebih dari {count} menunggu"
        return f"{self.number} dari {count}" if self.number else f"{count} menunggu"


def place_in(rows, renaksi, order) -> QueuePlace:
    """`rows` is the queue as filtered. One query; of a long queue it reads MOST_COUNTED keys, unsorted."""
    some = rows.order_by().values("pk")[: settings.MOST_COUNTED + 1]
    found = review_order.ordered(Renaksi.objects.filter(pk__in=some), order)
    keys = list(found.values_list("pk", flat=True))
    is_counted = len(keys) <= settings.MOST_COUNTED and renaksi.pk in keys
    return QueuePlace(keys.index(renaksi.pk) + 1 if is_counted else None, len(keys))
