"""Who may open and save which page; docs/design.md §2.4 transcribed by hand."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from performance.services import indicators, objectives, realisations
from sakip.errors import WrongState
from tests import factories

AT = datetime(2024, 1, 15, 2, tzinfo=UTC)

# Page: status for the owner's operator, another Biro's, evaluator, coordinator, leader, other body.
READ = (200, 200, 200, 200, 200, 404)
EDIT = (403, 403, 403, 200, 403, 404)
REALISE = (200, 403, 403, 200, 403, 404)
PEOPLE = ("rina", "umar", "dewi", "kadir", "laila", "sari")
PAGES = {
    "objective-detail": READ,
    "objective-edit": EDIT,
    "indicator-create": EDIT,
    "indicator-detail": READ,
    "indicator-edit": EDIT,
    "realisation-edit": REALISE,
}


@pytest.fixture
def indicator(units):
    return factories.make_indicator(factories.make_objective(units.setda), units.organisasi)


def address(name, indicator):
    pk = indicator.pk if name.startswith(("indicator-d", "indicator-e", "real")) else None
    args = [pk or indicator.objective_id, *([2023] if name == "realisation-edit" else [])]
    return reverse(f"performance:{name}", args=args)


@pytest.mark.parametrize(
    ("name", "person", "status"),
    [
        (name, person, status)
        for name, row in PAGES.items()
        for person, status in zip(PEOPLE, row, strict=True)
    ],
)
def test_who_opens_what(indicator, cast, signed_in, name, person, status):
    client = signed_in(getattr(cast, person))
    assert client.get(address(name, indicator)).status_code == status
    if name.endswith(("edit", "create")) and status != 200:
        assert client.post(address(name, indicator), {"value": "1"}).status_code == status


@pytest.mark.parametrize(("person", "status"), [("kadir", 200), ("rina", 403), ("laila", 403)])
def test_who_makes_objectives(cast, signed_in, person, status):
    url = reverse("performance:objective-create")
    assert signed_in(getattr(cast, person)).get(url).status_code == status


def test_other_methods_are_refused(indicator, cast, signed_in):
    client = signed_in(cast.kadir)
    for url in (
        reverse("performance:indicator-table"),
        *(address(name, indicator) for name in ("objective-detail", "indicator-detail")),
    ):
        assert client.post(url).status_code == 405
    for name in ("objective-edit", "indicator-create", "indicator-edit", "realisation-edit"):
        assert client.delete(address(name, indicator)).status_code == 405


def test_strangers_are_asked_to_sign_in(indicator, client):
    for name in PAGES:
        response = client.get(address(name, indicator))
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_login"))


def test_services_judge_for_themselves(indicator, cast, units):
    year = {"indicator": indicator, "year": 2023, "at": AT, "version": 0}
    with pytest.raises(PermissionDenied):
        realisations.write_year(actor=cast.umar, realisation={"value": 1}, **year)
    with pytest.raises(PermissionDenied):
        realisations.write_year(actor=cast.rina, target=realisations.PlannedTarget(1), **year)
    with pytest.raises(PermissionDenied):
        realisations.write_year(actor=cast.rina, realisation={"reported_change": 1}, **year)
    with pytest.raises(PermissionDenied):
        indicators.edit_indicator(actor=cast.rina, indicator=indicator, at=AT, name="Lain")
    with pytest.raises(PermissionDenied):
        objectives.save_objective(actor=cast.sari, at=AT, sources={}, unit=units.setda, number=9)
    with pytest.raises(PermissionDenied):
        indicators.create_indicator(
            actor=cast.sari, at=AT, objective=indicator.objective, owner_unit=units.dinas
        )


def test_no_figure_is_written_outside_its_life(indicator, cast):
    indicator.year_to = 2022
    indicator.save(update_fields=["year_to"])
    with pytest.raises(WrongState, match="hanya berlaku sampai 2022"):
        realisations.write_year(
            actor=cast.rina,
            at=AT,
            indicator=indicator,
            year=2023,
            version=0,
            realisation={"value": 1},
        )


def test_a_refused_save_leaves_nothing(indicator, cast):
    with pytest.raises(ValidationError):
        realisations.write_year(
            actor=cast.kadir,
            at=AT,
            indicator=indicator,
            year=2023,
            version=0,
            realisation={"value": 1},
            target=realisations.PlannedTarget(9, 1),
        )
    with pytest.raises(WrongState):
        realisations.write_year(
            actor=cast.kadir,
            at=AT,
            indicator=indicator,
            year=2023,
            version=5,
            realisation={"value": 1},
        )
    assert not indicator.realisations.exists()
