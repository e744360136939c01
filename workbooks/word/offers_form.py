"""Which notes and scores of the file are taken over, and where they go."""

from django import forms

from workbooks.word import offers
from workbooks.word.content import TableDraft


class OffersForm(forms.Form):
    """`choose` puts what was chosen into the draft."""

    prefix = "isi-lain"

    def __init__(self, *args, draft: TableDraft, evaluation, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.extras = draft.extras
        self._add_notes(draft.entries)
        if self.extras.scores:
            self._add_scores(offers.editable_years(evaluation, user))

    def _add_notes(self, entries):
        headings = {one.number: one.heading for one in reversed(entries) if one.number}
        choices = [("", "Jangan diimpor")] + [
            (number, f"Catatan atas rekomendasi {number} {heading}".strip())
            for number, heading in sorted(headings.items())
        ]
        for place, note in enumerate(self.extras.notes):
            self.fields[f"catatan-{place}"] = forms.TypedChoiceField(
                label=note.text, choices=choices, initial=note.number or "", required=False,
                coerce=int, empty_value=None, widget=forms.Select({"class": "form-select"}),
            )  # fmt: skip

    def _add_scores(self, years):
        for place, table in enumerate(self.extras.scores):
            known = [
                (year, f"Nilai tahun {year} masuk ke {years[year]}")
                for year in table.years
                if year in years
            ]
            if known:
                self.fields[f"nilai-{place}"] = forms.MultipleChoiceField(
                    label=f"{table.place}: nilai {len(table.rows)} komponen", choices=known,
                    initial=table.chosen, required=False, widget=forms.CheckboxSelectMultiple,
                )  # fmt: skip

    @property
    def notes(self):
        """Pairs of a note and its field."""
        return [(note, self[f"catatan-{place}"]) for place, note in enumerate(self.extras.notes)]

    @property
    def scores(self):
        """Pairs of a table and its field, None where no LHE of its years may be written."""
        names = [f"nilai-{place}" for place in range(len(self.extras.scores))]
        fields = [self[name] if name in self.fields else None for name in names]
        return list(zip(self.extras.scores, fields, strict=True))

    def choose(self):
        for place, note in enumerate(self.extras.notes):
            note.number = self.cleaned_data[f"catatan-{place}"]
        for place, table in enumerate(self.extras.scores):
            table.chosen = self.cleaned_data.get(f"nilai-{place}", table.chosen)
