"""What is checked, and which records findings are about. This app knows neither; the other apps register.

A kind of check has scopes: the bodies or the evaluations. All findings of one scope are computed
together, so a change of one record renews the findings of its scope.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models

from sakip.consistency.finding import Finding
from sakip.policy import Policy


class Found(NamedTuple):
    """A finding with the key of its scope and the body to which it belongs."""

    scope: int
    body: int
    finding: Finding


@dataclass(frozen=True)
class Kind:
    """`subject` is what the scopes are (ChangedScope.Subject). `keys` returns those that exist; `find`
    computes the findings of some of them, in document order, with a known number of queries.
    """

    name: str
    subject: str
    keys: Callable[[], Iterable[int]]
    find: Callable[[Collection[int]], Iterable[Found]]


@dataclass(frozen=True)
class FindingTarget:
    """A model that findings are about. `load` returns records by keys with what `name` reads.

    `name` returns the name of the record in the list of findings; it takes the detail of the finding.
    """

    model: type[models.Model]
    policy: Policy
    load: Callable[[Collection[int]], Iterable[models.Model]]
    name: Callable[[models.Model, str], str]


KINDS: dict[str, Kind] = {}
TARGETS: dict[type[models.Model], FindingTarget] = {}


def register(*, kinds: Iterable[Kind] = (), targets: Iterable[FindingTarget] = ()):
    KINDS.update((kind.name, kind) for kind in kinds)
    TARGETS.update((target.model, target) for target in targets)
