"""Forms that show again what a person typed and did not save. They check nothing and save nothing."""

from django import forms
from django.http import QueryDict


class Restored(QueryDict):
    """What was typed into a form before, in place of what a request sends."""

    @classmethod
    def of(cls, fields) -> "Restored":
        data = cls(mutable=True)
        for name, value in fields:
            data.appendlist(name, value)
        return data


class KeptForm:
    """Mixin, the first of the bases. Given `Restored`, the form is unbound, and its values are those."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if isinstance(self.data, Restored):
            self.is_bound = False

    def get_initial_for_field(self, field, field_name):
        stored = super().get_initial_for_field(field, field_name)
        if field.disabled or not isinstance(self.data, Restored):
            return stored
        name, widget = self.add_prefix(field_name), field.widget
        if isinstance(widget, forms.FileInput) or widget.value_omitted_from_data(
            self.data, {}, name
        ):
            return stored
        return widget.value_from_datadict(self.data, {}, name)


class KeptRows:
    """Mixin for formsets of such forms: as many rows as were typed, and nothing of them is checked."""

    @property
    def is_restored(self) -> bool:
        return isinstance(self.data, Restored)

    def full_clean(self):
        if not self.is_restored:
            super().full_clean()
            return
        self._errors = [{} for _ in self.forms]
        self._non_form_errors = self.error_class()

    def is_valid(self):
        return not self.is_restored and super().is_valid()
