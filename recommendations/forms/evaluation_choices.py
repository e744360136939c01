"""A choice of an LHE: its year, and its body told apart from others of the same name."""

from django import forms
from django.forms.models import ModelChoiceIterator

from sakip.forms.unit_choices import told_apart
from sakip.models import Unit


class _EvaluationIterator(ModelChoiceIterator):
    def __iter__(self):
        evaluations = list(self.queryset.select_related(None).only("performance_year", "unit"))
        units = Unit.objects.in_bulk({evaluation.unit_id for evaluation in evaluations})
        self.field.bodies = told_apart(set(units.values()))
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for evaluation in evaluations:
            evaluation.unit = units[evaluation.unit_id]
            yield self.choice(evaluation)


class EvaluationField(forms.ModelChoiceField):
    """Shows the year first, because a narrow screen cuts off the end."""

    iterator = _EvaluationIterator
    bodies = {}

    def _set_queryset(self, queryset):
        super()._set_queryset(queryset if queryset is None else queryset.select_related("unit"))

    queryset = property(forms.ModelChoiceField._get_queryset, _set_queryset)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"data-searchable": "LHE"}

    def label_from_instance(self, evaluation):
        body = self.bodies.get(evaluation.unit_id) or str(evaluation.unit)
        return f"{evaluation.performance_year} · {body}"
