"""The leader's page: the parts of the one-page summary on screen."""

from django.template.loader import render_to_string

from reports.definitions import leader_summary
from reports.exports.kept_pages import bodies_of_work, kept
from reports.forms.leader_page import OverviewFilter
from reports.renderers.html import preview_table
from reports.selectors import leader_headline
from reports.selectors.leader_summary import summary

NOTHING = "Belum ada LHE untuk pilihan ini. Pilih tahun atau perangkat daerah lain."


def overview(user, data, *, today, empty=NOTHING) -> dict:
    """Returns the content of the page. An invalid address shows its errors and the latest year.

    `empty` is what it says when there is no LHE. It is stored until something changes.
    """
    return kept(
        user,
        about=("overview", today, data.urlencode()),
        count=lambda: parts(user, data, today=today, empty=empty),
        bodies=bodies_of_work,
    )


def parts(user, data, *, today, empty=NOTHING) -> tuple[dict, int]:
    """The same without storing it, and the number of rows. Invalid input counts as no rows: it is not stored."""
    form = OverviewFilter(data, user=user)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = summary(user, today=today, year=chosen.get("tahun") or None, body=chosen.get("unit"))
    charts = (leader_summary.component_chart(found), leader_summary.trend_chart(found))
    tables = enumerate(leader_summary.tables(found), start=1)
    context = {
        "filters": _fields(form),
        "found": found,
        "boxes": leader_headline.boxes(found),
        "statuses": leader_headline.status_counts(found),
        "sentence": leader_headline.sentence(found),
        "unscored": leader_headline.unscored(found),
        "charts": [chart for chart in charts if not chart.is_empty],
        "tables": [preview_table(table, number) for number, table in tables],
        "query": data.urlencode(),
        "empty": empty,
    }
    found_parts = {
        "overview": render_to_string("reports/_overview.html", context),
        "newest": found.newest and found.newest.pk,
    }
    return found_parts, found.total if form.is_valid() else 0


def _fields(form):
    return [
        (field.id_for_label, field.label, field.as_widget(), list(field.errors)) for field in form
    ]
