"""Formsets whose rows are known beforehand, and rows of a record's own parts."""

from django import forms
from django.utils.functional import cached_property

KEYS = "ROWS"


class FixedRowsFormSet(forms.BaseFormSet):
    """One form per item of `rows`, handed to it as `row`; what a browser says of their number is ignored.

    Where `key_of` names the rows, the names travel with the page: when rows have come, gone or changed
    places since, what was typed stays with the row for which it was typed.
    """

    def __init__(self, data=None, *args, rows, **kwargs):
        self.rows = rows
        super().__init__(data, *args, **kwargs)
        self.keys = ",".join(self.key_of(row) for row in rows).strip(",")
        if data is not None and self.keys:
            self.data = self._in_order(data)

    def key_of(self, row) -> str:
        return ""

    def _in_order(self, data):
        name = f"{self.prefix}-{KEYS}"
        posted = data.get(name) or self.keys
        if posted == self.keys:
            return data
        place = {key: number for number, key in enumerate(posted.split(","))}
        moved = data.copy()
        for field in data:
            head, _, rest = field.removeprefix(f"{self.prefix}-").partition("-")
            if field.startswith(f"{self.prefix}-") and head.isdecimal() and rest:
                del moved[field]
        for number, key in enumerate(self.keys.split(",")):
            old, new = f"{self.prefix}-{place.get(key)}-", f"{self.prefix}-{number}-"
            for field in data:
                if field.startswith(old):
                    moved[field.replace(old, new, 1)] = data[field]
        moved[name] = self.keys
        return moved

    @cached_property
    def management_form(self):
        form = super().management_form
        if self.keys:
            names = forms.CharField(widget=forms.HiddenInput, required=False, initial=self.keys)
            form.fields[KEYS] = names
        return form

    def total_form_count(self):
        return len(self.rows)

    def initial_form_count(self):
        return len(self.rows)

    def get_form_kwargs(self, index):
        return {**super().get_form_kwargs(index), "row": self.rows[index]}


class PartForm(forms.Form):
    """A row that may belong to a part already saved; `id` is empty for a new one."""

    id = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PartFormSet(forms.BaseFormSet):
    """Rows of PartForm that can be put in order and deleted, without scripts too."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["ORDER"].label = "Urutan"
        form.fields["ORDER"].widget.attrs |= {"min": 1, "inputmode": "numeric"}
        form.fields["DELETE"].label = "Hapus"

    @property
    def parts(self) -> list[dict]:
        """The cleaned rows in their order, without those deleted or left empty."""
        return [form.cleaned_data for form in self.ordered_forms if not form.is_empty()]
