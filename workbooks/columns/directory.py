"""Finds records by the names that a workbook uses, without a query for each row.

It contains only records that the person may see, so a workbook cannot refer to others. A name that
several records have means the one of the row's body, else the one within the person's reach. A former
name of a unit is understood too, unless two units had it or a unit has it now.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from sakip.models import UnitName
from workbooks.columns.unit_names import UnitNames

MOST_NAMES = 2000
UNITS = "units"


@dataclass(frozen=True)
class Shelf:
    """One kind of record: how to load it for a person, its name, and other accepted names.

    `unit` returns the unit with which a name begins; `name` then gets a name of that unit as second
    argument. `names` returns different names for all records, by key, if `name` may repeat. `join`
    sets on the loaded records the parents that are part of the name.
    """

    label: str
    load: Callable
    name: Callable[..., str]
    aliases: Callable[[object], Iterable[str]] = lambda record: ()
    unit: Callable | None = None
    names: Callable[[list], dict[int, str]] | None = None
    join: Callable[[list], object] = lambda rows: None


@lru_cache(MOST_NAMES)
def folded(text: str) -> str:
    return " ".join(str(text).casefold().split())


class Directory:
    """The shelves of one reader. Each is loaded at its first use, in the queries of its `load`."""

    def __init__(self, user, shelves):
        self.user, self.shelves = user, shelves
        self._records, self._names, self._words = {}, {}, {}
        self._former = None
        self._added = defaultdict(list)
        self.units = UnitNames(user, lambda: self.records(UNITS))

    def records(self, shelf) -> list:
        self._open(shelf)
        return self._records[shelf]

    def names(self, shelf) -> list[str]:
        """Returns the names for a drop-down: of units only those within reach. Empty if too many."""
        if shelf not in self._records and self.shelves[shelf].load(self.user).count() > MOST_NAMES:
            return []
        records = self.records(shelf)
        if shelf == UNITS:
            records = [unit for unit in records if unit.is_active and self.units.reaches(unit)]
        return [self.name(shelf, record) for record in records]

    def name(self, shelf, record) -> str:
        """Returns a name that `find` understands; units of one name have their body added."""
        if shelf == UNITS:
            return self.units.name(record)
        shelf_of = self.shelves[shelf]
        if shelf_of.unit:
            return shelf_of.name(record, self.units.name(shelf_of.unit(record)))
        if not shelf_of.names:
            return shelf_of.name(record)
        self._open(shelf)
        return self._names[shelf].get(record.pk) or shelf_of.name(record)

    def unit_of(self, shelf, record):
        """Returns the unit with which the name of the record begins; None if it begins with none."""
        if shelf == UNITS:
            return record
        unit = self.shelves[shelf].unit
        return unit(record) if unit else None

    def find(self, shelf, word, body=None):
        """Returns the record of this name. `body` is the body that the row is about, or None.

        Raises ValueError with a sentence that says what to write instead.
        """
        self._open(shelf)
        found = self._meant(shelf, word, self._words[shelf].get(folded(word), ()), body)
        label = self.shelves[shelf].label
        if not found:
            found = self._by_former_name(shelf, word)
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(sorted(self.name(shelf, record) for record in found)[:5])
            codes = ""
            if shelf == UNITS:
                codes = f", atau kodenya: {', '.join(sorted(unit.code for unit in found)[:5])}"
            raise ValueError(f"{label} “{word}” lebih dari satu. Tulis salah satu: {names}{codes}.")
        hint = self._hint(shelf, word)
        raise ValueError(f"{label} “{word}” tidak ada atau bukan untuk Anda.{hint}")

    def _hint(self, shelf, word) -> str:
        """Names the record with the most similar name; of units only one within reach."""
        words = self._words[shelf]
        if shelf == UNITS:
            words = {
                name: near
                for name, units in words.items()
                if (near := [unit for unit in units if self.units.reaches(unit)])
            }
        near = get_close_matches(folded(word), words, n=1, cutoff=0.75)
        return f" Mungkin maksudnya “{self.name(shelf, words[near[0]][0])}”." if near else ""

    def _meant(self, shelf, word, found, body):
        """Narrows records of one name: those of the row's body, of exactly this name, within reach."""
        if len(found) < 2 or self.unit_of(shelf, found[0]) is None:
            return found
        for belongs in (
            lambda record: body and self.units.is_beneath(self.unit_of(shelf, record), body),
            lambda record: folded(self.name(shelf, record)) == folded(word),
            lambda record: self.units.reaches(self.unit_of(shelf, record)),
        ):
            found = [record for record in found if belongs(record)] or found
        return found

    def _by_former_name(self, shelf, word):
        """The records whose name begins with a former name of a unit. One query, at the first miss."""
        if self._former is None:
            names = UnitName.objects.values_list("name", "short_name", "unit__code")
            self._former = [(folded(name), code) for *both, code in names for name in both if name]
        asked = folded(word)
        found = {}
        for name, code in self._former:
            if asked.startswith(name):
                today = folded(f"{code}{asked.removeprefix(name)}")
                found |= {record.pk: record for record in self._words[shelf].get(today, ())}
        return tuple(found.values())

    def add(self, shelf, record):
        """A record that the same workbook brings and later sheets name; filed once somebody looks."""
        self._added[shelf].append(record)

    def _open(self, shelf):
        if shelf not in self._records:
            self._load(shelf)
        for record in self._added.pop(shelf, ()):
            self._records[shelf].append(record)
            self._file(shelf, record)

    def _load(self, shelf):
        shelf_of = self.shelves[shelf]
        rows = list(shelf_of.load(self.user))
        shelf_of.join(rows)
        self._records[shelf], self._words[shelf] = rows, defaultdict(tuple)
        self._names[shelf] = shelf_of.names(rows) if shelf_of.names else {}
        for row in rows:
            self._file(shelf, row)

    def _file(self, shelf, row):
        for word in {folded(word) for word in self._words_of(shelf, row) if word}:
            self._words[shelf][word] += (row,)

    def _words_of(self, shelf, row):
        shelf_of = self.shelves[shelf]
        yield from shelf_of.aliases(row)
        if shelf == UNITS:
            yield from self.units.words(row)
        elif shelf_of.unit:
            for name in self.units.beginnings(shelf_of.unit(row)):
                yield shelf_of.name(row, name)
        else:
            yield shelf_of.name(row)
            yield self._names[shelf].get(row.pk, "")
