"""Estimates the points for the LKE criterion “seluruh rekomendasi telah ditindaklanjuti”. Pure functions.

Each LKE sets its own bands; PermenPANRB 88/2021 does not. So the pages always show the result as
an estimate (indikatif).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from recommendations.rules.progress import Progress


@dataclass(frozen=True)
class Band:
    """Applies above `above` percent; None marks the lowest band. It gives `share` percent of the points."""

    label: str
    above: Decimal | None
    share: Decimal


# These bands are printed in several local worksheets; the shares follow the answers in PermenPANRB 12/2015.
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
    """The band reached now. `points` is None when the rubric gives no weight for the criterion.

    `better` is the next higher band; `more` verified renaksi are needed to reach it. Both are None in
    the highest band.
    """

    progress: Progress
    band: Band
    points: Decimal | None
    better: Band | None
    better_points: Decimal | None
    more: int | None


def bands_of(rubric) -> tuple[Band, ...]:
    """Returns the bands of the rubric, best first, or USUAL_BANDS if it has none."""
    rows = rubric.follow_up_bands.all()
    return tuple(Band(row.label, row.above, row.share) for row in rows) or USUAL_BANDS


def standing(progress: Progress, bands: Sequence[Band], weight: Decimal | None) -> Standing | None:
    """Finds the band from verified (not claimed) renaksi. Returns None when there is no countable renaksi."""
    percent = progress.verified_percent
    if percent is None:
        return None
    place = next(n for n, band in enumerate(bands) if band.above is None or percent > band.above)
    better = bands[place - 1] if place else None
    return Standing(
        progress=progress,
        band=bands[place],
        points=_points(bands[place], weight),
        better=better,
        better_points=_points(better, weight),
        more=_more(progress, better),
    )


def _points(band, weight):
    return None if band is None or weight is None else weight * band.share / 100


def _more(progress, band):
    """Returns how many more verified renaksi bring the percentage above the band's bound."""
    if band is None:
        return None
    enough = int(band.above * progress.countable / 100) + 1
    return enough - progress.verified


def problems(bands: Sequence[Band]) -> list[str]:
    """Returns an Indonesian sentence for each fault, such as bands in a wrong order; empty when valid."""
    if len(bands) < 2:
        return ["Isi paling sedikit dua pita."]
    if bands[-1].above is not None or any(band.above is None for band in bands[:-1]):
        return ["Kosongkan “di atas” pada pita terakhir saja; pita itu menampung sisanya."]
    found = []
    for upper, lower in pairwise(bands):
        if lower.above is not None and upper.above is not None and lower.above >= upper.above:
            found.append(
                f"Batas pita {lower.label} harus lebih rendah dari batas pita {upper.label}."
            )
        if lower.share > upper.share:
            found.append(f"Nilai pita {lower.label} tidak boleh melebihi nilai pita {upper.label}.")
    if len({band.label for band in bands}) < len(bands):
        found.append("Setiap jawaban hanya boleh ditulis sekali.")
    return found
