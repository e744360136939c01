"""The leader's page: one look, and behind it the details."""

from django.template.loader import render_to_string

from reports.definitions import leader_summary
from reports.exports.kept_pages import bodies_of_work, kept
from reports.forms.leader_page import OverviewFilter
from reports.renderers.html import preview_table
from reports.selectors import leader_headline, leader_look, leader_words
from reports.selectors.leader_summary import summary
from sakip.charts import strips

NOTHING = "Belum ada LHE di sini. Pilih tahun atau perangkat daerah lain, atau catat dahulu lewat “LHE baru” di Beranda koordinator."


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


def details(user, data, *, today) -> dict:
    """Returns what stands behind “Rincian”: all figures and tables. It is stored as well."""
    return kept(
        user,
        about=("details", today, data.urlencode()),
        count=lambda: _parts(user, data, today, "reports/_overview_details.html", _details),
    )


def parts(user, data, *, today, empty=NOTHING) -> tuple[dict, int]:
    """The same without storing it, and the number of rows. Input that is invalid, or that the filter would not
    write so, counts as no rows: it is not stored."""
    return _parts(user, data, today, "reports/_overview.html", _look, empty=empty)


def _parts(user, data, today, template, show, empty=NOTHING):
    form = OverviewFilter(data, user=user)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = summary(
        user,
        today=today,
        year=chosen.get("tahun") or None,
        body=chosen.get("unit"),
        is_detailed=show is _details,
    )
    context = {
        "filters": _fields(form),
        "is_open": bool(form.errors),
        "found": found,
        "scope": leader_words.scope(found),
        "unscored": leader_headline.unscored(found),
        "query": data.urlencode(),
        "empty": empty,
    }
    shown = {
        "overview": render_to_string(template, context | show(found)),
        "newest": found.newest and found.newest.pk,
    }
    return shown, found.total if form.is_valid() and _is_common(data, chosen) else 0


def _is_common(data, chosen) -> bool:
    """Whether the address says just what is chosen. There is no end of others: stored, they would fill the disk."""
    said = {name: texts for name, texts in data.lists() if texts != [""] or name not in chosen}
    return said == {name: [str(getattr(one, "pk", one))] for name, one in chosen.items() if one}


def _look(found):
    return {
        "pieces": leader_words.pieces(found),
        "lines": leader_look.lines(found),
        "legend": leader_look.legend(found),
        "patterns": strips.patterns(),
        "late": leader_look.late_items(found),
        "score_chart": leader_look.score_chart(found),
        "components": leader_look.components(found),
        "quiet": leader_look.quiet(found),
    }


def _details(found):
    charts = (leader_summary.component_chart(found), leader_summary.trend_chart(found))
    tables = enumerate(leader_summary.tables(found), start=1)
    return {
        "boxes": leader_headline.boxes(found),
        "statuses": leader_headline.status_counts(found),
        "sentence": leader_headline.sentence(found),
        "charts": [chart for chart in charts if not chart.is_empty],
        "tables": [preview_table(table, number) for number, table in tables],
    }


def _fields(form):
    return [
        (field.id_for_label, field.label, field.as_widget(), list(field.errors)) for field in form
    ]
