"""What the lines of an LHE that is entered like a table mean, once their cells are read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from recommendations.models import Component
from recommendations.rules.evaluation_table import EntryLine
from sakip.models import Unit, User


@dataclass(kw_only=True)
class PointEntry:
    """`created` is the key that a new point gets."""

    line: EntryLine
    text: str
    created: int | None = None

    @property
    def key(self) -> int | None:
        return self.line.pk or self.created


@dataclass(kw_only=True)
class RenaksiEntry:
    """`place` is the point that it answers, counted from 1 in the block."""

    line: EntryLine
    text: str
    place: int | None
    lead: Unit | None
    supporting: list[Unit]
    person: User | None
    due_date: date | None

    def parts(self, points: Sequence[PointEntry]) -> list:
        """The key of the point that it answers, for the digest."""
        return [(points[self.place - 1].line.pk or "baru") if self.place else None]


@dataclass(kw_only=True)
class Entry:
    """A recommendation with its lines. `number` None: the next free one. Texts are in `sakip.notation`."""

    line: EntryLine
    text: str
    number: int | None
    component: Component | None
    points: list[PointEntry] = field(default_factory=list)
    renaksi: list[RenaksiEntry] = field(default_factory=list)

    @property
    def parts(self) -> list[int | None]:
        """The keys of the points in their order, for the digest; None for a new point."""
        return [point.line.pk for point in self.points if point.line.pk or point.text]

    @property
    def lines(self) -> list[EntryLine]:
        return [self.line, *(one.line for one in self.points), *(one.line for one in self.renaksi)]
