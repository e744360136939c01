"""Whatever changes the words of a renaksi changes what the search finds."""

import pytest
from django.utils import timezone

from recommendations.models import Renaksi
from recommendations.selectors import search
from recommendations.services import evidence as evidence_services
from recommendations.services import recommendations as recommendation_services
from recommendations.services import renaksi as renaksi_services

NOW = timezone.now()


def finds(word):
    return search.matching(Renaksi.objects.all(), word).exists()


@pytest.fixture
def by(cast):
    return {"actor": cast.rina, "at": NOW}


def test_the_plan(recommendation, cast, units):
    by = {"actor": cast.kadir, "at": NOW, "lead_unit": units.organisasi}
    plan = "<p>Menyusun pedoman</p>"
    row = renaksi_services.create_renaksi(recommendation=recommendation, plan=plan, **by)
    assert finds("pedoman") and finds("achievable")
    renaksi_services.plan_renaksi(renaksi=row, plan="<p>Menyusun edaran</p>", **by)
    assert (finds("pedoman"), finds("edaran")) == (False, True)


def test_the_follow_up_and_its_steps(renaksi, by):
    renaksi_services.write_follow_up(
        renaksi=renaksi,
        version=0,
        follow_up="<p>Sosialisasi</p>",
        steps=[("<p>Undangan</p>", None)],
        **by,
    )
    assert finds("sosialisasi undangan")


def test_the_evidence(renaksi, by):
    kind = "separate"
    row = evidence_services.add_evidence(renaksi=renaksi, kind=kind, title="Notula", **by)
    assert finds("notula")
    evidence_services.edit_evidence(evidence=row, title="Berita acara", **by)
    assert (finds("notula"), finds("berita acara")) == (False, True)
    evidence_services.archive_evidence(evidence=row, **by)
    assert not finds("berita")
    evidence_services.restore_evidence(evidence=row, **by)
    assert finds("berita")


def test_the_recommendation_and_its_points(renaksi, cast):
    recommendation_services.edit_recommendation(
        recommendation=renaksi.recommendation,
        actor=cast.kadir,
        at=NOW,
        version=0,
        text="<p>Agar selaras</p>",
        points=[{"id": None, "text": "<p>Indikator terukur</p>"}],
    )
    assert finds("selaras terukur")


def test_what_is_deleted_is_forgotten(recommendation, cast, units):
    by = {"actor": cast.kadir, "at": NOW}
    row = renaksi_services.create_renaksi(
        recommendation=recommendation, plan="<p>Pedoman</p>", lead_unit=units.umum, **by
    )
    renaksi_services.delete_renaksi(renaksi=row, **by)
    assert not finds("pedoman")


def test_a_recommendation_has_words_of_its_own(evaluation, cast):
    def own(word):
        return search.keys(word, 10, search.OF_RECOMMENDATIONS)

    by = {"actor": cast.kadir, "at": NOW}
    points = [{"id": None, "text": "<p>Terukur</p>"}]
    made = recommendation_services.create_recommendation(
        evaluation=evaluation, number=7, text="<p>Susun</p>", points=points, **by
    )
    assert own("susun terukur") == [made.pk]
    recommendation_services.edit_recommendation(
        recommendation=made, version=made.version, text="<p>Tata</p>", **by
    )
    assert (own("susun"), own("terukur"), own("tata")) == ([], [], [made.pk])
    made.refresh_from_db()
    recommendation_services.delete_recommendation(recommendation=made, **by)
    assert own("tata") == []
