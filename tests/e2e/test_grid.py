"""The entry grid as a spreadsheet: keys, a pasted block, each cell saved as one leaves it."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

PASTE = """([input, text]) => {
  const data = new DataTransfer();
  data.setData("text", text);
  input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_keys_and_a_pasted_block(visit, cast, units):
    objective = factories.make_objective(units.setda)
    first, second = (
        factories.make_indicator(objective, units.organisasi, values={2022: Decimal(90)})
        for _ in range(2)
    )
    visitor = visit(cast.rina)
    page = visitor.open("/kinerja/isi/?tahun=2023")
    cells = [page.locator(f"#id_realisasi-{row.pk}-2023") for row in (first, second)]

    cells[0].fill("91,5")
    cells[0].press("Enter")
    expect(cells[1]).to_be_focused()
    expect(page.locator(f"#sel-realisasi-{first.pk}-2023")).to_contain_text("tersimpan")
    expect(page.locator(f"#ubah-{first.pk}")).to_contain_text("1,67")
    assert first.realisations.get(year=2023).value == Decimal("91.5")

    cells[1].fill("x")
    cells[1].press("Escape")
    expect(cells[1]).to_have_value("")

    left = page.locator(f"#id_realisasi-{first.pk}-2022")
    page.evaluate(PASTE, [left.element_handle(), "89\t\t92\n87.500\t\t93\n"])
    expect(page.locator(f"#sel-realisasi-{second.pk}-2022")).to_contain_text("dua cara")
    expect(page.locator(f"#id_realisasi-{second.pk}-2022")).to_have_value("87.500")
    found = {
        (row.pk, one.year): one.value for row in (first, second) for one in row.realisations.all()
    }
    assert found == {
        (first.pk, 2022): 89,
        (first.pk, 2023): 92,
        (second.pk, 2022): 90,
        (second.pk, 2023): 93,
    }
    assert not visitor.complaints


def test_without_scripts_one_button_saves_what_changed(visit, cast, units):
    objective = factories.make_objective(units.setda)
    indicator = factories.make_indicator(
        objective, units.organisasi, values={2022: Decimal(90), 2023: None}
    )
    page = visit(cast.rina, java_script_enabled=False).open("/kinerja/isi/?tahun=2023")
    page.locator(f"#id_realisasi-{indicator.pk}-2022").fill("abc")
    page.locator(f"#id_realisasi-{indicator.pk}-2023").fill("91,5")
    page.get_by_role("button", name="Simpan yang berubah").click()
    expect(page.locator(f"#sel-realisasi-{indicator.pk}-2022")).to_contain_text("bukan angka")
    expect(page.locator(f"#id_realisasi-{indicator.pk}-2022")).to_have_value("abc")
    assert indicator.realisations.get(year=2023).value == Decimal("91.5")
