"""Formsets with a fixed list of rows, and formsets for the parts of a record."""

from django import forms
from django.utils.functional import cached_property

from sakip.forms.sent_rows import SentRowsFormSet
from sakip.forms.unsaved import KeptForm, KeptRows
from sakip.text_fields import LineFormField

KEYS = "ROWS"
# The page offers no more than `max_num` rows of points, steps or photos. An import may have stored more,
# and its page sends them all back: so many it can be.
MOST_PARTS = 200


class FixedRowsFormSet(KeptRows, forms.BaseFormSet):
    """One form for each item of `rows`, which the form gets as `row`. The count from the browser is ignored.

    With `key_of` the page also sends a key for each row. So typed values stay with their row when
    rows were added, deleted or moved since the page was opened.
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
            names = LineFormField(widget=forms.HiddenInput, required=False, initial=self.keys)
            form.fields[KEYS] = names
        return form

    def total_form_count(self):
        return len(self.rows)

    def initial_form_count(self):
        return len(self.rows)

    def get_form_kwargs(self, index):
        return {**super().get_form_kwargs(index), "row": self.rows[index]}


class PartForm(KeptForm, forms.Form):
    """One part of a record; `id` is empty for a new part."""

    id = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PartFormSet(SentRowsFormSet):
    """Rows of PartForm that a person can sort and delete, also without scripts."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["ORDER"].label = "Urutan"
        form.fields["ORDER"].widget.attrs |= {"min": 1, "inputmode": "numeric"}
        form.fields["DELETE"].label = "Hapus"

    @property
    def parts(self) -> list[dict]:
        """Returns the cleaned rows in their order, without deleted and empty ones."""
        return [form.cleaned_data for form in self.ordered_forms if not form.is_empty()]
