"""What the forms offer is not what protects: the services refuse by themselves."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from recommendations.models import RecommendationPoint, Renaksi
from recommendations.services.evidence import add_evidence
from recommendations.services.renaksi import create_renaksi, plan_renaksi
from tests import factories

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def plan(renaksi, actor, lead_unit, **fields):
    return plan_renaksi(
        renaksi=renaksi, actor=actor, at=NOON, plan="", lead_unit=lead_unit, **fields
    )


def test_a_unit_switched_off_is_refused(renaksi, cast, units):
    units.umum.is_active = False
    units.umum.save()
    with pytest.raises(ValidationError, match="Biro Umum sudah tidak aktif"):
        plan(renaksi, cast.kadir, units.umum)
    with pytest.raises(ValidationError, match="Biro Umum sudah tidak aktif"):
        plan(renaksi, cast.kadir, units.organisasi, supporting_units=[units.umum])


def test_a_unit_of_another_body_is_refused(renaksi, cast, units):
    with pytest.raises(ValidationError, match="bukan bagian dari Sekretariat Daerah"):
        plan(renaksi, cast.kadir, units.dinas)


def test_a_point_of_another_recommendation_is_refused(renaksi, cast, units):
    other = factories.make_recommendation(renaksi.recommendation.evaluation)
    point = RecommendationPoint.objects.create(recommendation=other, position=1, text="<p>x</p>")
    with pytest.raises(ValidationError, match="butir dari rekomendasi ini"):
        plan(renaksi, cast.kadir, units.organisasi, point=point)


def test_nothing_of_a_refused_creation_stays(recommendation, cast, units):
    with pytest.raises(PermissionDenied):
        create_renaksi(
            recommendation=recommendation,
            actor=cast.rina,
            at=NOON,
            plan="",
            lead_unit=units.organisasi,
        )
    assert not Renaksi.objects.exists()


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("file", {}),
        ("link", {}),
        ("separate", {"url": "https://a.id"}),
        ("link", {"url": "javascript:x"}),
    ],
)
def test_evidence_that_does_not_fit_its_kind_is_refused(renaksi, cast, kind, fields):
    with pytest.raises(ValidationError):
        add_evidence(renaksi=renaksi, actor=cast.rina, at=NOON, kind=kind, title="Bukti", **fields)
    assert renaksi.evidence.count() == 1
