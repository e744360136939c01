"""Checks whether an undo is allowed now: permissions, closed records and validation rules.

The same sheets that check an import check its undo: the current record is the stored one, and the
old values are treated as the values of a workbook.
"""

from copy import copy
from typing import Any

from sakip.errors import WrongState
from workbooks.columns import cells, shelves
from workbooks.columns.sheets import Filled

REFUSED = "Impor ini tidak dapat dibatalkan."
BEYOND = f"{REFUSED} Sebagian isinya berada di luar jangkauan Anda sekarang."


def require_allowed(kind, held: dict, actor):
    """WrongState with the reason. `held` are undoing.Held by model and key; costs what reading a
    workbook of these rows costs, however many they are."""
    directory = shelves.directory_for(actor)
    for sheet_class in reversed(kind.sheets):
        if sheet_class.transition != "edit":
            continue  # the workflow has taken it back already
        Reviewer(sheet_class(), held, actor, directory).review()


class Reviewer:
    def __init__(self, sheet, held, actor, directory):
        self.sheet, self.actor, self.directory = sheet, actor, directory
        self.owners = {pk: one for (model, pk), one in held.items() if model is sheet.model}
        self.parts = {name: _parts(sheet, name, held) for name in sheet.parts}
        records = [
            one.record
            for by_owner in self.parts.values()
            for some in by_owner.values()
            for one in some.values()
        ]
        own = [one for one in sheet.columns() if not one.aside]
        columns = [*own, *(sheet.part_columns(records, directory) if records else ())]
        self.columns = {column.label: column for column in columns}
        self.own = [one for one in columns if not one.part and not one.locked]
        self.of_parts = [one for one in columns if one.part]
        self.known = {}

    def review(self):
        if not self.owners:
            return
        self.keys = [one for one in self.own if one.key and _names_record(one)]
        rows = {self._key(one.record): one.record for one in self.owners.values()}
        values = [self._values(record) for record in rows.values()]
        stored = {record.pk: record for record in self.sheet.matching(values, self.actor)}
        for pk, one in reversed(self.owners.items()):
            if pk not in stored:
                raise WrongState(BEYOND)
            self._judge(stored[pk], one)

    def _key(self, record):
        return tuple(getattr(record, f"{column.attribute}_id") for column in self.keys)

    def _values(self, record):
        return {
            column.attribute: self._record(column, getattr(record, f"{column.attribute}_id"))
            for column in self.keys
        }

    def _record(self, column, pk):
        """What the column names, from the directory: nothing that the person may not see."""
        shelf = column.widget.directory
        if shelf not in self.known:
            self.known[shelf] = {row.pk: row for row in self.directory.records(shelf)}
        if pk is not None and pk not in self.known[shelf]:
            raise WrongState(BEYOND)
        return self.known[shelf].get(pk)

    def _judge(self, stored, one):
        without = self._without_made(stored, one) if self.parts else stored
        found = {} if one.is_made else self._found(self._back(without, one), one)
        touched = found.keys() | self._removed(stored) | self._of_made(one)
        if not touched:
            return
        filled = Filled(stored, found, self.columns, set(touched))
        if reason := self.sheet.refusal(filled, self.actor):
            raise WrongState(_about(stored, reason))
        problems = list(self.sheet.closed(filled))
        if found:
            filled = Filled(without, found, self.columns, set(found))
            problems += self.sheet.problems(filled, self.actor)
        for label, message in problems:
            raise WrongState(_about(stored, f"{label}: {message}"))
        if found:
            self.sheet.accepted(without)

    def _without_made(self, stored, one):
        """The record without the parts that go."""
        left = {
            name: [
                row for row in getattr(stored, name).all() if not self._is_made(name, stored, row)
            ]
            for name in self.parts
        }
        return _with_sets(stored, left)

    def _back(self, record, one):
        """The record as it was: its own attributes, its sets and its parts."""
        sets = {
            name: [
                _put_back(row, self._held(name, record, row)) for row in getattr(record, name).all()
            ]
            for name in self.parts
        }
        for column in self.own:
            if column.attribute in one.sets:
                pks = one.sets[column.attribute][1]
                sets[column.attribute] = [self._record(column, pk) for pk in pks]
        back = _put_back(_with_sets(record, sets), one)
        for column in self.own:
            if column.attribute in one.names and _names_record(column):
                pk = getattr(one.record, f"{column.attribute}_id")
                setattr(back, column.attribute, self._record(column, pk))
        return back

    def _found(self, back, one):
        """By label what is put back."""
        found = {
            column.label: column.now(back)
            for column in self.own
            if column.attribute in one.names or column.attribute in one.sets
        }
        for column in self.of_parts:
            part = column.holder(back)
            held = part and self._held(column.part.relation, back, part)
            if held and column.attribute in held.names:
                found[column.label] = column.now(back)
        return found

    def _removed(self, stored):
        """The labels of parts that go."""
        parts = ((column, column.holder(stored)) for column in self.of_parts)
        return {
            column.label
            for column, part in parts
            if part and self._is_made(column.part.relation, stored, part)
        }

    def _of_made(self, one):
        """All that goes with a record that goes."""
        return {
            column.label for column in self.own if one.is_made and column.attribute in one.written
        }

    def _held(self, relation, owner, part):
        return self.parts[relation].get(owner.pk, {}).get(part.pk)

    def _is_made(self, relation, owner, part):
        held = self._held(relation, owner, part)
        return held is not None and held.is_made


def _parts(sheet, name, held):
    """What the import did to these parts, by the key of the owner and of the part."""
    relation = getattr(sheet.model, name).rel
    found: dict[int, dict[int, Any]] = {}
    for (model, pk), one in held.items():
        if model is relation.related_model:
            found.setdefault(getattr(one.record, relation.field.attname), {})[pk] = one
    return found


def _names_record(column):
    widget = column.widget
    return isinstance(widget, cells.ReferenceWidget) and not isinstance(
        widget, cells.ReferencesWidget
    )


def _with_sets(record, sets):
    """A copy with other related records; `sets` by the name of the relation."""
    changed = copy(record)
    loaded = getattr(record, "_prefetched_objects_cache", {})
    changed._prefetched_objects_cache = {**loaded, **sets}
    return changed


def _put_back(record, one):
    """A copy with the attributes of before."""
    back = copy(record)
    for name in one.names if one else ():
        attribute = record._meta.get_field(name).attname
        setattr(back, attribute, getattr(one.record, attribute))
    return back


def _about(record, reason):
    return f"{REFUSED} {record}: {reason}"
