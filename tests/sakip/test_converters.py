"""Addresses with a year or quarter that cannot be."""

import pytest

from tests import factories


@pytest.fixture
def here(units, renaksi):
    """The keys of what the addresses are about."""
    indicator = factories.make_indicator(factories.make_objective(units.setda), units.organisasi)
    return {"unit": units.setda.pk, "renaksi": renaksi.pk, "indicator": indicator.pk}


@pytest.mark.parametrize(
    "address",
    [
        "/kinerja/{unit}/{year}/kunci/",
        "/indikator/{indicator}/realisasi/{year}/",
        "/indikator/{indicator}/realisasi/{year}/bukti/",
        "/triwulan/{unit}/{year}/1/tutup/",
        "/triwulan/{unit}/2023/{quarter}/buka/",
        "/renaksi/{renaksi}/triwulan/2023/{quarter}/",
    ],
)
@pytest.mark.parametrize(("year", "quarter"), [(1999, 0), (2101, 5), (99999, 99)])
def test_such_an_address_does_not_exist(cast, here, signed_in, address, year, quarter):
    page = address.format(**here, year=year, quarter=quarter)
    assert signed_in(cast.kadir).post(page).status_code == 404


@pytest.mark.parametrize("year", [2000, 2100])
def test_the_first_and_the_last_year_do(cast, here, signed_in, year):
    page = f"/kinerja/{here['unit']}/{year}/kunci/"
    assert signed_in(cast.kadir).post(page).status_code == 302
