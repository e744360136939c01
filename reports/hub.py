"""What the page “Laporan” offers: every product in its group, with addresses for what was chosen."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from performance.presentation import latest_year
from recommendations.models import Evaluation
from recommendations.permissions import evaluation_policy
from reports.models import TelaahStaf
from reports.permissions import telaah_staf_policy
from reports.production import PRODUCTS, Recipe
from reports.renderers import FORMATS

GROUPS = (
    (
        "Tindak lanjut",
        (
            "leader-summary",
            "follow-up-table",
            "matrix",
            "unit-recap",
            "quarterly",
            "kke-6",
            "bpk-recap",
            "evidence-annex",
        ),
    ),
    ("Nilai", ("score-comparison", "score-trend")),
    (
        "Indikator kinerja",
        ("indicator-table", "indicator-charts", "objective-achievement", "indicator-sheet"),
    ),
    ("Naskah", ("telaah-staf", "dossier")),
    ("Pemeriksaan", ("consistency",)),
)


@dataclass(frozen=True)
class Row:
    """A product; `url` is its page, `files` are (label, address); neither when `missing` says why."""

    recipe: Recipe
    url: str
    files: list[tuple[str, str]]
    missing: str = ""


class EvaluationChoice(forms.ModelChoiceField):
    """The year first: a narrow screen cuts the rest off."""

    def label_from_instance(self, evaluation):
        return f"{evaluation.performance_year} · {evaluation.unit}"


class HubForm(forms.Form):
    """For which evaluation and year; read from the address, where nonsense means the latest."""

    evaluasi = EvaluationChoice(
        label="LHE tahun kinerja",
        queryset=Evaluation.objects.none(),
        required=False,
        empty_label=None,
    )
    tahun = forms.TypedChoiceField(
        label="Indikator s.d. tahun", coerce=int, required=False, empty_value=None
    )

    def __init__(self, data, *, user):
        evaluations = Evaluation.objects.visible_to(user).select_related("unit")
        evaluations = evaluations.order_by("-performance_year", "unit__name")
        latest = latest_year(user)
        years = {row.performance_year for row in evaluations} | ({latest} if latest else set())
        first = evaluations[0].pk if evaluations else None
        super().__init__(
            {
                "evaluasi": data.get("evaluasi") or first,
                "tahun": data.get("tahun") or latest,
            }
        )
        self.fields["evaluasi"].queryset = evaluations
        self.fields["tahun"].choices = [(year, year) for year in sorted(years, reverse=True)]
        self.full_clean()

    @property
    def evaluation(self) -> Evaluation | None:
        return self.cleaned_data.get("evaluasi")

    @property
    def year(self) -> int | None:
        return self.cleaned_data.get("tahun")


def groups(user, form: HubForm) -> list[tuple[str, list[Row]]]:
    """Heading and rows; three queries at most."""
    found = []
    for heading, names in GROUPS:
        rows = [_row(name, user, form) for name in names if name in PRODUCTS and _may(name, user)]
        if rows:
            found.append((heading, rows))
    return found


def _may(name, user):
    rights = {
        "telaah-staf": (telaah_staf_policy, "view"),
        "dossier": (evaluation_policy, "print"),
    }
    policy, action = rights.get(name, (None, ""))
    return policy is None or policy.check(user, action)


def _row(name, user, form):
    recipe = PRODUCTS[name]
    if name == "telaah-staf":
        return _memo_row(recipe, user, form)
    if recipe.needs == "evaluation" and form.evaluation is None:
        return Row(recipe, "", [], "Belum ada evaluasi yang tercatat.")
    query = _query(recipe, form)
    if name == "dossier":
        page = reverse("reports:dossier-detail", args=[form.evaluation.pk])
    else:
        page = reverse("reports:report-preview", args=[name]) + query
    return Row(recipe, page, _files(name, recipe, query))


def _memo_row(recipe, user, form):
    written = TelaahStaf.objects.visible_to(user).filter(evaluation=form.evaluation)
    files = _files("telaah-staf", recipe, _query(recipe, form)) if written.exists() else []
    missing = "" if files else "Belum ditulis untuk evaluasi ini."
    return Row(recipe, reverse("reports:telaah-staf-list"), files, missing)


def _query(recipe, form):
    if recipe.needs in ("evaluation", "telaah-staf"):
        return f"?{urlencode({'evaluasi': form.evaluation.pk})}" if form.evaluation else ""
    if recipe.needs == "year" and form.year:
        return f"?{urlencode({'tahun': form.year})}"
    return ""


def _files(name, recipe, query):
    return [
        (FORMATS[key].label, reverse("reports:report-download", args=[name, key]) + query)
        for key in recipe.formats
    ]
