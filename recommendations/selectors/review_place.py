"""Where an item stands in the review queue."""

from dataclasses import dataclass

from django.conf import settings

from recommendations.selectors import review_order
from sakip.numbers import format_number


@dataclass(frozen=True)
class QueuePlace:
    """`number` counts from 1; None when the item is not in the queue, or the queue is too long to be counted.

    `following` is the key of the next item where there is a number; None behind the last one.
    """

    number: int | None
    count: int
    following: int | None = None

    @property
    def words(self) -> str:
        count = format_number(min(self.count, settings.MOST_COUNTED), 0)
        if self.count > settings.MOST_COUNTED:
            return f"lebih dari {count} menunggu"
        return f"{self.number} dari {count}" if self.number else f"{count} menunggu"


def place_in(rows, renaksi, order) -> QueuePlace:
    """`rows` is the queue as filtered. At most two queries; of a long queue MOST_COUNTED keys are read."""
    most, source = settings.MOST_COUNTED, review_order.in_pages(rows, order)
    if order == review_order.BY_LHE:
        _, is_counted = source.count(most)  # which reads the keys of a short queue
        found = source.keys(0, most) if is_counted else None
    else:
        found = source.keys(0, most + 1)
    if found is None or len(found) > most:
        return QueuePlace(None, most + 1)
    keys = [key[0] for key in found]
    if renaksi.pk not in keys:
        return QueuePlace(None, len(keys))
    number = keys.index(renaksi.pk) + 1
    return QueuePlace(number, len(keys), next(iter(keys[number:]), None))
