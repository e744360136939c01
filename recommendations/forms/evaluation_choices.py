"""A choice of an LHE: its year, and its body told apart from others of the same name."""

from django import forms
from django.forms.models import ModelChoiceIterator

from recommendations.forms.offered import evaluation_labels
from sakip.selectors.unit_tree import unit_tree


class _EvaluationIterator(ModelChoiceIterator):
    def __iter__(self):
        rows = self.queryset.select_related(None).values_list("pk", "performance_year", "unit_id")
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        yield from evaluation_labels(unit_tree(), tuple(rows))


class EvaluationField(forms.ModelChoiceField):
    """Shows the year first, because a narrow screen cuts off the end."""

    iterator = _EvaluationIterator

    def _set_queryset(self, queryset):
        super()._set_queryset(queryset if queryset is None else queryset.select_related("unit"))

    queryset = property(forms.ModelChoiceField._get_queryset, _set_queryset)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"data-searchable": "LHE"}
