"""Choosing a Word file, and correcting what was read from it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from recommendations.forms.evaluation_choices import EvaluationField
from recommendations.forms.rows import FixedRowsFormSet
from recommendations.selectors import part_units
from recommendations.services.quarter_closing import name_of
from sakip import notation
from sakip.forms.unit_choices import UnitFilterField
from sakip.forms.unsaved import KeptForm
from sakip.text_fields import LineFormField, LinesFormField
from workbooks.word import services
from workbooks.word.seen import ReadingForm

STATUSES = [
    ("open", "Belum: isinya rencana aksi"),
    ("in_progress", "Dalam proses: sudah dikerjakan"),
]
CLAIMS = [
    ("work", "Dalam proses: unit mengirim sendiri tindak lanjutnya, bersama bukti dukung"),
    ("claim", "Sudah, seperti di dokumen: pernyataan unit yang menunggu reviu"),
]
ENTRIES_A_PAGE = 20

LONGEST = 50_000  # characters of one cell; reading more would keep a process busy


class WordTableUploadForm(forms.Form):
    """What the file is about may be left to the year that stands in it."""

    file = forms.FileField(
        label="Berkas Word",
        widget=forms.FileInput({"accept": ".docx"}),
        help_text="Berkas .docx dengan tabel No, Rekomendasi, Tindak Lanjut/Rencana Aksi, Sudah/Belum. "
        "Belum ada yang ditulis: berikutnya Anda memeriksa hasil bacanya.",
    )
    evaluation = EvaluationField(
        label="LHE",
        queryset=None,
        required=False,
        empty_label="Menurut tahun di dalam berkas",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["evaluation"].queryset = services.editable(user)


class AboutForm(ReadingForm):
    """What all rows of the file have in common."""

    evaluation = EvaluationField(label="LHE", queryset=None)
    default_unit = UnitFilterField(
        label="Penanggung jawab bila tidak disebut",
        queryset=None,
        help_text="Untuk rencana aksi baru. Penanggung jawab yang sudah tersimpan tidak berubah.",
    )

    keeps_claims = forms.TypedChoiceField(
        label="Tanda Sudah di tabel",
        choices=CLAIMS,
        coerce=lambda value: value == "claim",
        widget=forms.RadioSelect,
        help_text="Pernyataan unit dicatat atas nama Anda, tanpa bukti dukung. Evaluator melihat bahwa "
        "tandanya diambil dari dokumen, dan Uji konsistensi mengingatkannya.",
    )

    quarter = forms.ChoiceField(
        label="Persentase di tabel",
        required=False,
        help_text="Masuk sebagai kemajuan dalam laporan triwulan ini.",
    )
    correction = LineFormField(
        label="Alasan perbaikan nilai",
        required=False,
        max_length=500,
        help_text="Wajib bila nilai LHE yang sudah lengkap berubah karena tabel nilai berkas ini.",
    )

    def __init__(self, *args, user, draft, content, **kwargs):
        initial = {
            "quarter": draft.quarter,
            "correction": draft.correction,
            "evaluation": draft.evaluation_id,
            "default_unit": draft.default_unit_id,
            "keeps_claims": "claim" if draft.keeps_claims else "work",
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["evaluation"].queryset = services.editable(user)
        evaluation = self._evaluation(draft)
        self.fields["default_unit"].queryset = part_units.choosable(evaluation.unit_id)
        found = services.quarters(evaluation, timezone.localdate())
        self.fields["quarter"].choices = [("", "Jangan disimpan")] + [
            (f"{year}-{quarter}", name_of(year, quarter)) for year, quarter in found
        ]
        if not any(entry.percents for entry in content.entries):
            del self.fields["quarter"]
        if not content.extras.scores:
            del self.fields["correction"]

    def _evaluation(self, draft):
        """The one chosen, when it may be chosen; else that of the draft."""
        try:
            return self.fields["evaluation"].clean(self.data.get("evaluation"))
        except ValidationError:
            return draft.evaluation


class EntryForm(KeptForm, forms.Form):
    """One recommendation. `row` is its `ComparedEntry`; status and unit of each renaksi have fields of their own."""

    is_included = forms.BooleanField(label="Impor rekomendasi ini", required=False)
    number = forms.IntegerField(
        label="Nomor",
        min_value=1,
        max_value=999,
        required=False,
        error_messages={
            "min_value": "Tulis nomor 1 atau lebih.",
            "max_value": "Tulis nomor sampai 999.",
        },
    )
    heading = LineFormField(label="Judul atau komponen", max_length=120, required=False)
    text = LinesFormField(
        label="Rekomendasi", widget=forms.Textarea, required=False, max_length=LONGEST
    )
    plan = LinesFormField(
        label="Rencana aksi", widget=forms.Textarea, required=False, max_length=LONGEST
    )
    follow_up = LinesFormField(
        label="Tindak lanjut/rencana aksi",
        widget=forms.Textarea,
        required=False,
        max_length=LONGEST,
    )

    def __init__(self, *args, row, units, **kwargs):
        entry, self.row = row.entry, row
        initial = {name: getattr(entry, name) for name in ENTRY_FIELDS}
        super().__init__(*args, initial=initial, **kwargs)
        if entry.plan:
            self.fields["follow_up"].label = "Tindak lanjut"
        else:
            del self.fields["plan"]
        for name in TEXTS & self.fields.keys():
            lines = len(initial[name]) // 55 + initial[name].count("\n") + 2
            self.fields[name].widget.attrs["rows"] = max(4, min(lines, 22))
        for field in self.fields.values():
            look = "form-check-input" if isinstance(field, forms.BooleanField) else "form-control"
            field.widget.attrs["class"] = look
        for part in row.parts:
            self._add_part(part, units)

    def _add_part(self, part, units):
        look = {"class": "form-select"}
        if part.may_begin:
            self.fields[f"status_{part.position}"] = forms.ChoiceField(
                label=f"Status {part.name}",
                choices=STATUSES,
                initial=part.status,
                widget=forms.Select(look),
                required=False,
            )
        self.fields[f"unit_{part.position}"] = forms.TypedChoiceField(
            label=f"Penanggung jawab {part.name}", choices=[("", part.unit_now), *units],
            initial=part.unit, widget=forms.Select(look), required=False, coerce=int, empty_value=None,
        )  # fmt: skip
        for kind, field in SAID.items():
            if (value := getattr(self.row.entry, kind).get(str(part.position))) is not None:
                self.fields[f"{kind}_{part.position}"] = field(part.name, value)

    @property
    def part_rows(self):
        """Each renaksi with its fields."""
        return [
            (part, [self[name] for name in self._names(part) if name in self.fields])
            for part in self.row.parts
        ]

    @staticmethod
    def _names(part):
        return [f"{kind}_{part.position}" for kind in ("status", "unit", *SAID)]

    def clean(self):
        data = super().clean()
        if data.get("is_included") and "number" in data and data["number"] is None:
            self.add_error("number", "Tulis nomor rekomendasinya.")
        if data.get("is_included") and not notation.plain(data.get("text", "")):
            self.add_error(
                "text", "Tulis isi rekomendasi, atau hapus centang “Impor rekomendasi ini”."
            )
        return data

    def correct(self):
        """Puts what was typed into the entry."""
        entry, data = self.row.entry, self.cleaned_data
        for name in ENTRY_FIELDS & self.fields.keys():
            value = data[name]
            setattr(entry, name, "\n".join(notation.lines_of(value)) if name in TEXTS else value)
        for part in self.row.parts:
            position = str(part.position)
            entry.statuses[position] = data.get(f"status_{position}") or part.status
            entry.leads.pop(position, None)
            if unit := data[f"unit_{position}"]:
                entry.leads[position] = unit
            self._correct_said(entry, position)

    def _correct_said(self, entry, position):
        for kind in SAID:
            name, said = f"{kind}_{position}", getattr(entry, kind)
            if name in self.fields:
                said.pop(position, None)
                if (value := self.cleaned_data[name]) not in ("", None):
                    said[position] = value


def _due(name, value):
    look = {"class": "form-control"}
    return LineFormField(
        label=f"Batas waktu {name}", initial=value, required=False, widget=forms.TextInput(look)
    )


def _evidence(name, value):
    look = {"class": "form-control", "rows": value.count("\n") + 2}
    return LinesFormField(
        label=f"Bukti dukung {name}, satu baris satu bukti", initial=value, required=False,
        widget=forms.Textarea(look), max_length=LONGEST,
    )  # fmt: skip


def _percent(name, value):
    return forms.IntegerField(
        label=f"Kemajuan {name} (%)", initial=value, required=False, min_value=0, max_value=100,
        widget=forms.NumberInput({"class": "form-control"}),
    )  # fmt: skip


# What the file says of a renaksi beside its text: field of DraftEntry → the field of the form.
SAID = {"percents": _percent, "evidence": _evidence, "due": _due}
ENTRY_FIELDS = frozenset({"is_included", "number", "heading", "text", "plan", "follow_up"})
TEXTS = frozenset({"text", "plan", "follow_up"})


class EntryFormSet(FixedRowsFormSet):
    """The entries of one page. `others` are numbers that entries on other pages have taken."""

    def __init__(self, *args, others=(), **kwargs):
        self.others = set(others)
        super().__init__(*args, prefix="rekomendasi", **kwargs)

    def clean(self):
        taken = dict.fromkeys(self.others, "di halaman lain")
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            number = data.get("number")
            if not data.get("is_included") or number is None:
                continue
            if number in taken:
                form.add_error(
                    "number",
                    f"Nomor {number} juga dipakai {taken[number]}. Tulis nomor lain, atau jangan impor salah satunya.",
                )
            taken.setdefault(number, f"oleh {form.row.entry.place}")
        if any(form.errors for form in self.forms):
            raise ValidationError("Belum ada koreksi yang disimpan.")


def formset_of(*args, **kwargs) -> EntryFormSet:
    """EntryFormSet made for EntryForm."""
    made = forms.formset_factory(EntryForm, formset=EntryFormSet, extra=0)
    return made(*args, **kwargs)
