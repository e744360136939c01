"""The code of an indicator in its body, its target at the end of the plan, and targets on a text scale."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from performance.forms.indicators import IndicatorForm
from performance.models import Indicator
from performance.selectors.indicator_tables import indicator_row
from performance.services.indicators import create_indicator, edit_indicator
from tests import factories

D = Decimal


@pytest.fixture
def objectives(units):
    return [factories.make_objective(units.setda, number) for number in (1, 2)]


@pytest.fixture
def make(cast, units, objectives):
    """make(code, objective=1, **fields): what the service creates for the coordinator."""

    def create(code, objective=1, **fields):
        chosen = objectives[objective - 1]
        number = chosen.indicators.count() + 1
        fields = {"owner_unit": units.organisasi, "name": "Indeks", "measure": "Indeks"} | fields
        return create_indicator(
            objective=chosen,
            actor=cast.kadir,
            at=timezone.now(),
            number=number,
            code=code,
            **fields,
        )

    return create


def test_a_code_is_used_once_in_a_body(make, units):
    make("IKU-1")
    with pytest.raises(ValidationError, match="Kode iku-1 sudah dipakai “Indeks” \\(Sasaran 1\\)"):
        make("iku-1", 2, owner_unit=units.umum)
    make("", 2)
    make("", 2, name="Lain")
    assert Indicator.objects.count() == 3


def test_a_code_serves_again_in_other_years(make, cast):
    old = make("IKU-1", year_to=2024)
    new = make("IKU-1", 2, year_from=2025)
    with pytest.raises(ValidationError, match="pada tahun yang sama"):
        edit_indicator(indicator=new, actor=cast.kadir, at=timezone.now(), year_from=2024)
    with pytest.raises(ValidationError, match="pada tahun yang sama"):
        edit_indicator(indicator=old, actor=cast.kadir, at=timezone.now(), year_to=None)
    new.refresh_from_db()
    assert new.year_from == 2025


def test_another_body_has_its_own_codes(make, units, cast):
    make("IKU-1")
    objective = factories.make_objective(units.dinas)
    create_indicator(
        objective=objective, actor=cast.sari, at=timezone.now(), number=1, code="IKU-1",
        name="Indeks", measure="Indeks", owner_unit=units.dinas,
    )  # fmt: skip


def test_two_of_one_name_are_told_apart(make, cast, signed_in, units):
    make("IKU-1")
    one = make("IKU-2", 2)
    assert str(one) == "IKU-2 Indeks"
    grid = signed_in(cast.kadir).get(f"{reverse('performance:entry-grid')}?tahun=2025")
    assert {"IKU-1 Indeks", "IKU-2 Indeks"} <= {
        str(cell.indicator) for one in grid.context["grids"] for cell in one.cells
    }
    form = IndicatorForm(
        instance=make("", 2, name="Bagian", owner_unit=units.umum), user=cast.kadir
    )
    assert "IKU-2 Indeks" in [label for _, label in form.fields["parent"].choices]


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"plan_target": "90"}, "plan_year", "Isi tahun target akhir Renstra"),
        ({"plan_year": "2026"}, "plan_target", "Isi target akhir Renstra"),
        ({"plan_year": "2026", "plan_text": "WTP"}, "plan_text", "tidak mempunyai skala teks"),
        ({"plan_year": "2026", "plan_text": "WTX", "scale": "WTP > WDP"}, "plan_text", "Pilih salah satu"),
        ({"plan_year": "2026", "plan_target": "9", "scale": "WTP > WDP"}, "plan_target", "berskala teks"),
        ({"plan_year": "2026", "plan_target": "87.500"}, "plan_target", "dua cara"),
        ({"plan_year": "2026", "plan_target": "87,5"}, None, ""),
        ({"plan_year": "2026", "plan_text": "WTP", "scale": "WTP > WDP"}, None, ""),
    ],
)  # fmt: skip
def test_the_plan_is_written_whole(make, cast, fields, field, says):
    row = make("IKU-1")
    data = {name: getattr(row, name) or "" for name in IndicatorForm._meta.fields}
    data |= {"owner_unit": row.owner_unit_id, "version": row.version} | fields
    form = IndicatorForm(data, instance=row, user=cast.kadir)
    assert form.is_valid() == (field is None), form.errors
    if field:
        assert says in form.errors[field][0]
        assert list(form.errors) == [field]


def test_achievement_of_the_plan(make):
    row = make("IKU-1", plan_year=2026, plan_target=D(80))
    row.realisations.create(year=2025, value=D(50))
    found = indicator_row(row, [2024, 2025])
    assert (found.plan_text, found.plan_words) == (
        "80,00 (2026)",
        "62,50 % dari target akhir Renstra",
    )
    text = make("IKU-2", name="Opini", scale="WTP > WDP > TW", plan_year=2026, plan_text="WTP")
    text.realisations.create(year=2025, text_value="TW")
    found = indicator_row(text, [2024, 2025])
    assert found.plan_words == "2 tingkat di bawah target akhir Renstra"


def test_a_text_target_in_form_and_grid(make, cast, signed_in):
    row = make("IKU-1", name="Opini", scale="WTP > WDP > TW")
    client = signed_in(cast.kadir)
    url = reverse("performance:realisation-edit", args=[row.pk, 2025])
    assert "target-value" not in client.get(url).content.decode()
    assert client.post(url, {"version": "0", "target-text_value": "WTP"}).status_code == 302
    assert row.targets.get().text_value == "WTP"
    name = f"target-{row.pk}-2025"
    grid = f"{reverse('performance:entry-grid')}?tahun=2025"
    page = client.post(grid, {name: "TMP", f"lama-{name}": "WTP"}).content.decode()
    assert "“TMP” tidak ada dalam skala" in page
    assert client.post(grid, {name: "WDP", f"lama-{name}": "WTP"}).status_code == 302
    assert row.targets.get().text_value == "WDP"
    assert client.post(
        url, {"version": "0", "missing": "not_released", "target-text_value": ""}
    ).url
    assert not row.targets.exists()
    number = make("IKU-2", name="Angka")
    name = f"target-{number.pk}-2025"
    page = client.post(grid, {name: "WTP", f"lama-{name}": ""}).content.decode()
    assert "bukan angka" in page


def test_the_page_and_the_report_show_the_plan(make, cast, signed_in):
    row = make("IKU-1", plan_year=2026, plan_target=D(80))
    row.realisations.create(year=2025, value=D(50))
    client = signed_in(cast.kadir)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "80,00 (2026)" in page
    assert "62,50 % dari target akhir Renstra" in page
    report = reverse("reports:report-preview", kwargs={"name": "objective-achievement"})
    page = client.get(f"{report}?tahun=2025").content.decode()
    assert "Akhir Renstra" in page
    assert "Sampai 2025: 62,50 % dari target akhir Renstra." in page
