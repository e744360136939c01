"""Writes the bands of the criterion “rekomendasi ditindaklanjuti” of a rubric."""

from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from recommendations.models import FollowUpBand, Rubric
from recommendations.rules.follow_up_bands import Band, bands_of, problems
from recommendations.services import rubrics
from sakip.editing import require_version
from sakip.history.write import record
from sakip.numbers import input_text
from sakip.writing import raise_version, said, write, write_part


@transaction.atomic
def save_follow_up_bands(
    *, rubric, actor, at, bands: Sequence[Band], follow_up_weight: Decimal | None, version=None
) -> Rubric:
    """Replaces the bands, best first; the last one has no lower bound. Raises ValidationError.

    Returns the rubric, or the new edition that was made instead (see `rubrics.opened`). Raises
    StaleEdit when `version` is no longer current and the save would change something.
    """
    current = rubrics.lock(rubric, actor)
    if found := problems(bands):
        raise ValidationError(found)
    before = bands_of(current)
    if tuple(bands) == before and follow_up_weight == current.follow_up_weight:
        return current
    require_version(current, version, "rubrik")
    rubric, action = rubrics.opened(current, actor, at, {"follow_up_bands"})
    changes = write_part(rubric, follow_up_weight=follow_up_weight)
    if tuple(bands) != before:
        changes.append(("bands", _words(before), _words(bands)))
        rubric.follow_up_bands.all().delete()
        for position, band in enumerate(bands, 1):
            write(FollowUpBand(rubric=rubric), position=position, **vars(band))
    raise_version(rubric)
    record(actor=actor, at=at, action=action, target=rubric, changes=changes)
    return rubric


def words_of_bands(rubric) -> list[tuple[str, str]]:
    bands = [(f"Pita {band.label}", _words([band])) for band in bands_of(rubric)]
    return [*said(rubric, ["follow_up_weight"]), *bands]


def _words(bands):
    return "; ".join(f"{band.label}: {_bound(band)} {input_text(band.share)} %" for band in bands)


def _bound(band):
    return "sisanya" if band.above is None else f"di atas {input_text(band.above)} %,"
