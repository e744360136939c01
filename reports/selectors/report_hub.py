"""The page “Laporan”: every export in its group, with addresses for the current choice."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from recommendations.permissions import evaluation_policy
from reports.exports.catalogue import EXPORTS, Export
from reports.models import TelaahStaf
from reports.permissions import telaah_staf_policy
from reports.renderers import FORMATS

GROUPS = (
    (
        "Tindak lanjut",
        (
            "leader-summary",
            "province-recap",
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
class HubRow:
    """An export. `url` is its page, `files` are (label, address). Both are empty when `missing` says why.

    `period` names the LHE or year of the export.
    """

    export: Export
    url: str
    files: list[tuple[str, str]]
    missing: str = ""
    period: str = ""


def groups(user, form) -> list[tuple[str, list[HubRow]]]:
    """Returns headings with their rows for a HubForm. Two queries in addition to those of the form."""
    found = []
    for heading, names in GROUPS:
        rows = [_row(name, user, form) for name in names if name in EXPORTS and _may(name, user)]
        if rows:
            found.append((heading, rows))
    return found


def _may(name, user):
    rights = {
        "telaah-staf": (telaah_staf_policy, "view"),
        "dossier": (evaluation_policy, "print"),
        "province-recap": (evaluation_policy, "print"),
    }
    policy, action = rights.get(name, (None, ""))
    return policy is None or policy.check(user, action)


def _row(name, user, form):
    export = EXPORTS[name]
    if name == "telaah-staf":
        return _telaah_staf_row(export, user, form)
    evaluation, year = form.evaluation_for(name), form.year_for(name)
    if export.needs == "evaluation" and evaluation is None:
        return HubRow(export, "", [], "Belum ada LHE yang tercatat.")
    if export.needs == "year" and year and year not in form.years[export.years]:
        return HubRow(export, "", [], f"Belum ada data tahun {year}.")
    query = _query(name, form)
    if name == "dossier":
        page = reverse("reports:dossier-detail", args=[evaluation.pk])
    else:
        page = reverse("reports:report-preview", args=[name]) + query
    files = _files(name, export, query)
    if export.covers_all_bodies and user.has_several_bodies:
        files.append(_file_of_all(name, form))
    if name == "evidence-annex":
        files.append(("ZIP", reverse("reports:evidence-files", args=[evaluation.pk])))
    return HubRow(export, page, files, period=_period(name, user, form))


def _file_of_all(name, form):
    """Returns the workbook with a sheet for every body; of the year of the LHE that this page chooses."""
    chosen = form.cleaned_data.get("evaluasi")
    query = urlencode({"semua": "on"} | ({"evaluasi": chosen.pk} if chosen else {}))
    path = reverse("reports:report-download", args=[name, "xlsx"])
    return "Excel, semua perangkat daerah", f"{path}?{query}"


def _telaah_staf_row(export, user, form):
    evaluation = form.evaluation_for("telaah-staf")
    written = TelaahStaf.objects.visible_to(user).filter(evaluation=evaluation)
    page = reverse("reports:telaah-staf-list")
    if not written.exists():
        return HubRow(export, page, [], "Belum ditulis untuk LHE ini.")
    files = _files("telaah-staf", export, _query("telaah-staf", form))
    return HubRow(export, page, files, period=_period("telaah-staf", user, form))


def _query(name, form):
    if kept := form.kept(name):
        return f"?{urlencode(kept)}"
    export = EXPORTS[name]
    if export.needs in ("evaluation", "telaah-staf"):
        evaluation = form.evaluation_for(name)
        return f"?{urlencode({'evaluasi': evaluation.pk})}" if evaluation else ""
    if export.needs == "year" and form.year:
        return f"?{urlencode({'tahun': form.year})}"
    return ""


def _period(name, user, form) -> str:
    """Returns the LHE or year of the export; empty when it has none."""
    export = EXPORTS[name]
    if form.kept(name).get("semua"):
        return "Semua perangkat daerah"
    if export.needs in ("evaluation", "telaah-staf"):
        evaluation = form.evaluation_for(name)
        bodies = {row.unit_id for row in form.evaluations}
        body = f", {evaluation.unit}" if len(bodies) > 1 else ""
        return f"LHE tahun kinerja {evaluation.performance_year}{body}"
    if export.needs != "year" or not form.years[export.years]:
        return ""
    if export.opens_on is None:
        return f"Tahun {form.year_for(name) or form.years[export.years][0]}"
    year = form.year_for(name) or export.opens_on(user)
    return f"Tahun kinerja {year}" if year else "LHE terakhir setiap perangkat daerah"


def _files(name, export, query):
    return [
        (FORMATS[key].label, reverse("reports:report-download", args=[name, key]) + query)
        for key in export.formats
    ]
