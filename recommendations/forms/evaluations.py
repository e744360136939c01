"""Forms of an evaluation and its scores."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Q

from recommendations.forms.rows import FixedRowsFormSet
from recommendations.models import ComponentScore, Evaluation, Rubric
from recommendations.models.rubric import NOT_NEGATIVE
from recommendations.rules.grades import GRADES
from recommendations.services.evaluations import (
    PARTS,
    is_complete,
    part_label,
    part_weight,
    score_key,
    score_problems,
)
from sakip.editing import VersionedForm
from sakip.forms.fields import indonesian_formfield
from sakip.forms.unit_choices import UnitField, told_apart
from sakip.forms.unsaved import KeptForm
from sakip.models import Unit
from sakip.richtext import plain_text
from sakip.selectors.unit_tree import UnitTree
from sakip.text_fields import LinesFormField

GRADE_CHOICES = [("", "-"), *((step.code, step.code) for step in GRADES)]


class EvaluationFilterForm(forms.Form):
    """The filters of a list of evaluations. A filter with only one possible value is not shown."""

    tahun = forms.TypedChoiceField(label="Tahun kinerja", coerce=int, required=False)
    unit = forms.TypedChoiceField(label="Perangkat daerah", coerce=int, required=False)

    def __init__(self, data, evaluations, *, tree: UnitTree):
        super().__init__(data)
        self.evaluations = evaluations
        pairs = list(evaluations.order_by().values_list("performance_year", "unit"))
        bodies = sorted({unit for _, unit in pairs}, key=tree.ranks.__getitem__)
        choices = {
            "tahun": [(year, str(year)) for year in sorted({year for year, _ in pairs})[::-1]],
            "unit": list(told_apart((tree.units[pk] for pk in bodies), tree=tree).items()),
        }
        for name, found in choices.items():
            if len(found) > 1:
                self.fields[name].choices = [("", "Semua"), *found]
            else:
                del self.fields[name]

    def narrowed(self):
        """Returns the evaluations that match the filters; a filter with an unknown value is ignored."""
        self.is_valid()
        lookups = {"performance_year": "tahun", "unit": "unit"}
        chosen = {key: self.cleaned_data.get(name) for key, name in lookups.items()}
        return self.evaluations.filter(**{key: value for key, value in chosen.items() if value})


class RubricField(forms.ModelChoiceField):
    """A choice of one rubric; a rubric of a body is named with its owner."""

    def label_from_instance(self, rubric):
        return rubric.full_name


def rubrics_for(actor, evaluation):
    """The active rubrics that `actor` sees, and the one by which `evaluation` is scored already."""
    seen = Rubric.objects.visible_to(actor).filter(is_active=True)
    rows = Rubric.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk=evaluation.rubric_id))
    return rows.select_related("unit")


class EvaluationForm(VersionedForm):
    """Offers `actor` the active bodies within their reach, and the body that is already chosen."""

    reported_grade = forms.ChoiceField(
        label="Predikat tercetak", choices=GRADE_CHOICES, required=False
    )

    class Meta:
        model = Evaluation
        fields = [
            "unit",
            "performance_year",
            "evaluation_year",
            "rubric",
            "letter_number",
            "letter_date",
            "subject",
            "source",
            "reported_total",
            "reported_grade",
            "reported_change",
        ]
        formfield_callback = indonesian_formfield
        field_classes = {"unit": UnitField, "rubric": RubricField}
        labels = {
            "reported_total": "Nilai tercetak",
            "reported_change": "Perubahan tercetak",
        }
        help_texts = {
            "performance_year": "Tahun yang dievaluasi, misalnya 2022.",
            "evaluation_year": "Tahun evaluasi dilakukan, misalnya 2023.",
            "letter_number": "Misalnya 700.1.2.1/2753/Itprov-II.",
            "letter_date": "Misalnya 5 September 2023.",
            "source": "Misalnya: Data Inspektorat Provinsi.",
            "reported_total": "Nilai seperti tercetak dalam LHE, misalnya 67,93.",
            "reported_change": "Misalnya 5,97 atau -1,55.",
        }

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        bodies = Unit.objects.editable_by(actor).active().evaluated()
        self._offer("unit", bodies | Unit.objects.filter(pk=self.instance.unit_id))
        self._offer("rubric", rubrics_for(actor, self.instance))
        if self.instance.pk and self.instance.recommendations.exists():
            self.fields["unit"].disabled = True
            self.fields["unit"].help_text = "Tidak dapat diganti karena sudah ada rekomendasi."

    def _offer(self, name, queryset):
        field = self.fields[name]
        field.queryset = queryset
        field.error_messages["invalid_choice"] = (
            f"{field.label} ini tidak aktif atau di luar jangkauan Anda. Pilih yang ada dalam daftar."
        )


def _score_field(name, **kwargs):
    return indonesian_formfield(ComponentScore._meta.get_field(name), required=False, **kwargs)


class ScoreForm(KeptForm, forms.Form):
    """The score of one component; `row` is its RubricWeight. An empty form means that there is no score."""

    score = _score_field("score", validators=[NOT_NEGATIVE])
    existence_score = _score_field("existence_score", validators=[NOT_NEGATIVE])
    quality_score = _score_field("quality_score", validators=[NOT_NEGATIVE])
    use_score = _score_field("use_score", validators=[NOT_NEGATIVE])
    reported_change = _score_field("reported_change")
    remark = _score_field("remark")

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.row, self.rubric = row, row.rubric
        self.part_names = [f"{name}_score" for name in PARTS] if self.rubric.has_parts else []
        for name in PARTS:
            field = self.fields[f"{name}_score"]
            if self.rubric.has_parts:
                most = part_weight(self.rubric, name, row.weight)
                field.label = part_label(self.rubric, name)
                field.help_text = f"Bobot {field.prepare_value(most)}"
            else:
                del self.fields[f"{name}_score"]

    @property
    def part_fields(self):
        return [self[name] for name in self.part_names]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        self._add_up(cleaned)
        if self.errors:
            return cleaned
        values = {name: cleaned.get(f"{name}_score") for name in PARTS}
        problems = score_problems(
            self.row.component, self.row.weight, self.rubric, cleaned["score"], values
        )
        for name, sentences in problems.items():
            self.add_error(name, sentences)
        rest = cleaned.get("reported_change") is not None or plain_text(cleaned.get("remark", ""))
        if not self.errors and cleaned["score"] is None and rest:
            self.add_error("score", f"Tulis nilai {self.row.component}.")
        return cleaned

    def _add_up(self, cleaned):
        """Sets the score to the sum of the parts when all parts are given."""
        parts = [cleaned[name] for name in self.part_names]
        given = [value for value in parts if value is not None]
        if not given:
            return
        if len(given) < len(parts):
            missing = next(name for name in self.part_names if cleaned[name] is None)
            self.add_error(missing, "Isi ketiga bagian, atau kosongkan ketiganya.")
        elif cleaned["score"] is None:
            cleaned["score"] = sum(given)
        elif cleaned["score"] != sum(given):
            text = self.fields["score"].prepare_value(sum(given))
            self.add_error(
                "score", f"Nilai {self.row.component} tidak sama dengan jumlah bagiannya, {text}."
            )

    @property
    def values(self) -> dict | None:
        """Returns the values for the service; None when the score is empty."""
        if self.cleaned_data["score"] is None:
            return None
        return {f"{name}_score": None for name in PARTS} | self.cleaned_data


class ScoreFormSet(forms.formset_factory(ScoreForm, formset=FixedRowsFormSet)):
    @classmethod
    def of(cls, evaluation, data=None):
        """One row for each component of the rubric, with its stored score. Needs `with_scores()`."""
        rows = list(evaluation.rubric.weights.all())
        scores = {score.component_id: score for score in evaluation.scores.all()}
        initial = [_initial(scores.get(row.component_id)) for row in rows]
        return cls(data, rows=rows, initial=initial)

    def key_of(self, row):
        return str(row.component_id)

    @property
    def scores(self):
        return {form.row.component: form.values for form in self.forms}


class ScoresHeadForm(VersionedForm):
    """The version of the LHE and, when all its scores were recorded, the reason of a correction."""

    reason = LinesFormField(
        label="Alasan perbaikan",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Wajib bila sebuah nilai berubah, karena nilai LHE ini sudah lengkap tercatat. "
        "Misalnya: salah ketik saat menyalin dari LHE.",
    )

    class Meta:
        model = Evaluation
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_complete(self.instance):
            del self.fields["reason"]
        elif self.instance.revisions.exists():
            number = self.instance.letter_number
            self.fields["reason"].initial = f"Menurut LHE revisi nomor {number}."


class ScoresForm:
    """One form for the scores of all components, with the version of the LHE."""

    def __init__(self, evaluation, data=None):
        self.head = ScoresHeadForm(data, instance=evaluation)
        self.rows = ScoreFormSet.of(evaluation, data)
        self.fields = {
            score_key(form.row.component, name): (form, name)
            for form in self.rows
            for name in form.fields
        } | {score_key(form.row.component, NON_FIELD_ERRORS): (form, None) for form in self.rows}
        self.fields |= {name: (self.head, name) for name in self.head.fields}

    def is_valid(self):
        return all([self.head.is_valid(), self.rows.is_valid()])

    @property
    def cleaned_data(self):
        """The arguments of `write_scores`."""
        return self.head.cleaned_data | {"scores": self.rows.scores}

    def add_error(self, name, errors):
        """Shows the errors at the row of the component to which they belong."""
        form, field = self.fields.get(name, (self.head, None))
        form.add_error(field, errors)


def _initial(score):
    return {name: getattr(score, name, None) for name in ScoreForm.base_fields}
