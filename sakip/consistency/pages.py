"""The findings on one record, for its own page: renewed, if something has changed, and then read."""

from datetime import date

from django.db.models import Model

from sakip.consistency import marks, reading, renewing
from sakip.consistency.reading import SortedFindings


def findings_on(user, record, on: date, *, also: tuple[Model, str] | None = None) -> SortedFindings:
    """The findings that hold on the day `on`. `also` is another record and the code of a rule
    that it may break.

    One query to see that nothing has changed, one for each record, and a few where there are findings.
    """
    renewing.renew_if_possible(*marks.scopes_of(record))
    return reading.about(user, on, record, also=also)
