"""Choices among many records, drawn at once: a widget for each of a thousand options takes longer than the page."""

from functools import lru_cache

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from recommendations.selectors.renaksi_choices import RenaksiChoices
from sakip.converters import key_of
from sakip.forms.people_choices import people_told_apart
from sakip.forms.unit_choices import told_apart, unit_labels
from sakip.models import User
from sakip.selectors.unit_tree import unit_tree

KEPT = 64  # lists of options that a process keeps; each is found by all that it was made of


@lru_cache(maxsize=KEPT)
def _options(choices):
    return format_html_join("", '<option value="{}">{}</option>', choices)


class OptionList(forms.Widget):
    """A drop-down list whose options are drawn as one text. `choices` are those of its field."""

    choices = ()

    def render(self, name, value, attrs=None, renderer=None):
        options = str(_options(tuple(self.choices)))
        chosen = format_html('value="{}"', "" if value is None else value)
        options = options.replace(f"{chosen}>", f"{chosen} selected>", 1)
        attributes = {"class": "form-select", **self.attrs, **(attrs or {})}
        pairs = format_html_join("", ' {}="{}"', attributes.items())
        return format_html('<select name="{}"{}>{}</select>', name, pairs, mark_safe(options))  # noqa: S308  escaped above


class OfferedField(forms.Field):
    """A choice of what `offer()` lists: pairs of key and label. It is asked only when it is needed.

    The value is the record with the key, or without a `model` the key itself.
    """

    widget = OptionList

    def __init__(self, model=None, *, empty_label="Semua", **options):
        super().__init__(required=False, **options)
        self.model, self.empty_label = model, empty_label

    def widget_attrs(self, widget):
        return {"data-searchable": self.label.lower()}  # static/js/choices.js

    @staticmethod
    def offer():
        return ()

    @property
    def choices(self):
        return (("", self.empty_label), *self.offer())

    @property
    def queryset(self):
        """What is offered, as records."""
        return self.model and self.model.objects.filter(pk__in=[key for key, _ in self.offer()])

    def get_bound_field(self, form, field_name):
        self.widget.choices = _Later(self)
        return super().get_bound_field(form, field_name)

    def clean(self, value):
        if value in self.empty_values:
            return None
        key = key_of(value)
        if key not in dict(self.offer()):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.model.objects.get(pk=key) if self.model else key


class _Later:
    """The choices of a field when they are drawn."""

    def __init__(self, field):
        self.field = field

    def __iter__(self):
        return iter(self.field.choices)


class RenaksiLabels:
    """The choices of the renaksi list with what they are called on screen."""

    def __init__(self, offered: RenaksiChoices):
        self.offered = offered

    def unit(self):
        return unit_labels(self.offered.tree, self.offered.units)

    def perangkat(self):
        return unit_labels(self.offered.tree, self.offered.bodies)

    def tahun(self):
        return [
            (year, year) for year in dict.fromkeys(year for _, year, _ in self.offered.evaluations)
        ]

    def evaluasi(self):
        return evaluation_labels(self.offered.tree, self.offered.evaluations)

    def petugas(self):
        return _people_labels(self.offered.tree, self.offered.people)

    def komponen(self):
        return self.offered.components


def units_of(user):
    """The units within the reach of this person, as choices. No query besides those of the reach."""
    tree = unit_tree(user)
    return unit_labels(tree, frozenset(tree.units) if user.reach is None else user.reach)


@lru_cache(maxsize=KEPT)
def evaluation_labels(tree, evaluations):
    """The year first, because a narrow screen cuts off the end."""
    bodies = told_apart({tree.units[body] for *_, body in evaluations}, tree=tree)
    return tuple((pk, f"{year} · {bodies[body]}") for pk, year, body in evaluations)


@lru_cache(maxsize=KEPT)
def _people_labels(tree, people):
    rows = [
        User(pk=pk, name=name, username=username, unit=tree.units.get(unit))
        for pk, name, username, unit in people
    ]
    labels = people_told_apart(rows, tree=tree)
    return tuple((person.pk, labels[person.pk]) for person in rows)
