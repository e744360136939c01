"""axe on the main page of each role and kind; every page in every state is looked at by `make test-access`."""

import pytest

from tests import axe, factories

pytestmark = axe.needs_axe

PAGES = {
    "rina": ["/", "/renaksi/", "/renaksi/{}/", "/renaksi/{}/tindak-lanjut/"],
    "dewi": ["/", "/reviu/", "/reviu/{sent}/"],
    "kadir": [
        "/",
        "/evaluasi/{lhe}/",
        "/evaluasi/{lhe}/isian/",
        "/laporan/follow-up-table/",
        "/impor/",
    ],
    "laila": ["/", "/kinerja/", "/uji-konsistensi/"],
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit, cast, renaksi, units, name):
    sent = factories.make_renaksi(renaksi.recommendation, units.organisasi, status="submitted")
    factories.make_indicator(factories.make_objective(units.setda), units.umum, values={2022: 90})
    lhe = renaksi.recommendation.evaluation_id
    visitor = visit(getattr(cast, name))
    for path in PAGES[name]:
        page = visitor.open(path.format(renaksi.pk, sent=sent.pk, lhe=lhe))
        page.wait_for_load_state("networkidle")
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            assert axe.violations(page) == [], (path, width)
