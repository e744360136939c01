"""The leader's page: the parts of the one-page summary on screen."""

from typing import cast

from django import forms

from recommendations.models import Evaluation
from reports.definitions import leader_summary
from reports.exports.kept_pages import kept
from reports.renderers.html import preview_table
from reports.selectors import leader_headline
from reports.selectors.leader_summary import summary
from reports.tables.charts import draw
from sakip.forms.unit_choices import UnitFilterField
from sakip.models import Unit


class OverviewFilter(forms.Form):
    """Year and body together choose the evaluation. Each of them can be changed alone."""

    tahun = forms.TypedChoiceField(label="Tahun kinerja", coerce=int, required=False)
    unit = UnitFilterField(
        Unit.objects.none(), label="Perangkat daerah", required=False, empty_label="Semua"
    )

    def __init__(self, data, *, user):
        super().__init__(data)
        pairs = list(
            Evaluation.objects.visible_to(user)
            .order_by("-performance_year")
            .values_list("performance_year", "unit")
        )
        years = dict.fromkeys(year for year, _ in pairs)
        year_field = cast(forms.ChoiceField, self.fields["tahun"])
        year_field.choices = [("", "Terbaru"), *((year, year) for year in years)]
        unit_field = cast(forms.ModelChoiceField, self.fields["unit"])
        unit_field.queryset = Unit.objects.filter(pk__in={unit for _, unit in pairs})
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"
            field.error_messages["invalid_choice"] = "Pilihan ini tidak ada. Pilih yang lain."


def overview(user, data, *, today) -> dict:
    """Returns the content of the page. An invalid address shows its errors and the latest year."""
    parts = kept(
        user,
        about=(today, *(data.get(name, "") for name in OverviewFilter.base_fields)),
        count=lambda: _parts(user, data, today),
    )
    return parts | {"query": data.urlencode()}


def _parts(user, data, today):
    """Returns the parts and the number of rows. Invalid input counts as no rows and is not stored."""
    form = OverviewFilter(data, user=user)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = summary(user, today=today, year=chosen.get("tahun") or None, body=chosen.get("unit"))
    charts = (leader_summary.component_chart(found), leader_summary.trend_chart(found))
    tables = enumerate(leader_summary.tables(found), start=1)
    parts = {
        "filters": [
            (field.id_for_label, field.label, field.as_widget(), list(field.errors))
            for field in form
        ],
        "found": found,
        "boxes": leader_headline.boxes(found),
        "statuses": leader_headline.status_counts(found),
        "sentence": leader_headline.sentence(found),
        "unscored": leader_headline.unscored(found),
        "figures": [(chart, draw(chart)) for chart in charts if not chart.is_empty],
        "tables": [preview_table(table, number) for number, table in tables],
    }
    return parts, found.total if form.is_valid() else 0
