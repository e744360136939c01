"""The evaluator's main task: one item judged and the next one open, in two clicks at most."""

import pytest

from tests import factories

BUDGET = 2


@pytest.fixture
def queue(recommendation, units):
    """Three submitted items of Biro Organisasi, the oldest first."""
    queue = [
        factories.make_renaksi(recommendation, units.organisasi, status="submitted")
        for _ in range(3)
    ]
    for renaksi in queue:
        factories.make_evidence(renaksi)
    return queue


def status(renaksi):
    renaksi.refresh_from_db()
    return renaksi.status


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_items_are_judged_one_after_the_other(visit, cast, queue, scripts):
    first, second, third = queue
    dewi = visit(cast.dewi, java_script_enabled=scripts)
    page = dewi.open(f"/reviu/{first.pk}/")

    dewi.click(page.get_by_role("button", name="Terima dan berikutnya"))
    page.wait_for_url(f"**/reviu/{second.pk}/**")
    assert dewi.clicks <= BUDGET

    dewi.clicks = 0
    page.get_by_label("Catatan").fill("Laporan belum ditandatangani.")
    dewi.click(page.get_by_text("Belum ditandatangani", exact=True))
    dewi.click(page.get_by_role("button", name="Kembalikan dan berikutnya"))
    page.wait_for_url(f"**/reviu/{third.pk}/**")
    assert dewi.clicks <= BUDGET

    assert [status(renaksi) for renaksi in queue] == ["done", "returned", "submitted"]
    decision = second.decisions.get()
    assert (decision.reason, decision.note) == ("unsigned", "Laporan belum ditandatangani.")
    assert dewi.complaints == []
    assert dewi.hosts == {dewi.server.removeprefix("http://")}
