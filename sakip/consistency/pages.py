"""The findings on one record, for its own page: renewed, if something has changed, and then read."""

from datetime import date

from django.db.models import Q

from sakip.consistency import marks, reading, renewing
from sakip.consistency.reading import SortedFindings


def findings_on(user, record, on: date, *, also: Q | None = None) -> SortedFindings:
    """The findings that hold on the day `on`. `also` is a condition for findings on other records.

    One query to see that nothing has changed, and three or four to read.
    """
    renewing.renew_if_possible(*marks.scopes_of(record))
    return reading.about(user, on, record, also=also)
