"""T2, the evaluator's main task: one item judged and the next one open, in two clicks at most."""

import re

import pytest

from tests import factories
from tests.e2e import budgets

END = re.compile(r"/reviu/\?")  # of the queue


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
    assert dewi.clicks == budgets.ACCEPT.count

    dewi.clicks = 0
    page.get_by_label("Catatan").fill("Laporan belum ditandatangani.")
    dewi.click(page.get_by_text("Belum ditandatangani", exact=True))
    dewi.click(page.get_by_role("button", name="Kembalikan dan berikutnya"))
    page.wait_for_url(f"**/reviu/{third.pk}/**")
    assert dewi.clicks == budgets.RETURN.count

    assert [status(renaksi) for renaksi in queue] == ["done", "returned", "submitted"]
    decision = second.decisions.get()
    assert (decision.reason, decision.note) == ("unsigned", "Laporan belum ditandatangani.")
    assert dewi.complaints == []
    assert dewi.hosts == {dewi.server.removeprefix("http://")}


def test_twenty_items_in_forty_keys(visit, cast, recommendation, units):
    """`t` points at the button, Enter presses it; no page is touched in between."""
    type(cast.dewi).objects.filter(pk=cast.dewi.pk).update(uses_shortcuts=True)
    made = [
        factories.make_renaksi(recommendation, units.organisasi, status="submitted")
        for _ in range(20)
    ]
    for renaksi in made:
        factories.make_evidence(renaksi)
    dewi = visit(cast.dewi)
    page = dewi.open(f"/reviu/{made[0].pk}/")
    keys = 0
    for following in [*made[1:], None]:
        for key in ("t", "Enter"):
            page.keyboard.press(key)
            keys += 1
        page.wait_for_url(f"**/reviu/{following.pk}/**" if following else END)
    assert keys == budgets.TWENTY.count
    assert {status(renaksi) for renaksi in made} == {"done"}
    assert dewi.complaints == []


def test_keys_undo_and_explain_themselves(visit, cast, queue):
    type(cast.dewi).objects.filter(pk=cast.dewi.pk).update(uses_shortcuts=True)
    dewi = visit(cast.dewi)
    page = dewi.open(f"/reviu/{queue[0].pk}/")
    page.keyboard.press("t")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/reviu/{queue[1].pk}/**")
    page.keyboard.press("u")
    page.keyboard.press("Enter")
    page.get_by_text("diurungkan").wait_for()
    page.wait_for_load_state()  # with the script that listens
    page.keyboard.press("?")
    page.get_by_role("heading", name="Tombol cepat").wait_for()
    assert [status(renaksi) for renaksi in queue] == ["submitted"] * 3
    assert dewi.complaints == []


def test_keys_do_nothing_until_they_are_chosen(visit, cast, queue):
    page = visit(cast.dewi).open(f"/reviu/{queue[0].pk}/")
    page.keyboard.press("t")
    assert page.locator("button:focus").count() == 0
    page.get_by_role("button", name="Tombol cepat").click()
    page.get_by_role("button", name="Pakai tombol cepat").click()
    page.get_by_text("Tombol cepat dipakai.", exact=True).wait_for()
    page.wait_for_load_state()  # with the script that listens
    page.keyboard.press("t")
    assert page.locator("button:focus").inner_text() == "Terima dan berikutnya"


def test_the_decision_covers_nothing(visit, cast, queue):
    page = visit(cast.dewi, viewport={"width": 1280, "height": 800}).open(f"/reviu/{queue[0].pk}/")
    words, bar = page.locator(".review"), page.locator(".review-decision")
    words, bar = words.bounding_box(), bar.bounding_box()
    assert words["y"] + words["height"] <= bar["y"]
    assert bar["y"] + bar["height"] <= 800
