"""Since when a recommendation has been repeated, year after year."""

from collections.abc import Iterable, Iterator

from recommendations.models import Recommendation


def repeated_since(recommendations: Iterable[Recommendation]) -> dict[int, int]:
    """The performance year of the first LHE of the chain, by the key of a recommendation that repeats one.

    One query for all years of the bodies concerned; none when nothing repeats. The evaluations must be
    loaded.
    """
    return {pk: years[-1] for pk, years in years_of(recommendations).items()}


def years_of(recommendations: Iterable[Recommendation]) -> dict[int, list[int]]:
    """The performance years of the whole chain, the latest first, as `repeated_since` finds it."""
    rows = [row for row in recommendations if row.previous_id]
    if not rows:
        return {}
    bodies = {row.evaluation.unit_id for row in rows}
    every = Recommendation.objects.filter(evaluation__unit__in=bodies).order_by()
    links = {
        pk: (previous, year)
        for pk, previous, year in every.values_list(
            "pk", "previous", "evaluation__performance_year"
        )
    }
    return {row.pk: list(_years(row.pk, links)) for row in rows}


def _years(pk, links) -> Iterator[int]:
    """Follows the links back; stops at a recommendation that it has seen before."""
    seen = set()
    while pk in links and pk not in seen:
        seen.add(pk)
        pk, year = links[pk]
        yield year
