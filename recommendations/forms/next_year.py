"""The form that starts the LHE of the next year from an earlier one."""

from django import forms

from performance.selectors.next_year import carried_indicators, is_locked
from recommendations.models import Evaluation, Rubric
from recommendations.selectors import part_units
from recommendations.selectors.next_year import open_recommendations
from recommendations.services.next_year import CHANGED
from sakip.forms.fields import indonesian_formfield
from sakip.forms.unit_choices import told_apart, with_body
from sakip.models import Unit

SHIFT, EMPTY = "geser", "kosong"
HEAD = ["performance_year", "evaluation_year", "rubric", "letter_number", "letter_date"]


class _Ticks(forms.TypedMultipleChoiceField):
    """Ticked keys of the rows on the page."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, keys, **kwargs):
        super().__init__(choices=[(key, key) for key in keys], coerce=int, required=False, **kwargs)


class NextYearForm(forms.ModelForm):
    """Fields of the new LHE, a tick and a number for each open recommendation, a unit for each inactive one.

    The indicators and targets shown are those of the suggested year; the typed year is checked when saving.
    """

    batas = forms.ChoiceField(
        label="Batas waktu rencana aksi yang dibawa",
        choices=[
            (SHIFT, "Digeser sebanyak selisih tahunnya, dengan tanggal dan bulan yang sama"),
            (EMPTY, "Dikosongkan, untuk diisi kemudian"),
        ],
        initial=SHIFT,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Evaluation
        fields = HEAD
        formfield_callback = indonesian_formfield
        help_texts = {
            "letter_number": "Boleh diisi kemudian.",
            "letter_date": "Misalnya 5 September 2024. Boleh diisi kemudian.",
        }

    def __init__(self, *args, source: Evaluation, **kwargs):
        self.source = source
        self.suggested = source.performance_year + 1
        newest = source.rubric.newest
        rubric = newest if newest.is_active else None
        initial = {
            "performance_year": self.suggested,
            "evaluation_year": source.evaluation_year + 1,
            "rubric": rubric,
        }
        super().__init__(*args, initial=initial, instance=Evaluation(unit=source.unit), **kwargs)
        usable = Rubric.objects.usable_by(Unit.objects.lineage(source.unit_id))
        self.fields["rubric"].queryset = usable.filter(is_active=True)
        self.open = open_recommendations(source)
        self._add_recommendations()
        self._add_units()
        self._add_indicators()

    def _add_recommendations(self):
        keys = [one.recommendation.pk for one in self.open]
        self.fields["bawa"] = _Ticks(
            keys, label="Rekomendasi", initial=keys, error_messages={"invalid_choice": CHANGED}
        )
        for number, key in enumerate(keys, 1):
            self.fields[f"nomor-{key}"] = forms.IntegerField(
                label="Nomor baru", min_value=1, max_value=9_999, required=False, initial=number
            )

    def _add_units(self):
        inactive = {unit for one in self.open for unit in one.inactive_units}
        self.inactive = sorted(inactive, key=lambda unit: (unit.position, unit.name))
        if not inactive:
            return
        units = {unit.pk: unit for unit in part_units.choosable(self.source.unit_id)}
        choices = [("", "Pilih unit"), *told_apart(units.values()).items()]
        for unit in self.inactive:
            self.fields[f"ganti-{unit.pk}"] = forms.TypedChoiceField(
                label=f"Pengganti {unit}",
                choices=choices,
                coerce=lambda key: units[int(key)],
                empty_value=None,
                required=False,
            )

    def _add_indicators(self):
        body, old = self.source.unit, self.source.performance_year
        self.is_locked = is_locked(body, self.suggested)
        self.indicators = carried_indicators(body, old, self.suggested)
        copied = [] if self.is_locked else [one for one in self.indicators if one.can_copy]
        keys = [one.indicator.pk for one in copied]
        changed = {
            "invalid_choice": "Indikator yang dicentang sudah berubah. Periksa lagi daftarnya."
        }
        self.fields["target"] = _Ticks(
            keys,
            label="Target",
            error_messages=changed,
            initial=[one.indicator.pk for one in copied if not one.ends],
        )
        self.fields["perpanjang"] = _Ticks(
            [one.indicator.pk for one in self.indicators if one.ends],
            label="Perpanjang",
            error_messages=changed,
        )

    # ── Rows for the page ───────────────────────────────────────────────────────────────────────
    def recommendation_rows(self):
        """Each open recommendation, whether it is ticked, and the field of its number."""
        ticked = self._ticked("bawa")
        return [
            (one, str(one.recommendation.pk) in ticked, self[f"nomor-{one.recommendation.pk}"])
            for one in self.open
        ]

    def unit_rows(self):
        return [(unit, self[f"ganti-{unit.pk}"]) for unit in self.inactive]

    def indicator_rows(self):
        """Each indicator with something to copy or to extend: whether its target can be copied and is
        ticked, and whether it is to be extended."""
        targets, extended = self._ticked("target"), self._ticked("perpanjang")
        offered = {str(key) for key, _ in self.fields["target"].choices}
        return [
            (one, str(one.indicator.pk) in offered, str(one.indicator.pk) in targets,
             str(one.indicator.pk) in extended)
            for one in self.indicators
            if one.ends or str(one.indicator.pk) in offered
        ]  # fmt: skip

    @property
    def kept_count(self) -> int:
        """The indicators of which nothing is asked."""
        return len(self.indicators) - len(self.indicator_rows())

    def _ticked(self, name):
        return {str(key) for key in self[name].value() or ()}

    # ── Checking ────────────────────────────────────────────────────────────────────────────────
    def clean(self):
        cleaned = super().clean()
        year = cleaned.get("performance_year")
        if year and year <= self.source.performance_year:
            self.add_error(
                "performance_year", f"Tulis tahun sesudah {self.source.performance_year}."
            )
        elif year and (sentence := taken(self.source.unit, year)):
            self.add_error("performance_year", sentence)
        self._check_numbers(cleaned)
        self._check_units(cleaned)
        self._check_targets(cleaned)
        return cleaned

    def _check_numbers(self, cleaned):
        given: dict[int, str] = {}
        for key in cleaned.get("bawa", ()):
            name = f"nomor-{key}"
            number = cleaned.get(name)
            if number is None and name not in self.errors:
                self.add_error(name, "Tulis nomor rekomendasi ini dalam LHE yang baru.")
            elif number in given:
                self.add_error(name, f"Nomor {number} ditulis dua kali. Tulis nomor lain.")
            given[number] = name

    def _check_units(self, cleaned):
        chosen = set(cleaned.get("bawa", ()))
        needed = {
            unit
            for one in self.open
            if one.recommendation.pk in chosen
            for unit in one.inactive_units
        }
        for unit in needed:
            name = f"ganti-{unit.pk}"
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, f"{unit} sudah tidak aktif. Pilih unit penggantinya.")

    def _check_targets(self, cleaned):
        """A target for a year to which the indicator does not apply would be left out in silence."""
        targets, extended = set(cleaned.get("target", ())), set(cleaned.get("perpanjang", ()))
        year = cleaned.get("performance_year")
        if year and targets and is_locked(self.source.unit, year):
            self.add_error(
                "target",
                f"Tahun {year} dikunci, jadi targetnya tidak dapat disalin. Buka dahulu tahunnya, atau "
                "hapus semua centang target.",
            )
        for one in self.indicators:
            if one.ends and one.indicator.pk in targets - extended:
                self.add_error(
                    "target",
                    f"“{one.indicator}” berakhir {one.indicator.year_to}. Perpanjang juga, atau hapus "
                    "centang targetnya.",
                )

    @property
    def arguments(self) -> dict:
        """The arguments of `start_next_year`. The form must be valid."""
        cleaned = self.cleaned_data
        return {name: cleaned[name] for name in HEAD} | {
            "numbers": {key: cleaned[f"nomor-{key}"] for key in cleaned["bawa"]},
            "replacements": {
                unit: cleaned[f"ganti-{unit.pk}"]
                for unit in self.inactive
                if cleaned.get(f"ganti-{unit.pk}")
            },
            "shifts_due": cleaned["batas"] == SHIFT,
            "extended": set(cleaned["perpanjang"]),
            "targets": set(cleaned["target"]),
        }


def taken(unit, year: int) -> str:
    """Says that the body has an LHE of this year already; empty when it has none."""
    if not Evaluation.objects.filter(unit=unit, performance_year=year).exists():
        return ""
    return f"LHE {with_body(unit)} tahun kinerja {year} sudah ada. Tulis tahun lain, atau buka LHE itu."
