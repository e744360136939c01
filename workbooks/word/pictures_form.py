"""Where each picture of a Word file goes, and its caption."""

from django import forms

from sakip.text_fields import LineFormField
from workbooks.word import pictures
from workbooks.word.pictures import Placement

LONGEST_CAPTION = 200


class PicturesForm(forms.Form):
    """`placements` are those for which a place was chosen."""

    prefix = "gambar"

    def __init__(self, *args, found, evaluation, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.found = found
        notes = list(pictures.notes_of(evaluation, user))
        renaksi = list(pictures.renaksi_of(evaluation, user))
        self.targets = {f"c{one.pk}": one for one in notes} | {f"b{one.pk}": one for one in renaksi}
        of_notes = [(f"c{one.pk}", f"Catatan atas {one}") for one in notes]
        of_evidence = [(f"b{one.pk}", f"Bukti dukung {one}") for one in renaksi]
        by_number = {one.number: f"c{one.pk}" for one in notes}
        for place, picture in enumerate(found):
            groups = [("Foto pada catatan", of_notes)]
            groups += [("Bukti dukung", of_evidence)] if picture.part else []
            self._add(place, picture, groups, by_number.get(picture.number, ""))

    def _add(self, place, picture, groups, initial):
        self.fields[f"tujuan-{place}"] = forms.ChoiceField(
            label="Simpan sebagai", choices=[("", "Jangan disimpan"), *groups], initial=initial,
            required=False, widget=forms.Select({"class": "form-select"}),
        )  # fmt: skip
        self.fields[f"keterangan-{place}"] = LineFormField(
            label="Keterangan gambar", initial=picture.caption[:LONGEST_CAPTION], required=False,
            max_length=LONGEST_CAPTION, widget=forms.TextInput({"class": "form-control"}),
        )  # fmt: skip

    def clean(self):
        data = super().clean()
        chosen = [place for place in range(len(self.found)) if data.get(f"tujuan-{place}")]
        for place in chosen:
            if not data.get(f"keterangan-{place}"):
                self.add_error(f"keterangan-{place}", "Tulis keterangan gambarnya.")
        if not chosen and not self.errors:
            self.add_error(None, "Pilih tempat untuk paling sedikit satu gambar.")
        return data

    @property
    def rows(self):
        """Each picture with its number and its two fields."""
        return [
            (place, picture, self[f"tujuan-{place}"], self[f"keterangan-{place}"])
            for place, picture in enumerate(self.found)
        ]

    @property
    def placements(self) -> list[Placement]:
        data = self.cleaned_data
        return [
            Placement(picture, self.targets[target], data[f"keterangan-{place}"])
            for place, picture in enumerate(self.found)
            if (target := data[f"tujuan-{place}"])
        ]
