"""What the page “Laporan” offers: every product in its group, with addresses for what was chosen."""

from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from recommendations.models import Evaluation
from recommendations.permissions import evaluation_policy
from reports.exports.catalogue import PRODUCTS, Recipe
from reports.forms.report_options import LATEST
from reports.models import TelaahStaf
from reports.permissions import telaah_staf_policy
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
    """A product; `url` is its page, `files` are (label, address); neither when `missing` says why.

    `period` tells of which LHE or year it is.
    """

    recipe: Recipe
    url: str
    files: list[tuple[str, str]]
    missing: str = ""
    period: str = ""


class EvaluationChoice(forms.ModelChoiceField):
    """The year first: a narrow screen cuts the rest off."""

    def label_from_instance(self, evaluation):
        return f"{evaluation.performance_year} · {evaluation.unit}"


class HubForm(forms.Form):
    """For which evaluation and year; read from the address, where nonsense means the latest.

    Nothing chosen is, for each product, the latest of which it has something to print.
    """

    evaluasi = EvaluationChoice(
        label="LHE tahun kinerja",
        queryset=Evaluation.objects.none(),
        required=False,
        empty_label=LATEST,
    )
    tahun = forms.TypedChoiceField(
        label="Tahun (ringkasan, triwulan, indikator)",
        coerce=int,
        required=False,
        empty_value=None,
    )

    def __init__(self, data, *, user):
        super().__init__({name: data.get(name, "") for name in self.base_fields})
        evaluations = Evaluation.objects.visible_to(user).select_related("unit")
        evaluations = evaluations.order_by("-performance_year", "unit__name")
        conditions = {recipe.holds.__name__: recipe.holds(user) for recipe in PRODUCTS.values()}
        marked = {f"holds_{name}": condition for name, condition in conditions.items()}
        self.evaluations = list(evaluations.annotate(**marked))
        kinds = {recipe.years for recipe in PRODUCTS.values() if recipe.years}
        self.years = {kind: kind(user) for kind in kinds}
        evaluation_field = cast(forms.ModelChoiceField, self.fields["evaluasi"])
        evaluation_field.queryset = evaluations
        known = sorted(set().union(*self.years.values()), reverse=True)
        year_field = cast(forms.ChoiceField, self.fields["tahun"])
        year_field.choices = [("", LATEST), *((year, year) for year in known)]
        self.full_clean()

    def evaluation_for(self, recipe) -> Evaluation | None:
        """The chosen one, else the latest that fills the product, else the latest."""
        if chosen := self.cleaned_data.get("evaluasi"):
            return chosen
        mark = f"holds_{recipe.holds.__name__}"
        full = (row for row in self.evaluations if getattr(row, mark))
        return next(full, self.evaluations[0] if self.evaluations else None)

    @property
    def year(self) -> int | None:
        return self.cleaned_data.get("tahun")


def groups(user, form: HubForm) -> list[tuple[str, list[Row]]]:
    """Heading and rows; two queries beside those of the form."""
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
    evaluation = form.evaluation_for(recipe)
    if recipe.needs == "evaluation" and evaluation is None:
        return Row(recipe, "", [], "Belum ada evaluasi yang tercatat.")
    if recipe.needs == "year" and form.year and form.year not in form.years[recipe.years]:
        return Row(recipe, "", [], f"Belum ada data tahun {form.year}.")
    query = _query(recipe, form)
    if name == "dossier":
        page = reverse("reports:dossier-detail", args=[evaluation.pk])
    else:
        page = reverse("reports:report-preview", args=[name]) + query
    return Row(recipe, page, _files(name, recipe, query), period=_period(recipe, user, form))


def _memo_row(recipe, user, form):
    evaluation = form.evaluation_for(recipe)
    written = TelaahStaf.objects.visible_to(user).filter(evaluation=evaluation)
    page = reverse("reports:telaah-staf-list")
    if not written.exists():
        return Row(recipe, page, [], "Belum ditulis untuk evaluasi ini.")
    files = _files("telaah-staf", recipe, _query(recipe, form))
    return Row(recipe, page, files, period=_period(recipe, user, form))


def _query(recipe, form):
    if recipe.needs in ("evaluation", "telaah-staf"):
        evaluation = form.evaluation_for(recipe)
        return f"?{urlencode({'evaluasi': evaluation.pk})}" if evaluation else ""
    if recipe.needs == "year" and form.year:
        return f"?{urlencode({'tahun': form.year})}"
    return ""


def _period(recipe, user, form) -> str:
    """Of which LHE or year the product is; empty where it is of none."""
    if recipe.needs in ("evaluation", "telaah-staf"):
        evaluation = form.evaluation_for(recipe)
        bodies = {row.unit_id for row in form.evaluations}
        body = f", {evaluation.unit}" if len(bodies) > 1 else ""
        return f"LHE tahun kinerja {evaluation.performance_year}{body}"
    if recipe.needs != "year" or not form.years[recipe.years]:
        return ""
    if recipe.opens_on is None:
        return f"Tahun {form.year or form.years[recipe.years][0]}"
    year = form.year or recipe.opens_on(user)
    return f"Tahun kinerja {year}" if year else "LHE terakhir setiap perangkat daerah"


def _files(name, recipe, query):
    return [
        (FORMATS[key].label, reverse("reports:report-download", args=[name, key]) + query)
        for key in recipe.formats
    ]
