"""Form fields for units: which units they offer, and what they show when two units have the same name."""

from collections import Counter
from functools import lru_cache
from operator import attrgetter

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.models import ModelChoiceIterator

from sakip.converters import key_of
from sakip.forms.selects import LongSelect
from sakip.models import Unit
from sakip.querysets import upwards
from sakip.selectors.unit_tree import UnitTree, unit_tree
from sakip.services.authority import assignable_bodies

INDENT = "\u2003"
BETWEEN = " · "  # a unit and the body behind it
KEPT = 64  # lists of choices that a process keeps; each is found by all that it was made of


def choosable_units(user, current=None):
    """Active units within reach, and the unit with the key `current` in any case. In tree order."""
    units = Unit.objects.editable_by(user).filter(is_active=True)
    if current:
        units |= Unit.objects.filter(pk=current)
    return Unit.objects.filter(pk__in=units.values("pk")).with_tree_fields()


def choosable_bodies(user, person):
    """Active bodies that this coordinator may assign to evaluators, and those that `person` already evaluates."""
    bodies = assignable_bodies(user)
    if not person.pk:
        return bodies
    assigned = person.assigned_bodies.values("pk")
    found = Q(pk__in=bodies.values("pk")) | Q(pk__in=assigned)
    return Unit.objects.filter(found).with_tree_fields()


def with_units_above(user, keys) -> frozenset[int]:
    """These units and, of those above them, the ones within reach: for a filter that takes a unit with all that
    is below it. No query besides that of the reach."""
    parents = unit_tree(user).parents
    keys = {pk for pk in keys if pk in parents}
    above = {pk for key in keys for pk in upwards(key, parents)}
    return frozenset(keys | (above if user.reach is None else above & user.reach))


@lru_cache(maxsize=KEPT)
def unit_labels(tree: UnitTree, keys: frozenset[int]) -> tuple[tuple[int, str], ...]:
    """Key and name of the units in the order of the tree, each indented by its depth below the highest one."""
    units = tree.in_order(keys)
    names = told_apart(units, tree=tree)
    top = min((unit.tree_depth for unit in units), default=0)
    return tuple(
        (
            unit.pk,
            f"{INDENT * (unit.tree_depth - top)}{names[unit.pk]}{'' if unit.is_active else ' (nonaktif)'}",
        )
        for unit in units
    )


def told_apart(units, name=str, tree=None) -> dict[int, str]:
    """Different names for the units, by key. One query; none when the names differ already or with a
    `tree` (a UnitTree).

    Equal names get the body added, as in “Sekretariat · Dinas Pariwisata”. Names that are still equal
    get every unit up to the body, and if that is not enough also the code.
    """
    units = {unit.pk: unit for unit in units}
    names = {pk: name(unit) for pk, unit in units.items()}
    if not _alike(names):
        return names
    tree = tree or _Tree()
    above = {pk: [str(one) for one in _up_to_body(unit, tree)] for pk, unit in units.items()}
    for addition in (
        lambda pk: above[pk][-1:],
        lambda pk: above[pk],
        lambda pk: [*above[pk], units[pk].code],
    ):
        names |= {pk: BETWEEN.join([name(units[pk]), *addition(pk)]) for pk in _alike(names)}
    return names


def with_body(unit) -> str:
    """The name of the unit and of its body, for a sentence that must be unambiguous. One query."""
    above = [] if unit.is_body else _up_to_body(unit, _Tree())
    return BETWEEN.join(map(str, [unit, *above[-1:]]))


def _alike(names):
    times = Counter(text.casefold() for text in names.values())
    return [pk for pk, text in names.items() if times[text.casefold()] > 1]


class _Tree:
    """Every unit by its key, and the key of the unit above each. One query."""

    def __init__(self):
        self.units = {unit.pk: unit for unit in Unit.objects.order_by()}
        self.parents = {pk: unit.parent_id for pk, unit in self.units.items()}


def _up_to_body(unit, tree):
    """The units above `unit` up to its body; up to the top of the tree when it has no body."""
    found = []
    for pk in upwards(unit.parent_id, tree.parents):
        found.append(tree.units[pk])
        if tree.units[pk].is_body:
            break
    return found


class _UnitIterator(ModelChoiceIterator):
    def __iter__(self):
        units = list(self.queryset)
        self.field.top = min((getattr(unit, "tree_depth", 0) for unit in units), default=0)
        self.field.labels = told_apart(units, self.field.name_of)
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for unit in units:
            yield self.choice(unit)


class _UnitChoices:
    """Indents each unit by its depth below the highest one; marks one that is offered although inactive.

    A long list gets a box in which a part of the name is typed (static/js/choices.js).
    """

    iterator = _UnitIterator
    labels = {}
    top = 0
    indent = INDENT
    name_of = attrgetter("name")

    def label_from_instance(self, unit):
        name = self.labels.get(unit.pk) or self.name_of(unit)
        mark = "" if unit.is_active else " (nonaktif)"
        depth = max(0, getattr(unit, "tree_depth", 0) - self.top)
        return f"{self.indent * depth}{name}{mark}"

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"data-searchable": "unit"}


class UnitField(_UnitChoices, forms.ModelChoiceField):
    """A choice of one unit."""


class UnitFilterField(UnitField):
    """A unit by which a list is filtered. It shows short names, because the filter is narrow."""

    widget = LongSelect
    name_of = staticmethod(str)


class _NamedUnits(ModelChoiceIterator):
    def __iter__(self):
        yield ("", self.field.empty_label)
        yield from unit_labels(self.field.tree, self.field.keys)


class UnitsAboveField(UnitFilterField):
    """The same for the units of `with_units_above`. No query to draw it."""

    iterator = _NamedUnits

    def offer(self, user, keys):
        self.tree, self.keys = unit_tree(user), with_units_above(user, keys)
        self.queryset = Unit.objects.filter(pk__in=self.keys)


class UnitChoiceField(UnitField):
    """A unit for a record. An inactive unit is refused with a message that says so."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            if key_of(value) is not None:
                _refuse_inactive([value])
            raise


class UnitsField(_UnitChoices, forms.ModelMultipleChoiceField):
    """A choice of several units."""

    widget = forms.CheckboxSelectMultiple
    indent = ""

    def clean(self, value):
        """Refuses a key that is too long for the database, in the same way as any invalid key."""
        for key in value or ():
            if key_of(key) is None:
                message = self.error_messages["invalid_pk_value"]
                raise ValidationError(message, code="invalid_pk_value", params={"pk": key})
        return super().clean(value)


class UnitMultipleChoiceField(UnitsField):
    """Several units for a record. An inactive unit is refused with a message that says so."""

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


def kinds_of_parts(user, kept="") -> list[tuple[str, str]]:
    """The kinds that a part of the user's body may have; `kept` is what is stored. A Dinas has no Biro."""
    above = Unit.objects.filter(pk__in=Unit.objects.lineage(user.unit_id))
    bodies = set(above.values_list("kind", flat=True))
    foreign = {kind for kind, body in Unit.ONLY_IN.items() if body not in bodies} - {kept}
    return [
        (kind, label) for kind, label in Unit.Kind.choices if kind not in Unit.ABOVE_PARTS | foreign
    ]
