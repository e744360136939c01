"""Figures by quarter: the year made of them by the indicator's rule, contradictions, locks, reminders."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from performance.models import Indicator, LockedYear
from performance.rules import quarters as rules
from performance.rules.consistency import of_indicator
from performance.rules.sentences import sentence
from performance.rules.typed_figures import PlannedTarget, TypedFigure
from performance.selectors.indicator_tables import indicator_row
from performance.services import realisations
from performance.services.quarters import write_quarter
from reports.selectors import home
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from tests import factories

D = Decimal


@pytest.fixture
def indicator(units):
    """Of Biro Organisasi, summed over the quarters."""
    objective = factories.make_objective(units.setda)
    return factories.make_indicator(
        objective, units.organisasi, accumulation="sum", measure="Dokumen"
    )


@pytest.fixture
def fill(cast, indicator):
    """fill(1, 5) writes 5 for the first quarter of 2025; a text is a reason or a text of the scale."""

    def write(quarter, value=None, *, actor=cast.rina, target=None, **figure):
        stored = indicator.quarters.filter(year=2025, quarter=quarter).first()
        figure = TypedFigure(value if value is None else D(value), **figure)
        given = {"target": PlannedTarget(D(target))} if target else {"realisation": figure}
        return write_quarter(
            indicator=indicator, year=2025, quarter=quarter, actor=actor, at=timezone.now(),
            version=stored.version if stored else 0, **given,
        )  # fmt: skip

    return write


@pytest.fixture
def year(cast, indicator):
    """year(value=…) writes the figure of 2025 by itself."""

    def write(actor=cast.rina, target=None, **fields):
        return realisations.write_year(
            indicator=indicator, year=2025, actor=actor, at=timezone.now(),
            version=realisations.version_of(indicator, 2025), realisation=fields, target=target,
        )  # fmt: skip

    return write


@pytest.fixture
def count_queries():
    def count(call):
        call()
        with CaptureQueriesContext(connection) as queries:
            call()
        return len(queries)

    return count


def figure(indicator):
    row = indicator.realisations.get(year=2025)
    return (row.value, row.through_quarter)


@pytest.mark.parametrize(
    ("rule", "after_two", "after_four"),
    [("sum", (D(12), 3), (D("20.5"), 4)), ("latest", (D(7), 3), (D("8.5"), 4)), ("once", (D(7), 3), (D("8.5"), 4))],
)  # fmt: skip
def test_the_rule_makes_the_year(indicator, fill, rule, after_two, after_four):
    Indicator.objects.update(accumulation=rule)
    fill(1, 5)
    fill(3, 7)
    assert figure(indicator) == after_two
    fill(4, "8.5")
    assert figure(indicator) == after_four


def test_the_year_is_told_in_the_same_entry_of_the_history(indicator, fill, cast):
    fill(1, 5)
    [entry] = HistoryEntry.objects.about(indicator)
    assert (entry.action, entry.actor) == ("realise", cast.rina)
    assert ["2025 triwulan I · Realisasi", "-", "5,00"] in entry.in_words
    assert ["2025 · Realisasi", "-", "5,00"] in entry.in_words


def test_a_corrected_quarter_corrects_the_year(indicator, fill):
    fill(1, 5)
    fill(2, 7)
    fill(1, 6)
    assert figure(indicator) == (D(13), 2)
    fill(1, missing="not_measured")
    assert figure(indicator) == (D(7), 2)
    fill(2, missing="not_released")
    row = indicator.realisations.get(year=2025)
    assert (row.value, row.missing, row.through_quarter) == (None, "not_released", None)


def test_a_year_entered_by_itself_stays_and_both_are_shown(indicator, fill, year):
    year(value=D(13))
    fill(1, 5)
    fill(2, 7)
    assert figure(indicator) == (D(13), None)
    [found] = [one for one in of_indicator(indicator) if one.code == "quarters-differ"]
    assert found.message.startswith("Jumlah triwulan I–II 12, tetapi angka tahun 2025: 13.")
    year(value=D(12))  # as the sentence says
    assert figure(indicator) == (D(12), 2)
    fill(3, 1)
    assert figure(indicator) == (D(13), 3)


def test_a_year_that_contradicts_its_quarters_is_refused(indicator, fill, year):
    fill(1, 5)
    fill(3, 7)
    with pytest.raises(
        ValidationError, match="Jumlah triwulan I, III 12, tetapi angka tahun 2025: 13"
    ):
        year(value=D(13))
    assert figure(indicator) == (D(12), 3)
    year(explanation="Survei baru")
    assert indicator.realisations.get(year=2025).explanation == "Survei baru"


def test_a_reason_gives_way_to_the_first_quarter(indicator, fill, year):
    year(missing="not_released")
    fill(1, 5)
    assert figure(indicator) == (D(5), 1)


def test_targets_of_the_quarters(indicator, fill, cast):
    with pytest.raises(PermissionDenied):
        fill(1, target=10)
    for quarter in (1, 2, 3):
        fill(quarter, target=10, actor=cast.kadir)
    assert not indicator.targets.exists()
    fill(4, target=10, actor=cast.kadir)
    assert indicator.targets.get(year=2025).value == 40
    fill(4, target=20, actor=cast.kadir)
    assert indicator.targets.get(year=2025).value == 40
    [found] = [one for one in of_indicator(indicator) if one.code == "quarter-targets-differ"]
    assert found.message.startswith("Jumlah target triwulan I–IV 50, tetapi target tahun 2025: 40.")


def test_a_locked_year_and_another_unit(indicator, fill, units, cast):
    with pytest.raises(PermissionDenied):
        fill(1, 5, actor=cast.umar)
    lock = LockedYear.objects.create(
        unit=units.setda, year=2025, locked_by=cast.kadir, locked_at=timezone.now()
    )
    with pytest.raises(WrongState, match="dikunci"):
        fill(1, 5, actor=cast.kadir)
    assert not indicator.quarters.exists()
    lock.delete()
    Indicator.objects.update(year_to=2024)
    with pytest.raises(WrongState, match="sampai 2024"):
        fill(1, 5)


def test_only_a_finished_year_must_be_explained(indicator, fill, year):
    indicator.realisations.create(year=2024, value=D(100))
    Indicator.objects.update(explain_above=10)
    fill(1, 5)
    with pytest.raises(ValidationError, match="lebih dari 10 %"):
        fill(4, 5)
    assert figure(indicator) == (D(5), 1)
    year(explanation="Kegiatan dikurangi")
    fill(4, 5)
    assert figure(indicator) == (D(10), 4)


def test_a_text_scale_takes_the_last_and_has_no_targets_by_quarter(indicator, fill, cast):
    Indicator.objects.update(scale="WTP > WDP > TW")
    fill(1, text="WDP")
    fill(2, text="WTP")
    assert indicator.realisations.get(year=2025).text_value == "WTP"
    with pytest.raises(ValidationError, match="tidak ada dalam skala"):
        fill(3, text="TMP")
    with pytest.raises(ValidationError, match="pada angka tahunnya"):
        fill(3, 5, mark="*")


def test_an_unfinished_year_says_so(indicator, fill):
    fill(1, 5)
    fill(2, 7)
    row = indicator_row(Indicator.objects.get(), [2024, 2025])
    assert sentence(row).startswith("Realisasi 2025 12,00 (sampai triwulan II), ")
    assert row.current.remark == "s.d. triwulan II"
    fill(4, 1)
    row = indicator_row(Indicator.objects.get(), [2024, 2025])
    assert "sampai triwulan" not in sentence(row)
    assert row.current.remark == ""


# ── Reminders ───────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("today", "ended", "due"),
    [
        (date(2026, 1, 1), (2025, 4), date(2026, 1, 15)),
        (date(2026, 3, 31), (2025, 4), date(2026, 1, 15)),
        (date(2026, 4, 1), (2026, 1), date(2026, 4, 15)),
        (date(2026, 12, 31), (2026, 3), date(2026, 10, 15)),
    ],
)
def test_the_quarter_that_has_ended(today, ended, due):
    assert rules.ended_quarter(today) == ended
    assert rules.due_date(*ended) == due


def missing(user, today):
    return [
        (one.year, one.quarter, [row.name for row in one.indicators])
        for one in home.unreported(user, today)
    ]


def test_the_operator_is_reminded_of_the_quarter(units, cast, indicator, fill, signed_in):
    make = partial(factories.make_indicator, indicator.objective, units.organisasi)
    make("Terbit sekali", accumulation="once", values={2024: D(1)})
    make("Tahunan", accumulation="sum", period="year", values={2024: D(1)})
    make("Semesteran", accumulation="sum", period="half", values={2024: D(1)})
    make("Opini", accumulation="latest", scale="WTP > WDP", values={2024: None})
    make("Sudah setahun", accumulation="sum", values={2024: D(1), 2025: D(1)})
    indicator.realisations.create(year=2024, value=D(1))
    assert missing(cast.rina, date(2025, 4, 10)) == [(2025, 1, [indicator.name])]
    assert missing(cast.rina, date(2025, 7, 10)) == [(2025, 2, [indicator.name, "Semesteran"])]
    fill(1, missing="not_measured")
    assert missing(cast.rina, date(2025, 4, 10)) == []
    assert missing(cast.umar, date(2025, 4, 10)) == []


def test_each_link_opens_the_grid_at_its_quarter(cast, indicator, signed_in):
    client, today = signed_in(cast.rina), timezone.localdate()
    page = client.get("/").content.decode()
    found = home.unreported(cast.rina, today)
    assert [one.quarter for one in found] == [rules.ended_quarter(today)[1], None]
    for one in found:
        assert one.address.replace("&", "&amp;") in page
        grid = client.get(one.address)
        assert grid.status_code == 200
        assert f"realisasi-{indicator.pk}-{one.year}" in grid.content.decode()
    assert grid.context["year"] == today.year - 1


# ── The grid ────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def save(signed_in, indicator):
    def send(person, view="semua", **cells):
        data = {
            name.replace("_", f"-{indicator.pk}-2025-", 1).rstrip("-"): v
            for name, v in cells.items()
        }
        data |= {f"lama-{name}": "" for name in data}
        address = f"{reverse('performance:entry-grid')}?tahun=2025&triwulan={view}"
        return signed_in(person).post(address, data, headers={"Accept": "application/json"})

    return send


def test_quarters_are_entered_in_the_grid(indicator, cast, save):
    cells = save(cast.rina, realisasi_1="5", realisasi_2="7,5").json()["cells"]
    name = f"realisasi-{indicator.pk}-2025"
    assert cells[f"{name}-2"]["stored"] == "7,5"
    assert (cells[name]["stored"], cells[name]["note"]) == ("12,5", "dari triwulan I–II")
    assert figure(indicator) == (D("12.5"), 2)


def test_a_year_and_its_quarter_in_one_request(indicator, cast, save):
    cells = save(cast.kadir, realisasi_1="5", realisasi_="6", target_1="4").json()["cells"]
    name = f"realisasi-{indicator.pk}-2025"
    assert "Triwulan I 5, tetapi angka tahun 2025: 6" in cells[name]["error"]
    assert cells[name]["stored"] == "5"
    assert indicator.quarters.get().target == 4


def test_one_quarter_shows_only_its_columns(indicator, cast, signed_in):
    address = f"{reverse('performance:entry-grid')}?tahun=2025&triwulan=3"
    page = signed_in(cast.rina).get(address).content.decode()
    assert f'name="realisasi-{indicator.pk}-2025-3"' in page
    assert f'name="realisasi-{indicator.pk}-2025-2"' not in page
    assert f'name="realisasi-{indicator.pk}-2025"' in page


def test_what_may_not_be_written_is_refused_in_words(indicator, cast, save):
    cells = save(cast.rina, target_1="4", realisasi_1="").json()["cells"]
    assert "tidak dapat Anda isi" in cells[f"target-{indicator.pk}-2025-1"]["error"]
    assert save(cast.umar, realisasi_1="4").json()["cells"][f"realisasi-{indicator.pk}-2025-1"][
        "error"
    ]
    assert not indicator.quarters.exists()


def test_cells_of_another_body_are_not_answered(indicator, cast, save):
    assert save(cast.sari, realisasi_1="4").json() == {"cells": {}, "changes": {}}


@pytest.mark.parametrize("view", ["", "semua", "3"])
def test_the_grid_costs_the_same_for_many_indicators_and_quarters(
    view, units, cast, indicator, signed_in, count_queries
):
    client = signed_in(cast.kadir)
    address = f"{reverse('performance:entry-grid')}?tahun=2025&triwulan={view}"
    few = count_queries(lambda: client.get(address))
    for number in range(2, 30):
        row = factories.make_indicator(
            indicator.objective, units.umum, f"Lain {number}", accumulation="sum"
        )
        for year in (2022, 2023, 2024, 2025):
            row.realisations.create(year=year, value=number, through_quarter=1)
            row.quarters.create(year=year, quarter=1, value=number, target=number)
    assert count_queries(lambda: client.get(address)) == few


def test_the_reminder_costs_the_same_for_many_indicators_and_bodies(
    units, cast, indicator, count_queries
):
    today = date(2025, 4, 10)
    few = count_queries(lambda: home.unreported(cast.rina, today))
    for number in range(2, 12):
        objective = factories.make_objective(units.province if number % 2 else units.setda, number)
        factories.make_indicator(objective, units.organisasi, accumulation="sum")
    assert count_queries(lambda: home.unreported(cast.rina, today)) == few
    found = home.unreported(cast.rina, today)
    assert [(one.unit, one.quarter, len(one.indicators)) for one in found] == [
        (units.province, 1, 5), (units.setda, 1, 6), (units.province, None, 5), (units.setda, None, 6),
    ]  # fmt: skip
