"""Describes an indicator's figures in one Indonesian sentence, without interpretation (docs/design.md §2.5)."""

from sakip.numbers import format_number, round_half_up

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
    parts = [f"Realisasi {row.year} {_value(cell)}", _movement(row), _target(row)]
    return ", ".join(part for part in parts if part) + "."


def _value(cell):
    return cell.text_value or format_number(cell.value, cell.places)


def _movement(row):
    before, year = row.cells[-2], row.year - 1
    if row.is_carried_over:
        return f"belum dapat dibandingkan: nilai {row.year} memakai {_noun(row)} {year}"
    if before.is_empty:
        why = f" ({_lower(before.missing)})" if before.missing else ""
        return f"belum dapat dibandingkan: tidak ada realisasi {year}{why}"
    if not row.movement:
        return f"tidak dapat dibandingkan dengan {_value(before)} pada {year}"
    if row.movement == "tetap":
        return f"tetap seperti {year}"
    judged = f", yaitu {row.judgement}" if row.indicator.lower_is_better else ""
    return f"{row.movement} {row.moved_by}{_percent(row)} dari {year}{judged}"


def _percent(row):
    if row.change is None:
        return ""
    return f" ({format_number(row.change)} %)"


def _noun(row):
    """The Indonesian word for the value: “skor”, “indeks”, or “nilai” for all other measures."""
    measure = row.indicator.measure.lower()
    return measure if measure in ("skor", "indeks") else "nilai"


def _target(row):
    if row.achievement is None:
        return ""
    reached, words = round_half_up(row.achievement), f"target {row.target_text}"
    if reached < 100:
        return f"belum mencapai {words}"
    if reached == 100:
        return f"sesuai {words}"
    return f"lebih baik daripada {words}" if row.indicator.lower_is_better else f"di atas {words}"


def _lower(text):
    return text[:1].lower() + text[1:]
