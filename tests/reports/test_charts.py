"""Charts in reports: the same numbers as a table, the same drawing in the PDF."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from reports.renderers import html, pdf, xlsx
from reports.tables.charts import ChartKind, Point, table_of
from reports.tables.table import Report
from tests.sakip.test_charts import chart, series


def test_the_table_says_the_same():
    hollow = Point(Decimal("3.51"), is_hollow=True)
    table = table_of(chart(ChartKind.LINES, series("Nilai", 1, None, hollow, Point(5, "WTP"))))
    text = html.preview_table(table)
    assert "angka tahun sebelumnya" in text
    assert "WTP" in text
    assert len(re.findall(r"<tr", text)) == 5


def test_a_report_prints_its_charts():
    figure = chart(suffix="%")
    report = Report(name="uji", title="Uji", sections=[figure, table_of(figure)])
    assert html.document(report).count("<svg") == 1
    assert pdf.render(report).startswith(b"%PDF")
    assert xlsx.render(report)


def test_small_charts_that_follow_each_other_stand_side_by_side():
    small = [chart(ChartKind.SMALL, key=key) for key in "abc"]
    report = Report(name="uji", title="Uji", sections=[*small, table_of(small[0]), small[0]])
    page = html.document(report)
    assert page.count('class="chart-grid"') == 2
    assert page.count("<svg") == 4


def test_a_small_chart_without_any_number_says_so():
    empty = chart(ChartKind.SMALL, series("Nilai", None, None, None, None))
    page = html.document(Report(name="uji", title="Uji", sections=[empty]))
    assert "Tidak ada data." in page
    assert "<svg" not in page


@pytest.mark.parametrize("page", ["report-preview", "issue"])
def test_a_page_that_shows_a_report_has_the_style_sheet_of_its_charts(
    page, evaluation, cast, signed_in
):
    """Without it a chart is as wide as the page and its letters are as high as a heading."""
    address = reverse(f"reports:{page}", args=["leader-summary"])
    assert "css/site-device.css" in signed_in(cast.kadir).get(address).text
