"""Choices of people: two of one name are told apart by their unit and its body."""

from collections import Counter

from django import forms
from django.db.models import prefetch_related_objects
from django.forms.models import ModelChoiceIterator

from sakip.forms.unit_choices import told_apart


def people_told_apart(people, *, always=False, within=None, tree=None) -> dict[int, str]:
    """Different names for the people, by key; their units must be loaded.

    Equal names get the unit added, as in “Andi (Sekretariat · Dinas Pariwisata)”, and if that is not
    enough the user name; with `always` every name has its unit. `within` are the keys of the units that
    may be named, None for all; it asks for `other_posts__unit`. At most one query, none with a `tree` (a
    UnitTree).
    """
    people = {person.pk: person for person in people}
    names = {pk: str(person) for pk, person in people.items()}
    alike = list(names) if always else _alike(names)
    places = {pk: people[pk].unit_within(within) for pk in alike}
    units = told_apart({*places.values()} - {None}, tree=tree)
    for pk, unit in places.items():
        if unit:
            names[pk] = f"{names[pk]} ({units[unit.pk]})"
    return names | {pk: f"{names[pk]}, {people[pk].username}" for pk in _alike(names)}


def _alike(names):
    times = Counter(name.casefold() for name in names.values())
    return [pk for pk, name in names.items() if times[name.casefold()] > 1]


class _PersonIterator(ModelChoiceIterator):
    def __iter__(self):
        people, within = list(self.queryset), self.field.within
        if within is not None:
            prefetch_related_objects(people, "other_posts__unit")
        always = self.field.with_unit
        self.field.labels = people_told_apart(people, always=always, within=within)
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for person in people:
            yield self.choice(person)


class PersonField(forms.ModelChoiceField):
    """A choice of one person. With `with_unit` every name has its unit, else only equal names.

    `within` are the keys of the units that the reader may learn of, None for all.
    """

    iterator = _PersonIterator
    labels = {}
    within = None

    def __init__(self, queryset, *, with_unit=True, **options):
        self.with_unit = with_unit
        super().__init__(queryset, **options)

    def _set_queryset(self, queryset):
        super()._set_queryset(queryset if queryset is None else queryset.select_related("unit"))

    queryset = property(forms.ModelChoiceField._get_queryset, _set_queryset)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"data-searchable": "nama"}

    def label_from_instance(self, person):
        return self.labels.get(person.pk) or str(person)
