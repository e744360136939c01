"""What units were called on a day, so that papers, tables and exports of a year carry its names."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from sakip.models import Unit, UnitName


class FormerNames:
    """The former names of all units, or of those with the keys `units`. One query, however many units and
    days are asked about."""

    def __init__(self, units: Collection[int] | None = None):
        self._by_unit = defaultdict(list)
        names = UnitName.objects.order_by("until")
        for row in names if units is None else names.filter(unit__in=units):
            self._by_unit[row.unit_id].append(row)

    def on(self, unit_id: int, day: date) -> UnitName | None:
        """The name that the unit had on that day; None when it is the present one."""
        return next((row for row in self._by_unit.get(unit_id, ()) if row.until >= day), None)

    def units_on(self, day: date) -> set[int]:
        """The keys of the units that had another name on that day."""
        return {pk for pk in self._by_unit if self.on(pk, day)}

    def of(self, unit: Unit) -> list[str]:
        """Each other name that the unit had, the latest first."""
        names = [row.name for row in reversed(self._by_unit.get(unit.pk, ()))]
        return [name for name in dict.fromkeys(names) if name != unit.name]

    def put_on(self, units: Iterable[Unit], day: date):
        """Gives these loaded units, in memory only, the names of that day.

        `later_name` is then what the unit is called today, for a note on the screen. The same unit may
        be given again for another day.
        """
        for unit in units:
            today = unit.__dict__.setdefault("_names_today", Unit.names_of(unit))
            past = self.on(unit.pk, day)
            unit.name, unit.short_name, unit.head_title = Unit.names_of(past) if past else today
            is_other = past and str(past) != (today[1] or today[0])
            unit.later_name = (today[1] or today[0]) if is_other else ""


def end_of(year: int) -> date:
    """The day whose names count for a year as a whole."""
    return date(year, 12, 31)
