"""The names of units in a workbook: short within the reader's reach, with the body where two are alike."""

from collections import Counter
from collections.abc import Callable
from operator import attrgetter

from django.utils.functional import cached_property

from sakip.forms.unit_choices import BETWEEN, told_apart


class UnitNames:
    """`load` returns all units that the reader may see, each with its stored parent or a new one."""

    def __init__(self, user, load: Callable[[], list]):
        self.user, self._load = user, load
        self._reached: dict[int, bool] = {}
        self._all_words: dict[int, tuple[str, ...]] = {}

    @cached_property
    def _by_pk(self):
        return {unit.pk: unit for unit in self._load() if unit.pk}

    @cached_property
    def _names(self):
        """Names that are alike within reach have the body added; beyond reach, alike with any unit."""
        near = [unit for unit in self._by_pk.values() if self.reaches(unit)]
        everywhere = {} if len(near) == len(self._by_pk) else self._told_apart(self._by_pk.values())
        return everywhere | self._told_apart(near)

    @staticmethod
    def _told_apart(units):
        return told_apart(units, attrgetter("name"))

    def name(self, unit) -> str:
        return self._names.get(unit.pk) or unit.name

    def words(self, unit) -> tuple[str, ...]:
        """Returns all names under which the unit is found."""
        if unit.pk is None:
            return self._words(unit)
        if unit.pk not in self._all_words:
            self._all_words[unit.pk] = self._words(unit)
        return self._all_words[unit.pk]

    def beginnings(self, unit) -> tuple[str, ...]:
        """Returns the words with which names of the unit's records begin: few, for there are many records."""
        if self._times[unit.name.casefold()] > 1:
            return self.words(unit)
        return tuple(dict.fromkeys(filter(None, (unit.name, unit.short_name, unit.code))))

    @cached_property
    def _times(self):
        return Counter(unit.name.casefold() for unit in self._by_pk.values())

    def _words(self, unit):
        """Name, short name and code; both names also with the body or every unit up to it behind them.

        A name with the code in brackets is how earlier versions told units apart.
        """
        names = dict.fromkeys(filter(None, (unit.name, unit.short_name)))
        found = [*names, unit.code, f"{unit.name} ({unit.code})", self.name(unit)]
        above = self._up_to_body(unit)
        for name in names:
            for behind in ([str(above[-1])], [above[-1].name], map(str, above)) if above else ():
                found.append(BETWEEN.join([name, *behind]))
        return tuple(dict.fromkeys(found))

    def _up_to_body(self, unit):
        found = []
        for above in list(self._upwards(unit))[1:]:
            found.append(above)
            if above.is_body:
                break
        return found

    def _upwards(self, unit):
        """Yields the unit and all units above it."""
        while unit is not None:
            yield unit
            unit = self._by_pk.get(unit.parent_id) if unit.pk else unit.parent

    def is_beneath(self, unit, body) -> bool:
        """Says whether the unit is the body or below it."""
        return any(above is body or above == body for above in self._upwards(unit))

    def reaches(self, unit) -> bool:
        """Says whether the unit is within the reader's reach, or is a new one below such a unit."""
        if self.user.reach is None:
            return True
        if unit.pk is None:
            return any(above.pk in self.user.reach for above in self._upwards(unit))
        return unit.pk in self.user.reach
