"""Names as long as they may be: nobody goes without a notice, and what matters is not cut off."""

from datetime import UTC, date, datetime, timedelta

import pytest

from recommendations.models import Notice, Renaksi
from recommendations.services import notifications
from recommendations.services.bulk_plan import hand_over
from recommendations.services.extensions import request_extension
from recommendations.services.reminders import remind
from recommendations.workflow import perform
from sakip.models import Unit, User
from tests import factories

AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
DUE = date(2026, 6, 30)


@pytest.fixture
def item(recommendation, units, cast):
    for row in Unit.objects.all():
        row.name = row.name.ljust(200, "x")
        row.save()
    for row in User.objects.all():
        row.name = row.name.ljust(150, "y")
        row.save()
    item = factories.make_renaksi(recommendation, units.organisasi, due_date=DUE)
    factories.make_evidence(item)
    return item


def texts():
    found = list(Notice.objects.values_list("text", flat=True))
    assert found
    assert max(map(len, found)) <= 300
    return found


@pytest.mark.parametrize("late", [-5, 3, 40])
def test_reminders_name_the_date(item, late):
    remind(today=DUE + timedelta(days=late), at=AT)
    assert all(text.endswith("30 Juni 2026.") for text in texts())


def test_every_step_of_the_workflow_is_told(item, cast):
    cast = type("Cast", (), {name: User.objects.get(pk=row.pk) for name, row in vars(cast).items()})
    request_extension(
        renaksi=item, actor=cast.rina, at=AT, new_date=DUE + timedelta(days=9), reason="Menunggu."
    )
    for actor, action, words in (
        (cast.rina, "submit", {}),
        (cast.dewi, "return", {"reason": "unsigned", "note": "z" * 500}),
        (cast.rina, "submit", {}),
        (cast.dewi, "accept", {}),
    ):
        renaksi = Renaksi.objects.for_check().get(pk=item.pk)
        perform(action=action, renaksi=renaksi, actor=actor, at=AT, **words)
    assert all("tahun 2022" in text for text in texts())


def test_the_unit_that_takes_over_is_told(item, cast, units):
    kadir = User.objects.get(pk=cast.kadir.pk)
    hand_over(
        from_unit=Unit.objects.get(pk=units.organisasi.pk),
        to_unit=Unit.objects.get(pk=units.umum.pk),
        actor=kadir,
        at=AT,
    )
    assert all(text.endswith("menjadi tugas unit Anda.") for text in texts())


def test_whoever_is_mentioned_is_told(item, cast):
    comment = item.comments.create(author=cast.dewi, text="@rina", written_at=AT)
    comment.renaksi = Renaksi.objects.for_check().get(pk=item.pk)
    notifications.mentioned(comment, [cast.rina])
    assert all("tahun 2022: @rina" in text for text in texts())
