"""Describes an indicator's figures in one Indonesian sentence, without interpretation (docs/design.md §2.5).

All figures of a sentence have the same number of decimals, as many as the most exact of them has, so that
different figures look different.
"""

from decimal import Decimal

from performance.rules.change_and_achievement import against_target
from sakip.numbers import format_number, own_places, places_apart, roman

JUDGEMENTS = {"better": "membaik", "worse": "memburuk"}


def sentence(row) -> str:
    """The sentence that reports print: the unit's own one while the figures are unchanged, else `offered`."""
    own = row.current.realisation
    return own.sentence if own and own.sentence and not is_outdated(row) else offered(row)


def is_outdated(row) -> bool:
    """Whether the unit's own sentence was written for other figures than the current ones."""
    own = row.current.realisation
    return bool(own and own.sentence and own.sentence_basis != offered(row))


def offered(row) -> str:
    """The program's sentence: the last year of the row, compared with the year before and the target."""
    cell = row.current
    if cell.is_empty:
        why = f": {_lower(cell.missing)}" if cell.missing else ""
        return f"Realisasi {row.year} belum ada{why}."
    places = _places(row)
    parts = [_realised(row, places), _movement(row, places), _target(row, places)]
    return ", ".join(part for part in parts if part) + "."


def _places(row) -> int:
    """The decimals of the sentence: those of the year's figure, more when a figure in it has more."""
    figures = [row.current.value, row.cells[-2].value]
    figures += [row.target.value, row.target.high] if row.target else []
    places = row.current.places
    return max(own_places(value, places) for value in (*figures, 0) if value is not None)


def _realised(row, places):
    through = row.current.through_quarter
    words = f"Realisasi {row.year} {_value(row.current, places)}"
    return f"{words} (sampai triwulan {roman(through)})" if through and through < 4 else words


def _value(cell, places):
    return cell.text_value or format_number(cell.value, places)


def _movement(row, places):
    before, year = row.cells[-2], row.year - 1
    if row.is_carried_over:
        return f"belum dapat dibandingkan: nilai {row.year} memakai {_noun(row)} {year}"
    if before.is_empty:
        why = f" ({_lower(before.missing)})" if before.missing else ""
        return f"belum dapat dibandingkan: tidak ada realisasi {year}{why}"
    if not row.movement:
        return f"tidak dapat dibandingkan dengan {_value(before, places)} pada {year}"
    if row.movement == "tetap":
        return f"tetap seperti {year}"
    judged = f", yaitu {row.judgement}" if row.indicator.lower_is_better else ""
    return f"{row.movement} {row.moved_by_exactly(places)}{_percent(row)} dari {year}{judged}"


def _percent(row):
    if row.change is None:
        return ""
    size = abs(row.change)  # the word before it is the sign
    return f" ({format_number(size, places_apart(size, Decimal(0)))} %)"


def _noun(row):
    """The Indonesian word for the value: “skor”, “indeks”, or “nilai” for all other measures."""
    measure = row.indicator.measure.lower()
    return measure if measure in ("skor", "indeks") else "nilai"


def _target(row, places):
    if row.target_steps is not None:
        return _target_on_scale(row)
    target, value = row.target, row.current.value
    if target is None or target.value is None or value is None:
        return ""
    words = f"target {row.target_in_words(places)}"
    side = against_target(value, target.value, target.high)
    if side == 0:
        return f"sesuai {words}"
    if row.indicator.lower_is_better:
        return f"lebih baik daripada {words}" if side < 0 else f"belum mencapai {words}"
    return f"di atas {words}" if side > 0 else f"belum mencapai {words}"


def _target_on_scale(row):
    words, steps = f"target {row.target_text}", row.target_steps
    if steps < 0:
        return f"belum mencapai {words} ({-steps} tingkat di bawahnya)"
    return f"di atas {words}" if steps else f"sesuai {words}"


def _lower(text):
    return text[:1].lower() + text[1:]
