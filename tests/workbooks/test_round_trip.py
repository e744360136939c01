"""What goes out comes back unharmed: export, import unchanged, nothing to write."""

from datetime import date
from decimal import Decimal

import pytest

from performance.models import Indicator, Realisation, Target
from recommendations.models import Step
from sakip.roles import Role
from tests import factories
from tests.workbooks.books import exported, plan_of
from workbooks.columns import shelves
from workbooks.compare import analysis
from workbooks.compare.plan import RowOutcome
from workbooks.kinds import KINDS
from workbooks.readers import workbook

NASTY = [
    "=1+1",
    "+62 811",
    "@SUM(A1)",
    "-5 orang",
    "\"kutip\" dan 'kutip'",
    "007",
    "1/2",
    "2023-01-02",
    "197108081991032007",
    "Ya",
    "  spasi  ganda  ",
    "_x0041_",
    "<r>baris</r>",
    "<b>&amp;</b>",
    "שלום \u200fעולם",
    "😀 emoji",
    "e\u0301 dan \u00e9",
]


@pytest.fixture
def full(cast, units, evaluation, recommendation, renaksi):
    """Every kind of record, with every nasty text somewhere."""
    for number, text in enumerate(NASTY, 2):
        row = factories.make_recommendation(
            evaluation, number, heading=text[:120], text=f"<p>{text.replace('<', '&lt;')}</p>"
        )
        row.points.create(position=1, text="<ul><li>satu</li><li><em>dua</em></li></ul>")
        item = factories.make_renaksi(
            row,
            units.organisasi,
            supporting=[units.umum],
            due_date=date(2024, 2, 29),
            plan="<p>baris satu</p><p>baris dua</p>",
            point=row.points.get(),
            not_actionable_reason=f"{text}\n\nkedua",
        )
        Step.objects.create(
            renaksi=item, position=1, text="<p>langkah</p>", done_on=date(2024, 1, 1)
        )
        factories.make_evidence(item, text, document_number=text, page_hint="3-5")
        factories.make_evidence(
            item, "Arsip", position=2, kind="link", url="https://a.id/x", is_archived=True
        )
    renaksi.person = cast.rina
    renaksi.save()
    earlier = factories.make_recommendation(factories.make_evaluation(units.setda, 2021))
    recommendation.previous = earlier
    recommendation.save()
    evaluation.scores.filter(component__code="perencanaan").update(
        reported_change=Decimal("-0.01"), remark="<p>=1+1</p><p><em>dua</em></p>"
    )
    for text in NASTY:
        units.umum.children.create(name=text, kind="bureau", code=text, head_title=text)
    cast.rina.nip, cast.rina.email = "197108081991032007", "rina@kaltimprov.go.id"
    cast.rina.save()
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.add(units.setda)
    objective = factories.make_objective(units.setda)
    indicator = factories.make_indicator(
        objective,
        units.organisasi,
        "=Indeks",
        values={2021: Decimal("3.51"), 2022: None},
        definition="satu\ndua",
        scale="",
    )
    indicator.realisations.filter(year=2021).update(
        mark="*", footnote="*) Skor 2022", annotation="peringkat 4"
    )
    Realisation.objects.create(
        indicator=indicator, year=2023, value=Decimal("12345678901234.5678"), is_carried_over=True
    )
    Target.objects.create(indicator=indicator, year=2023, value=80, high=Decimal("90.5"))
    Target.objects.create(indicator=indicator, year=2022, value=-3)
    opinion = factories.make_indicator(
        objective, units.umum, scale="WTP > WDP > TW > TMP", parent=None
    )
    Realisation.objects.create(indicator=opinion, year=2022, text_value="WTP")
    Target.objects.create(indicator=opinion, year=2022, text_value="WDP")
    indicator.quarters.create(year=2023, quarter=1, target=Decimal("1.5"), value=Decimal("0.598"))
    indicator.quarters.create(year=2023, quarter=4, missing="not_released")
    opinion.quarters.create(year=2022, quarter=2, text_value="WTP")
    indicator.realisations.filter(year=2021).update(
        reported_change=Decimal("5.555"), reported_achievement=Decimal(-3)
    )
    Indicator.objects.filter(pk=indicator.pk).update(
        code="=IKU-1", plan_year=2026, plan_target=Decimal("99.125")
    )
    Indicator.objects.filter(pk=opinion.pk).update(plan_year=2026, plan_text="WTP")
    factories.make_indicator(objective, units.umum, "Bagian", parent=indicator)
    return cast.kadir


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_that_comes_back_changes_nothing(full, kind):
    plan = plan_of(kind, full, exported(kind, full))
    assert plan.all_problems == []
    assert {row.outcome for sheet in plan.sheets for row in sheet.rows} == {RowOutcome.UNCHANGED}
    assert len(plan.sheets) == len(KINDS[kind].sheets)


@pytest.mark.parametrize("kind", KINDS)
def test_names_that_two_bodies_share_come_back_too(full, units, kind):
    units.dinas.children.create(name=units.setda.name, kind="body", code="SD2")
    plan = plan_of(kind, full, exported(kind, full))
    assert {row.outcome for sheet in plan.sheets for row in sheet.rows} == {RowOutcome.UNCHANGED}


@pytest.mark.parametrize("kind", KINDS)
def test_without_fingerprints_it_is_the_same(full, kind):
    """What people copy into a workbook of their own carries none."""
    upload = exported(kind, full)
    book = workbook.read_workbook(upload, upload.name)
    for sheet in book:
        sheet.rows = [(number, values[:-1]) for number, values in sheet.rows]
    plan = analysis.analyse(KINDS[kind], book, full, shelves.directory_for(full))
    changes = [change for sheet in plan.sheets for row in sheet.rows for change in row.changes]
    assert changes == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_template_has_nothing_to_import(full, kind):
    plan = plan_of(kind, full, exported(kind, full, empty=True))
    assert ["tidak berisi baris" in problem.message for problem in plan.errors] == [True]
    assert [row for sheet in plan.sheets for row in sheet.rows] == []
    assert all("baris contoh" in problem.message for problem in plan.warnings)


def test_a_text_longer_than_a_cell_is_left_alone(full, recommendation):
    recommendation.text = "<p>" + "x" * 32_767 + "</p>"
    recommendation.save()
    assert plan_of("recommendations", full, exported("recommendations", full)).count(
        RowOutcome.UNCHANGED
    )
    recommendation.text = "<p>" + "x" * 32_766 + "😀</p>"
    recommendation.save()
    plan = plan_of("recommendations", full, exported("recommendations", full))
    assert (plan.count(RowOutcome.CHANGED), plan.count(RowOutcome.REFUSED)) == (0, 0)
