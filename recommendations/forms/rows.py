"""Formsets whose rows are known beforehand, and rows of a record's own parts."""

from django import forms


class FixedRowsFormSet(forms.BaseFormSet):
    """One form per item of `rows`, handed to it as `row`; what a browser says of their number is ignored."""

    def __init__(self, *args, rows, **kwargs):
        self.rows = rows
        super().__init__(*args, **kwargs)

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
