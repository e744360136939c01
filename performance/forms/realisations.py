"""The forms of the realisation and the target of one year. Numbers are read the Indonesian way."""

from django import forms

from performance.models import Realisation, Target
from performance.rules.typed_figures import PlannedTarget, target_problem, tenfold_problem
from performance.services.realisations import REPORTED, digest_of_target
from sakip.editing import VersionedForm, seen_field, version_field
from sakip.forms.fields import indonesian_formfield
from sakip.forms.unsaved import KeptForm

REMARKS = ("mark", "footnote", "annotation", "decimals", "is_carried_over")


class RealisationForm(VersionedForm):
    """The figure of one year. `base` is the value of the year before, None when there is none.

    When the value is about ten times `base` or a tenth of it, the form asks once for confirmation.
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
        """Keeps the field for a number or the one for a text, depending on the indicator's scale.

        A stored value of the other kind stays editable.
        """
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
        """Whether one of the fields that are usually hidden has a value or an error."""
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
        """The fields of Realisation for `services.write_year`. The form must be valid."""
        names = self.cleaned_data.keys() - {"version", "is_confirmed"}
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in names}


class TargetForm(KeptForm, forms.ModelForm):
    """The target of one year: a number, a range, a text of the scale, or nothing."""

    seen = seen_field()

    class Meta:
        model = Target
        fields = ["value", "high", "text_value"]
        formfield_callback = indonesian_formfield
        help_texts = {
            "value": "Kosongkan bila tidak ada target.",
            "high": "Hanya bila target berupa rentang, misalnya 80 sampai dengan 90.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="target", **kwargs)
        self.fields["seen"].initial = digest_of_target(self.instance if self.instance.pk else None)
        self._offer_kinds()

    def _offer_kinds(self):
        """Numbers, or the values of the indicator's scale; a stored target of the other kind stays editable."""
        scale, stored = self.instance.indicator.scale_values, self.instance
        if scale and stored.value is None:
            del self.fields["value"], self.fields["high"]
        if not scale and not stored.text_value:
            del self.fields["text_value"]
        elif scale:
            values = dict.fromkeys([*scale, *filter(None, [stored.text_value])])
            choices = [("", "Tanpa target"), *((value, value) for value in values)]
            self.fields["text_value"] = forms.ChoiceField(
                label="Target", choices=choices, required=False
            )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("text_value") and cleaned.get("value") is not None:
            self.add_error("value", "Kosongkan angka ini: indikator berskala teks.")
        elif problem := target_problem(self.planned, self.instance.indicator.scale_values):
            self.add_error("value" if "value" in self.fields else "text_value", problem)
        if cleaned.get("high") is not None and "value" in cleaned and cleaned["value"] is None:
            self.add_error("value", "Isi batas bawah rentang ini.")
        return cleaned

    def _get_validation_exclusions(self):
        """No target at all is allowed here: the service then removes the stored one."""
        excluded = super()._get_validation_exclusions()
        return excluded | {"value"} if self.planned.is_empty else excluded

    @property
    def planned(self) -> PlannedTarget:
        data = self.cleaned_data
        return PlannedTarget(data.get("value"), data.get("high"), data.get("text_value") or "")
