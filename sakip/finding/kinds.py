"""What can be found by the search of the header. Each app registers its kinds (`<app>/selectors/findable.py`).

This app knows neither renaksi nor indicators. A finder starts from `visible_to(user)`, so that nothing is
found, counted or marked that its reader may not see, and asks a number of questions that does not grow with
the records.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sakip.finding.asked import Asked
from sakip.finding.marking import excerpt, marked
from sakip.numbers import format_number

FINDERS: list[Callable] = []
KINDS: list["FindableKind"] = []
RECORDS: dict[str, "ViewedRecord"] = {}
MOST_COUNTED = 50  # of one kind; more are “lebih dari 50”


@dataclass(frozen=True)
class FindableKind:
    """`code` stands in addresses, `rank` orders the kinds on the page."""

    code: str
    label: str
    rank: int


@dataclass(frozen=True)
class Hit:
    """One record found. `texts` are those in which the words may stand, the most telling first."""

    url: str
    name: str
    place: str = ""
    state: str = ""
    texts: Sequence[str] = ()

    def shown(self, asked: Asked, *, by_number=False) -> dict:
        """What a page shows of it, with the words marked; of one found by its number only the name."""
        words = () if by_number else asked.words
        return {
            "url": self.url,
            "name": marked(self.name, asked.words),
            "place": marked(self.place, words),
            "state": self.state,
            "text": marked(excerpt(self.texts, words), words),
        }


@dataclass(frozen=True)
class FoundGroup:
    """The records of one kind. `count` is at least so many where `is_all` is False.

    `by_number`: found by the number of an item, not by words. `more` is the address of the list that has them all; "" where only the page of the search has them.
    """

    kind: FindableKind
    hits: Sequence[Hit] = field(default_factory=list)
    count: int = 0
    is_all: bool = True
    more: str = ""
    by_number: bool = False

    def shown(self, asked: Asked) -> list[dict]:
        return [hit.shown(asked, by_number=self.by_number) for hit in self.hits]

    @property
    def count_words(self) -> str:
        number = format_number(self.count, 0)
        return number if self.is_all else f"lebih dari {number}"


@dataclass(frozen=True)
class Wanted:
    """How many records of a kind are shown, and of which kind; `code` "" means every kind."""

    most: int
    code: str = ""

    def has(self, kind: FindableKind) -> bool:
        return self.code in ("", kind.code)


@dataclass(frozen=True)
class ViewedRecord:
    """A kind of record whose page is remembered. `load(user, keys)` returns hits by key, of what is visible."""

    code: str
    view_name: str
    load: Callable


def register(finder: Callable, *kinds: FindableKind):
    """`finder(user, asked, wanted)` yields a FoundGroup for each kind; one without hits is left out.

    `kinds` are those that nobody has registered before.
    """
    FINDERS.append(finder)
    KINDS.extend(kinds)
    KINDS.sort(key=lambda kind: kind.rank)


def register_record(record: ViewedRecord):
    RECORDS[record.code] = record


def search(user, asked: Asked, wanted: Wanted) -> list[FoundGroup]:
    """What this person finds, kind by kind."""
    if asked.is_empty or asked.is_too_short:
        return []
    found: Iterable[FoundGroup] = (one for finder in FINDERS for one in finder(user, asked, wanted))
    return sorted((one for one in found if one.hits), key=lambda one: one.kind.rank)


def counted(keys: Sequence, most: int = MOST_COUNTED) -> dict:
    """`count` and `is_all` of keys of which at most one more than `most` was read."""
    return {"count": min(len(keys), most), "is_all": len(keys) <= most}
