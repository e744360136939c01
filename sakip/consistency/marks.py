"""Marks what has to be checked again after a change. Called by the only code that writes history.

A model says with `kept_scopes` which subjects its records belong to: the name of the subject and the
lookup path to it, like `history_body`. For other models an app registers a function.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import models

from sakip.bulk import insert_many
from sakip.consistency.kept import ChangedScope

Scope = tuple[str, int | None]
SLICE = 5_000  # records per query
EVERYTHING: list[Scope] = [(subject, None) for subject in ChangedScope.Subject.values]
ELSEWHERE: dict[type[models.Model], list[Callable[[list[int]], Iterable[Scope]]]] = defaultdict(
    list
)


def register(model: type[models.Model], scopes: Callable[[list[int]], Iterable[Scope]]):
    """`scopes` returns the scopes of records of `model` by their keys."""
    ELSEWHERE[model].append(scopes)


def mark(target, *, body: int | None = None, moves=False):
    """Marks the scopes of one changed record. One query, and one for each registered function.

    `body` is that of its history. `moves`: the record has left a body that is not known here, so all bodies are
    marked.
    """
    scopes = set(scopes_of(target)) | _elsewhere(type(target), [target.pk])
    if moves:
        scopes.add((ChangedScope.Subject.BODY, None))
    _save(scopes, {_concerned(type(target), None if moves else body)})


def scopes_of(record) -> list[Scope]:
    """The scopes that the model of a record names. No query when the related records are loaded."""
    return [(str(subject), _follow(record, path)) for subject, path in _paths(type(record))]


def mark_many(
    records: Iterable[tuple[type[models.Model], int]],
    bodies: Iterable[tuple[type[models.Model], int | None]] = ((models.Model, None),),
):
    """Marks each scope of many changed records, by model and key, once. A few queries per model and SLICE.

    `bodies` are those of their history, each with the model of a record.

    Those that will be deleted are marked before: afterwards nobody knows their scopes.
    """
    keys = defaultdict(list)
    for model, pk in records:
        keys[model].append(pk)
    scopes: set[Scope] = set()
    for model, pks in keys.items():
        for start in range(0, len(pks), SLICE):
            some = pks[start : start + SLICE]
            rows = model._base_manager.filter(pk__in=some).order_by()
            keys_by_path = {
                path: set(rows.values_list(path, flat=True).distinct())
                for path in {path for _, path in _paths(model)}
            }
            scopes |= {
                (subject, key) for subject, path in _paths(model) for key in keys_by_path[path]
            }
            scopes |= _elsewhere(model, some)
    _save(scopes, {_concerned(model, body) for model, body in bodies})


def mark_everything():
    _save(EVERYTHING, {None})


def _concerned(model, body) -> int | None:
    """The body whose readers alone a change concerns: a record of its follow-up is seen by nobody else. None for
    every other change."""
    own = {subject for subject, _ in _paths(model)}
    is_narrow = ChangedScope.Subject.FOLLOW_UP in own and ChangedScope.Subject.BODY not in own
    return body if is_narrow else None


def _save(scopes, bodies):
    scopes = {*scopes, *((ChangedScope.Subject.VERSION, body) for body in bodies)}
    insert_many([ChangedScope(subject=subject, key=key) for subject, key in scopes])


def _paths(model):
    return getattr(model, "kept_scopes", {}).items()


def _elsewhere(model, pks) -> set[Scope]:
    return {scope for scopes in ELSEWHERE.get(model, ()) for scope in scopes(pks)}


def _follow(record, path):
    *names, last = path.split("__")
    for name in names:
        record = getattr(record, name)
    return record.pk if last == "pk" else getattr(record, f"{last}_id")
