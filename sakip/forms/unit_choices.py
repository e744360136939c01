"""Choosing units: which are offered, and how they are named where two have one name."""

from collections import Counter
from operator import attrgetter

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.models import ModelChoiceIterator

from sakip.converters import key_of
from sakip.models import Unit
from sakip.querysets import upwards

INDENT = "\u2003"


def choosable_units(user, current=None):
    """Active units within reach in tree order, and the one that stands there already."""
    units = Unit.objects.editable_by(user).filter(is_active=True)
    if current:
        units |= Unit.objects.filter(pk=current)
    return Unit.objects.filter(pk__in=units.values("pk")).with_tree_fields()


def choosable_bodies(user, person):
    """Active bodies within reach, and those that `person` evaluates already."""
    bodies = choosable_units(user).filter(kind=Unit.Kind.BODY)
    if not person.pk:
        return bodies
    assigned = person.assigned_bodies.values("pk")
    found = Q(pk__in=bodies.values("pk")) | Q(pk__in=assigned)
    return Unit.objects.filter(found).with_tree_fields()


def told_apart(units, name=str) -> dict[int, str]:
    """The name of each unit by its key. Where names are alike the body follows, as in
    “Sekretariat · Dinas Pariwisata”, else every unit up to the body, at last the code.

    One query, none when all names differ.
    """
    units = {unit.pk: unit for unit in units}
    names = {pk: name(unit) for pk, unit in units.items()}
    if not _alike(names):
        return names
    tree = _tree()
    above = {pk: [str(one) for one in _up_to_body(unit, tree)] for pk, unit in units.items()}
    for addition in (
        lambda pk: above[pk][-1:],
        lambda pk: above[pk],
        lambda pk: [*above[pk], units[pk].code],
    ):
        names |= {pk: " · ".join([name(units[pk]), *addition(pk)]) for pk in _alike(names)}
    return names


def with_body(unit) -> str:
    """The unit and the body it is part of, for a sentence that must leave no doubt. One query."""
    above = [] if unit.kind == Unit.Kind.BODY else _up_to_body(unit, _tree())
    return " · ".join(map(str, [unit, *above[-1:]]))


def _alike(names):
    times = Counter(text.casefold() for text in names.values())
    return [pk for pk, text in names.items() if times[text.casefold()] > 1]


def _tree():
    return {unit.pk: unit for unit in Unit.objects.order_by()}


def _up_to_body(unit, tree):
    """The units above, ending with the body, or with the top where there is none."""
    found = []
    for pk in upwards(unit.parent_id, {pk: one.parent_id for pk, one in tree.items()}):
        found.append(tree[pk])
        if tree[pk].kind == Unit.Kind.BODY:
            break
    return found


class _UnitIterator(ModelChoiceIterator):
    def __iter__(self):
        units = list(self.queryset)
        self.field.labels = told_apart(units, self.field.name_of)
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for unit in units:
            yield self.choice(unit)


class _UnitChoices:
    """Set in as deep as a unit lies in the tree; what is switched off but stands there is marked."""

    iterator = _UnitIterator
    labels = {}
    indent = INDENT
    name_of = attrgetter("name")

    def label_from_instance(self, unit):
        name = self.labels.get(unit.pk) or self.name_of(unit)
        mark = "" if unit.is_active else " (nonaktif)"
        return f"{self.indent * getattr(unit, 'tree_depth', 0)}{name}{mark}"


class UnitField(_UnitChoices, forms.ModelChoiceField):
    """A unit among those offered."""


class UnitFilterField(UnitField):
    """A unit to narrow a list to; short names, since such lists are narrow."""

    name_of = staticmethod(str)


class UnitChoiceField(UnitField):
    """A unit to choose; one that was switched off is refused in words."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            if key_of(value) is not None:
                _refuse_inactive([value])
            raise


class UnitsField(_UnitChoices, forms.ModelMultipleChoiceField):
    """Several of the units offered."""

    widget = forms.CheckboxSelectMultiple
    indent = ""

    def clean(self, value):
        """A key too long for the database is refused like any other that is none."""
        for key in value or ():
            if key_of(key) is None:
                message = self.error_messages["invalid_pk_value"]
                raise ValidationError(message, code="invalid_pk_value", params={"pk": key})
        return super().clean(value)


class UnitMultipleChoiceField(UnitsField):
    """Several units; one that was switched off is refused in words."""

    def clean(self, value):
        try:
            return super().clean(value)
        except ValidationError:
            _refuse_inactive([key for key in value if key_of(key) is not None])
            raise


def _refuse_inactive(keys):
    unit = Unit.objects.filter(pk__in=keys, is_active=False).first()
    if unit:
        raise ValidationError(f"Unit {unit} sudah tidak aktif. Pilih unit lain.", code="inactive")
