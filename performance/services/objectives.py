"""Writes objectives. Each change adds one history entry."""

from collections.abc import Mapping
from copy import copy
from datetime import datetime

from django.db import transaction

from performance.models import Objective, ObjectiveSource
from performance.permissions import objective_policy
from performance.services.shared import record_changes, require_active
from sakip.deleting import last_words, require_bare
from sakip.editing import require_version
from sakip.errors import require, still_there
from sakip.history.words import about, part_code
from sakip.history.write import record
from sakip.models import User
from sakip.writing import raise_version, said, write, write_part


@transaction.atomic
def save_objective(
    *,
    actor: User,
    at: datetime,
    sources: Mapping[int, str],
    objective: Objective | None = None,
    version: int | None = None,
    **fields,
) -> Objective:
    """Changes or creates an objective. `sources` are all its lines “Sumber: …”, by year.

    Raises StaleEdit when the objective or its lines are newer than `version` and would change.
    """
    adding = objective is None
    if objective is None:
        require_active(fields["unit"], "unit")
        require(objective_policy.check(actor, "edit", Objective(unit=fields["unit"])))
        current = Objective()
    else:
        current = still_there(Objective.objects.select_for_update(), objective)
        require(objective_policy.check(actor, "edit", current))
    objective = copy(current)
    changes = write_part(objective, **fields)
    changes += _write_sources(objective, sources)
    if changes:
        require_version(current, version, "sasaran")  # a StaleEdit rolls back the changes
        raise_version(objective)
    record_changes(actor, at, objective, changes, adding)
    return objective


@transaction.atomic
def delete_objective(*, objective, actor: User, at: datetime, version: int | None = None):
    """Deletes an objective without indicators, with its lines “Sumber: …”; its body's history keeps them."""
    rows = Objective.objects.select_for_update(of=("self",)).select_related("unit")
    objective = still_there(rows, objective)
    require_deletable(objective, actor)
    require_version(objective, version, "sasaran")
    changes = last_words(objective, ("number", "name"))
    for row in objective.sources.all():
        changes += last_words(row, ["text"], row.year)
    record(actor=actor, at=at, action="delete_objective", target=objective.unit, changes=changes)
    objective.delete()


def require_deletable(objective, actor):
    require(objective_policy.check(actor, "edit", objective))
    require_bare(objective, own=("sources",))


def objective_words(objective) -> list[tuple[str, str]]:
    """The stored content of an objective's form, as pairs of label and displayed text."""
    sources = [(f"Sumber {row.year}", row.text) for row in objective.sources.all()]
    return [*said(objective, ["number", "name"]), *sources]


def _write_sources(objective, sources):
    changes = []
    stored = {row.year: row for row in objective.sources.all()}
    for year in sorted(stored.keys() - sources.keys()):
        changes.append((part_code(ObjectiveSource, "text", year), stored[year].text, ""))
        stored[year].delete()
    for year, text in sorted(sources.items()):
        row = stored.get(year) or ObjectiveSource(objective=objective, year=year)
        changes += about(row, write(row, text=text), year)
    return changes
