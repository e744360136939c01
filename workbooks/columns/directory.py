"""Finds records by the names that a workbook uses, without a query for each row.

It contains only records that the person may see, so a workbook cannot refer to others. A former name of
a unit is understood too, unless two units had it or a unit has it now.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from sakip.models import UnitName

MOST_NAMES = 2000


@dataclass(frozen=True)
class Shelf:
    """One kind of record: how to load it for a person, its name, and other accepted names.

    `unit` returns the unit with which a name begins: two names are equal if the unit names are equal.
    `join` sets on the loaded records the parents that are part of the name.
    """

    label: str
    load: Callable
    name: Callable[[object], str]
    aliases: Callable[[object], Iterable[str]] = lambda record: ()
    unit: Callable | None = None
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

    def records(self, shelf) -> list:
        self._open(shelf)
        return self._records[shelf]

    def names(self, shelf) -> list[str]:
        """Returns all names for a drop-down; an empty list when there are too many."""
        if shelf not in self._records and self.shelves[shelf].load(self.user).count() > MOST_NAMES:
            return []
        return [self.name(shelf, record) for record in self.records(shelf)]

    def name(self, shelf, record) -> str:
        """Returns a unique name: if two records have the same name, the code is added in brackets."""
        if self.shelves[shelf].unit:
            return self._named_by_unit(shelf, record)
        self._open(shelf)
        return self._names[shelf].get(record.pk) or self.shelves[shelf].name(record)

    def _named_by_unit(self, shelf, record):
        """Needs the units only, however many records there are."""
        shelf_of = self.shelves[shelf]
        self._open("units")
        plain = shelf_of.name(record)
        if self._times[folded(shelf_of.unit(record).name)] < 2:
            return plain
        return f"{plain} ({next(iter(shelf_of.aliases(record)))})"

    def find(self, shelf, word):
        """Raises ValueError with a sentence that says what to write instead."""
        self._open(shelf)
        found = self._words[shelf].get(folded(word), ())
        label = self.shelves[shelf].label
        if not found:
            found = self._by_former_name(shelf, word)
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(sorted(self.name(shelf, record) for record in found)[:5])
            raise ValueError(f"{label} “{word}” lebih dari satu. Tulis salah satu: {names}.")
        near = get_close_matches(folded(word), self._words[shelf], n=1, cutoff=0.75)
        hint = (
            f" Mungkin maksudnya “{self.name(shelf, self._words[shelf][near[0]][0])}”."
            if near
            else ""
        )
        raise ValueError(f"{label} “{word}” tidak ada atau bukan untuk Anda.{hint}")

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
        rows = list(self.shelves[shelf].load(self.user))
        self.shelves[shelf].join(rows)
        self._records[shelf], self._words[shelf] = rows, defaultdict(tuple)
        plain = self.shelves[shelf].name
        self._names[shelf] = {}
        if self.shelves[shelf].unit:
            for row in rows:
                self._names[shelf][row.pk] = self._named_by_unit(shelf, row)
                self._file(shelf, row)
            return
        times = Counter(folded(plain(row)) for row in rows)
        if shelf == "units":
            self._times = times
        aliases = self.shelves[shelf].aliases
        for row in rows:
            code = next(iter(aliases(row)), "")
            twice = times[folded(plain(row))] > 1 and code
            self._names[shelf][row.pk] = f"{plain(row)} ({code})" if twice else plain(row)
            self._file(shelf, row)

    def _file(self, shelf, row):
        shelf_of = self.shelves[shelf]
        words = (shelf_of.name(row), *shelf_of.aliases(row), self._names[shelf].get(row.pk, ""))
        for word in {folded(word) for word in words if word}:
            self._words[shelf][word] += (row,)
