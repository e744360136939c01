"""Somebody deleted a record after another person opened it: a sentence, never an error page."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from recommendations.models import RecommendationPoint, Renaksi
from recommendations.services import (
    comments,
    drafts,
    extensions,
    quarterly_reports,
    saved_views,
    steps,
)
from recommendations.services import recommendations as services
from recommendations.services import renaksi as plans
from recommendations.services.evidence import archive_evidence
from recommendations.services.renaksi import write_follow_up
from recommendations.workflow import perform
from sakip.errors import Gone
from tests import factories

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture
def by(cast):
    return {"actor": cast.rina, "at": NOON}


@pytest.fixture
def gone(recommendation, units):
    """A renaksi that somebody deleted, as another person still holds it."""
    renaksi = factories.make_renaksi(recommendation, units.organisasi, due_date=date(2026, 5, 1))
    Renaksi.objects.all().delete()
    renaksi.pk = 987654
    return renaksi


DEEDS = {
    "submit": lambda by, row: perform(action="submit", renaksi=row, **by),
    "write": lambda by, row: write_follow_up(renaksi=row, version=0, follow_up="x", **by),
    "draft": lambda by, row: drafts.keep_draft(renaksi=row, base_version=0, content={}, **by),
    "comment": lambda by, row: comments.write_comment(renaksi=row, text="Halo", **by),
    "extension": lambda by, row: extensions.request_extension(
        renaksi=row, new_date=date(2027, 1, 1), reason="x", **by
    ),
    "quarter": lambda by, row: quarterly_reports.report_quarter(
        renaksi=row, year=2026, quarter=1, progress=5, **by
    ),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_renaksi(gone, by, deed):
    with pytest.raises(Gone, match="Rencana aksi ini sudah tidak ada"):
        deed(by, gone)


def test_a_recommendation(recommendation, cast, units):
    by = {"recommendation": recommendation, "actor": cast.kadir, "at": NOON}
    services.delete_recommendation(**by)
    recommendation.pk = 987654
    for deed in (
        lambda: services.delete_recommendation(**by),
        lambda: services.edit_recommendation(version=0, text="x", **by),
        lambda: services.write_note(text="x", **by),
        lambda: plans.create_renaksi(plan="", lead_unit=units.organisasi, **by),
    ):
        with pytest.raises(Gone, match="Rekomendasi ini sudah tidak ada"):
            deed()


def test_a_piece_of_evidence_and_a_saved_view(renaksi, by, cast):
    evidence = renaksi.evidence.get()
    view = saved_views.create_view(name="Umum", query="status=open", is_shared=False, **by)
    renaksi.evidence.all().delete()
    cast.rina.saved_views.all().delete()
    with pytest.raises(Gone, match="Bukti dukung ini sudah tidak ada"):
        archive_evidence(evidence=evidence, **by)
    with pytest.raises(Gone, match="Tampilan tersimpan ini sudah tidak ada"):
        saved_views.edit_view(view=view, name="Lain", is_shared=True, **by)
    with pytest.raises(Gone, match="Tampilan tersimpan ini sudah tidak ada"):
        saved_views.delete_view(view=view, **by)


def test_a_point_that_a_plan_answers(renaksi, cast, units):
    point = RecommendationPoint.objects.create(
        recommendation=renaksi.recommendation, position=1, text="<p>x</p>"
    )
    RecommendationPoint.objects.all().delete()
    point.pk = 987654
    plan = {"plan": "", "lead_unit": units.organisasi, "point": point}
    by = {"actor": cast.kadir, "at": NOON}
    for deed in (
        lambda: plans.plan_renaksi(renaksi=renaksi, **plan, **by),
        lambda: plans.create_renaksi(recommendation=renaksi.recommendation, **plan, **by),
    ):
        with pytest.raises(ValidationError, match="Butir ini sudah dihapus. Pilih butir lain."):
            deed()


def test_the_earlier_recommendation_that_one_repeats(recommendation, cast, units):
    earlier = factories.make_recommendation(factories.make_evaluation(units.setda, 2020))
    earlier_copy = type(earlier).objects.get(pk=earlier.pk)
    earlier.delete()
    by = {"actor": cast.kadir, "at": NOON, "previous": earlier_copy}
    for deed in (
        lambda: services.edit_recommendation(recommendation=recommendation, version=0, **by),
        lambda: services.create_recommendation(
            evaluation=recommendation.evaluation, number=9, text="x", **by
        ),
    ):
        with pytest.raises(ValidationError, match="Rekomendasi tahun lalu ini sudah dihapus."):
            deed()


# ── Steps ───────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def step(renaksi):
    return renaksi.steps.create(position=1, text="<p>Rapat</p>")


def rewrite(renaksi, cast):
    """A colleague saves: every step is written anew."""
    write_follow_up(
        renaksi=renaksi,
        actor=cast.kadir,
        at=NOON,
        version=0,
        follow_up="<p>Baru</p>",
        steps=[("<p>Rapat kedua</p>", None)],
    )


def press(client, step, renaksi_id, **headers):
    url = reverse("recommendations:step-tick", args=[step.pk])
    return client.post(url, {"renaksi": renaksi_id}, headers=headers)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_step_replaced_before_the_click_shows_the_steps_of_now(
    signed_in, cast, renaksi, step, headers
):
    rewrite(renaksi, cast)
    answer = press(signed_in(cast.rina), step, renaksi.pk, **headers)
    assert answer.status_code == 409
    assert "Langkah ini sudah tidak ada" in answer.text
    now = renaksi.steps.get()
    assert "Rapat kedua" in answer.text
    assert reverse("recommendations:step-tick", args=[now.pk]) in answer.text
    assert ("<html" in answer.text) is (not headers)


def test_a_step_replaced_between_the_look_and_the_click(renaksi, step, cast, by):
    rewrite(renaksi, cast)
    step.pk = 987654
    with pytest.raises(Gone, match="Langkah ini sudah tidak ada"):
        steps.tick_step(step=step, done_on=date(2026, 3, 2), **by)


@pytest.mark.parametrize("given", ["", "abc", "9" * 30, "²", "0"])
def test_a_step_that_is_gone_without_its_renaksi_is_not_found(
    signed_in, cast, renaksi, step, given
):
    rewrite(renaksi, cast)
    assert press(signed_in(cast.rina), step, given).status_code == 404


def test_a_step_of_another_unit_shows_nothing(signed_in, cast, renaksi, step):
    rewrite(renaksi, cast)
    answer = press(signed_in(cast.umar), step, renaksi.pk)
    assert answer.status_code == 404
    assert "Rapat" not in answer.text


def test_the_page_says_which_renaksi_a_step_belongs_to(signed_in, cast, renaksi, step):
    page = signed_in(cast.rina).get(renaksi.get_absolute_url()).text
    assert f'<input type="hidden" name="renaksi" value="{renaksi.pk}">' in page


def test_a_refusal_within_a_page_is_a_sentence_and_no_second_page(signed_in, cast, renaksi):
    Renaksi.objects.update(status="submitted")
    url = reverse("recommendations:renaksi-draft-discard", args=[renaksi.pk])
    answer = signed_in(cast.rina).post(url, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "<html" not in answer.text
    assert "Menunggu reviu" in answer.text
