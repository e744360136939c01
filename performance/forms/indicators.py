"""Forms of objectives, indicators and the figures of one year. Numbers are read the Indonesian way."""

from django import forms

from performance.models import (
    YEARS,
    Indicator,
    Objective,
    ObjectiveSource,
    Realisation,
    SmartMark,
    Target,
)
from performance.rules.typed_figures import tenfold_problem
from performance.services.indicators import REPORTED, PlannedTarget, digest_of_target
from sakip.editing import VersionedForm, seen_field, version_field
from sakip.forms.fields import UploadField, indonesian_formfield
from sakip.forms.unit_choices import UnitChoiceField, choosable_units
from sakip.models import Unit

REMARKS = ("mark", "footnote", "annotation", "decimals", "is_carried_over")


class YearForm(forms.Form):
    """The year of the tables, read from the address."""

    tahun = forms.IntegerField(
        label="Tahun",
        min_value=2000,
        max_value=2100,
        error_messages={
            "invalid": "Tulis tahun dengan empat angka, misalnya 2023.",
            "min_value": "Tahun paling awal adalah 2000.",
            "max_value": "Tahun paling akhir adalah 2100.",
        },
    )


class ObjectiveForm(VersionedForm):
    """The body of an objective is chosen once, when it is made."""

    class Meta:
        model = Objective
        fields = ["unit", "number", "name"]
        field_classes = {"unit": UnitChoiceField}
        help_texts = {"name": "Boleh kosong: sasaran tanpa nama disebut menurut nomornya."}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["unit"]
            return
        bodies = choosable_units(user).exclude(kind=Unit.Kind.BUREAU)
        self.fields["unit"].queryset = bodies
        if len(bodies) == 1:
            self.fields["unit"].initial = bodies[0]


class SourceForm(forms.Form):
    """A line “Sumber: …” of one year; a row left empty is none."""

    year = ObjectiveSource._meta.get_field("year").formfield(
        required=False,
        validators=YEARS,
        widget=forms.NumberInput(attrs={"min": 2000, "max": 2100}),
    )
    text = ObjectiveSource._meta.get_field("text").formfield(
        label="Sumber",
        required=False,
        help_text="Misalnya: data Biro-biro tahun 2023 diolah",
    )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and bool(cleaned["year"]) != bool(cleaned["text"]):
            self.add_error("text" if cleaned["year"] else "year", "Tulis tahun beserta sumbernya.")
        return cleaned


class SourceFormSet(
    forms.formset_factory(SourceForm, extra=1, can_delete=True, can_delete_extra=False, max_num=101)
):
    @classmethod
    def of(cls, objective, data=None):
        """What is posted is not compared with what is stored: a row that equals it would count as empty."""
        rows = objective.sources.all() if objective and data is None else ()
        initial = [{"year": row.year, "text": row.text} for row in rows]
        return cls(data, initial=initial, prefix="sources")

    def clean(self):
        years = [form.cleaned_data.get("year") for form in self._kept if form.is_valid()]
        for year in sorted({year for year in years if year and years.count(year) > 1}):
            raise forms.ValidationError(f"Sumber tahun {year} ditulis dua kali. Hapus salah satu.")

    @property
    def _kept(self):
        return [form for form in self.forms if not self._should_delete_form(form)]

    @property
    def sources(self) -> dict[int, str]:
        """The lines by year, without the rows to be deleted; needs a valid formset."""
        rows = [form.cleaned_data for form in self._kept]
        return {row["year"]: row["text"] for row in rows if row.get("year")}


class IndicatorForm(VersionedForm):
    """Needs an instance whose objective is set."""

    class Meta:
        model = Indicator
        fields = [
            "number",
            "code",
            "name",
            "measure",
            "owner_unit",
            "parent",
            "polarity",
            "accumulation",
            "decimals",
            "scale",
            "explain_above",
            "year_from",
            "year_to",
            "definition",
            "formula",
            "data_source",
            "period",
            "responsible",
        ]
        field_classes = {"owner_unit": UnitChoiceField}
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 3}),
            "formula": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "measure": "Misalnya: Persentase, Indeks, Skor, Opini.",
            "decimals": "Banyak angka di belakang koma saat dicetak.",
            "year_from": "Kosong berarti sejak awal.",
            "year_to": "Kosong berarti masih berlaku.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        indicator = self.instance
        self.fields["owner_unit"].queryset = choosable_units(user, indicator.owner_unit_id)
        totals = Indicator.objects.filter(objective=indicator.objective_id, parent=None)
        if indicator.pk and indicator.parts.exists():
            totals = totals.none()  # A total is no part of another: two levels are printed.
        self.fields["parent"].queryset = totals.exclude(pk=indicator.pk)
        self.fields["parent"].empty_label = "Bukan bagian dari indikator lain"

    def clean_scale(self):
        values = [value.strip() for value in self.cleaned_data["scale"].split(">")]
        if values == [""]:
            return ""
        if len(values) < 2 or "" in values or len(set(values)) < len(values):
            raise forms.ValidationError(
                "Tulis sedikitnya dua nilai yang berbeda, dari yang terbaik, misalnya WTP > WDP > TW > TMP."
            )
        return " > ".join(values)


class SmartForm(forms.Form):
    """The check list SMART-C: for each criterion a judgement, which may be open, and a remark."""

    ANSWERS = (("", "Belum dinilai"), ("ya", "Terpenuhi"), ("tidak", "Belum terpenuhi"))

    version = version_field()

    def __init__(self, *args, indicator, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = indicator.version
        stored = {row.criterion: row for row in indicator.smart_marks.all()}
        for code, label in SmartMark.Criterion.choices:
            row = stored.get(code)
            self.fields[code] = forms.ChoiceField(
                label=label,
                choices=self.ANSWERS,
                required=False,
                initial=row and ("ya" if row.is_met else "tidak"),
            )
            self.fields[f"{code}-remark"] = forms.CharField(
                label="Catatan", max_length=300, required=False, initial=row and row.remark
            )

    def clean(self):
        cleaned = super().clean()
        for code in SmartMark.Criterion.values:
            if cleaned.get(f"{code}-remark") and not cleaned.get(code):
                self.add_error(code, "Nilai dahulu kriteria yang diberi catatan.")
        return cleaned

    @property
    def marks(self) -> dict[str, tuple[bool, str]]:
        """What was judged, by criterion; needs a valid form."""
        data = self.cleaned_data
        return {
            code: (data[code] == "ya", data[f"{code}-remark"])
            for code in SmartMark.Criterion.values
            if data[code]
        }


class RealisationForm(VersionedForm):
    """The figure of one year. `base` is the year before's value, None when there is none.

    A value ten times or a tenth of `base` is asked about once.
    """

    class Meta:
        model = Realisation
        fields = [
            "value",
            "text_value",
            "missing",
            "explanation",
            "sentence",
            "source",
            *REMARKS,
            *sorted(REPORTED),
        ]
        formfield_callback = indonesian_formfield
        widgets = {
            "explanation": forms.Textarea(attrs={"rows": 2}),
            "sentence": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {"is_carried_over": "Ini nilai tahun sebelumnya karena nilai baru belum terbit"}
        help_texts = {
            "explanation": "Mengapa naik atau turun.",
            "sentence": "Kosong berarti kalimat yang ditawarkan program dari angkanya.",
            "source": "Misalnya: LKPP, Biro Organisasi, hasil survei.",
            "footnote": "Dicetak di bawah tabel setelah tandanya, misalnya: Skor EKPPD tahun 2022.",
            "decimals": "Kosong berarti mengikuti indikator.",
        }

    def __init__(self, *args, base=None, may_plan=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.setdefault("version", version_field(initial=0))  # a year without a figure yet
        self.base = base
        self._offer_kinds(self.instance.indicator)
        if (threshold := self.instance.indicator.explain_above) is not None:
            self.fields[
                "explanation"
            ].help_text += f" Wajib bila berubah lebih dari {threshold} % dari tahun sebelumnya."
        self.fields["missing"].choices = [
            ("", "Nilainya ada"),
            *Realisation.Missing.choices,
        ]
        if not may_plan:
            for name in REPORTED:
                del self.fields[name]
        if self.data.get(self.add_prefix("is_confirmed")):
            self._ask()

    def _offer_kinds(self, indicator):
        """A number or a text of the scale, as the indicator says; what is stored stays in reach."""
        scale, stored = indicator.scale_values, self.instance
        self.fields["value"].label = self.fields["text_value"].label = "Realisasi"
        self.fields["value"].help_text = f"{indicator.measure}, misalnya 87,5."
        if scale and stored.value is None:
            del self.fields["value"]
        if not scale and not stored.text_value:
            del self.fields["text_value"]
        elif scale:
            values = dict.fromkeys([*scale, *filter(None, [stored.text_value])])
            choices = [("", "Pilih nilai"), *((value, value) for value in values)]
            help_text = f"Dari yang terbaik: {' > '.join(scale)}."
            self.fields["text_value"] = forms.ChoiceField(
                label="Realisasi", choices=choices, required=False, help_text=help_text
            )

    def _ask(self):
        self.fields["is_confirmed"] = forms.BooleanField(
            label="Ya, nilai ini benar", required=False
        )

    def clean(self):
        cleaned = super().clean()
        kinds = [name for name in ("value", "text_value", "missing") if name in self.fields]
        if not self.errors.keys() & set(kinds):
            filled = [name for name in kinds if cleaned.get(name) not in (None, "")]
            self._check_one_kind(filled, kinds[0])
        if "value" in self.changed_data and not cleaned.get("is_confirmed"):
            self._check_size(cleaned.get("value"))
        return cleaned

    def _check_one_kind(self, filled, first):
        if not filled:
            self.add_error(first, "Isi realisasi, atau pilih alasan mengapa kosong.")
        elif len(filled) > 1:
            self.add_error(filled[-1], "Isi realisasi atau alasan kosong, jangan keduanya.")

    def _check_size(self, value):
        if problem := tenfold_problem(value, self.base, self.instance.indicator.decimals):
            self._ask()
            self.add_error("value", f"{problem} Bila memang benar, centang “Ya, nilai ini benar”.")

    @property
    def has_remarks(self) -> bool:
        """Whether a field that is usually folded away holds something, or something wrong."""
        return self._holds(REMARKS)

    @property
    def has_reported(self) -> bool:
        return self._holds(REPORTED & self.fields.keys())

    def _holds(self, names):
        return any(
            self[name].errors or self[name].value() not in (None, "", False) for name in names
        )

    @property
    def figures(self) -> dict:
        """Fields of Realisation for `services.write_year`; needs a valid form."""
        names = self.cleaned_data.keys() - {"version", "is_confirmed"}
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in names}


class FigureEvidenceForm(forms.Form):
    file = UploadField(error_messages={"required": "Pilih berkas yang dilampirkan."})


class TargetForm(forms.ModelForm):
    """The plan of one year: a number, a range, or nothing."""

    seen = seen_field()

    class Meta:
        model = Target
        fields = ["value", "high"]
        formfield_callback = indonesian_formfield
        help_texts = {
            "value": "Kosongkan bila tidak ada target.",
            "high": "Hanya bila target berupa rentang, misalnya 80 sampai dengan 90.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="target", **kwargs)
        self.fields["seen"].initial = digest_of_target(self.instance if self.instance.pk else None)
        self.fields["value"].required = False

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("high") is not None and "value" in cleaned and cleaned["value"] is None:
            self.add_error("value", "Isi batas bawah rentang ini.")
        return cleaned

    @property
    def planned(self) -> PlannedTarget:
        return PlannedTarget(self.cleaned_data["value"], self.cleaned_data["high"])
