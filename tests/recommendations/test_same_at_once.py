"""The same thing sent twice at the same moment: one record, and a sentence for the other."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from performance.services.evidence import attach
from recommendations.models import Renaksi
from recommendations.services import drafts, evidence, extensions, quarterly_reports, saved_views
from recommendations.services import recommendations as services
from sakip.errors import WrongState
from sakip.uploads.check import CheckedFile
from tests import factories
from tests.parallel import at_once as at_once

TIMES = 8
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def quarter(cast, renaksi):
    return quarterly_reports.report_quarter(
        renaksi=renaksi, year=2026, quarter=1, progress=5, actor=cast.rina, at=NOON
    )


def extension(cast, renaksi):
    return extensions.request_extension(
        renaksi=renaksi, new_date=date(2027, 1, 1), reason="x", actor=cast.rina, at=NOON
    )


def link(cast, renaksi):
    return evidence.add_evidence(
        renaksi=renaksi, kind="link", title="A", url="https://a.id/", actor=cast.rina, at=NOON
    )


def view(cast, renaksi):
    return saved_views.create_view(name="A", query="q=a", is_shared=True, actor=cast.rina, at=NOON)


def note(cast, renaksi):
    return services.write_note(
        recommendation=renaksi.recommendation,
        text="x",
        seen=services.digest_of_note(None),
        actor=cast.kadir,
        at=NOON,
    )


def recommendation(cast, renaksi):
    return services.create_recommendation(
        evaluation=renaksi.recommendation.evaluation, number=7, text="x", actor=cast.kadir, at=NOON
    )


@pytest.mark.parametrize(
    ("deed", "made"),
    [
        (quarter, lambda row: row.quarterly_reports.count()),
        (extension, lambda row: row.extensions.count()),
        (link, lambda row: row.evidence.count() - 1),
        (view, lambda row: row.lead_unit.people.get(username="rina").saved_views.count()),
        (note, lambda row: type(row.recommendation).objects.exclude(note=None).count()),
        (recommendation, lambda row: row.recommendation.evaluation.recommendations.count() - 1),
    ],
)
def test_one_is_made_and_the_others_hear_of_it(at_once, cast, renaksi, deed, made):
    Renaksi.objects.update(due_date=date(2026, 5, 1))

    def act():
        try:
            deed(cast, renaksi)
        except (ValidationError, WrongState):
            return "refused"
        return "done"

    answers = Counter(at_once(TIMES, act))
    assert answers["done"] >= 1
    assert at_once(1, lambda: made(Renaksi.objects.get())) == [1]


def test_the_first_words_of_a_draft_sent_twice_are_one_draft(at_once, cast, renaksi):
    words = {"renaksi": renaksi, "actor": cast.rina, "at": NOON, "base_version": 0, "content": {}}
    at_once(TIMES, lambda: drafts.keep_draft(**words))
    assert at_once(1, renaksi.drafts.count) == [1]


def test_the_same_proof_of_a_figure_is_attached_once(at_once, cast, units, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    indicator = factories.make_indicator(
        factories.make_objective(units.setda), units.organisasi, values={2024: 5}
    )
    realisation = indicator.realisations.get()

    def act():
        upload = CheckedFile(ContentFile(b"x"), "a.pdf", "pdf", "application/pdf", 1, "0" * 64)
        try:
            attach(realisation=realisation, upload=upload, actor=cast.rina, at=NOON)
        except ValidationError:
            return "refused"
        return "done"

    assert Counter(at_once(TIMES, act)) == {"done": 1, "refused": TIMES - 1}
