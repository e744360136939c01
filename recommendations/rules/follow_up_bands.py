"""The LKE's own criterion “seluruh rekomendasi telah ditindaklanjuti”, indicative. Pure functions.

How many points which share earns is set by each LKE, not by PermenPANRB 88/2021; what is computed
here is always shown as indicative.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from recommendations.rules.progress import Progress


@dataclass(frozen=True)
class Band:
    """Earned by a percentage above `above`, None is whatever is left. `share`: percent of the points."""

    label: str
    above: Decimal | None
    share: Decimal


# As several local worksheets print them; a share per answer as in PermenPANRB 12/2015.
USUAL_BANDS = tuple(
    Band(label, None if above is None else Decimal(above), Decimal(share))
    for label, above, share in (
        ("a", 90, 100),
        ("b", 75, 75),
        ("c", 40, 50),
        ("d", 10, 25),
        ("e", None, 0),
    )
)


@dataclass(frozen=True)
class Standing:
    """Where one stands: `points` is None when the rubric does not say how many the criterion has.

    `better` is the next band and `more` how many further verified items reach it; None at the top.
    """

    percent: Decimal
    band: Band
    points: Decimal | None
    better: Band | None
    better_points: Decimal | None
    more: int | None


def bands_of(rubric) -> tuple[Band, ...]:
    """The rubric's own bands, best first, else the usual ones."""
    rows = rubric.follow_up_bands.all()
    return tuple(Band(row.label, row.above, row.share) for row in rows) or USUAL_BANDS


def standing(progress: Progress, bands: Sequence[Band], weight: Decimal | None) -> Standing | None:
    """By what is verified, never by what is claimed; None when nothing counts."""
    percent = progress.verified_percent
    if percent is None:
        return None
    place = next(n for n, band in enumerate(bands) if band.above is None or percent > band.above)
    better = bands[place - 1] if place else None
    return Standing(
        percent=percent,
        band=bands[place],
        points=_points(bands[place], weight),
        better=better,
        better_points=_points(better, weight),
        more=_more(progress, better),
    )


def _points(band, weight):
    return None if band is None or weight is None else weight * band.share / 100


def _more(progress, band):
    """The fewest further items with which the percentage is above the band's bound."""
    if band is None:
        return None
    enough = int(band.above * progress.countable // 100) + 1
    return enough - progress.verified


def problems(bands: Sequence[Band]) -> list[str]:
    """Indonesian sentences on bands that cannot be read from top to bottom; empty when all is well."""
    if len(bands) < 2:
        return ["Isi paling sedikit dua pita."]
    if bands[-1].above is not None or any(band.above is None for band in bands[:-1]):
        return ["Kosongkan “di atas” pada pita terakhir saja; pita itu menampung sisanya."]
    found = []
    for upper, lower in zip(bands, bands[1:], strict=False):
        if lower.above is not None and upper.above is not None and lower.above >= upper.above:
            found.append(
                f"Batas pita {lower.label} harus lebih rendah dari batas pita {upper.label}."
            )
        if lower.share > upper.share:
            found.append(f"Nilai pita {lower.label} tidak boleh melebihi nilai pita {upper.label}.")
    if len({band.label for band in bands}) < len(bands):
        found.append("Setiap jawaban hanya boleh ditulis sekali.")
    return found
