"""The sentence about the province: how many bodies have which grade, and how far their work is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from reports.selectors import province_list as listed
from reports.selectors.province import BodyRow, Province
from reports.selectors.sentence_parts import SentencePart, text_of
from sakip.dates import format_date
from sakip.numbers import format_number

LATEST = "LHE terakhir tiap perangkat daerah"


def period(found: Province) -> str:
    return f"LHE tahun kinerja {found.year}" if found.year else LATEST


def as_of(found: Province) -> str:
    return f"{period(found)} · keadaan {format_date(found.today)}"


def sentence(found: Province) -> str:
    return text_of(pieces(found))


def pieces(found: Province) -> list[SentencePart]:
    if not found.rows:
        return []
    return [
        SentencePart(f"{format_number(len(found.rows), 0)} perangkat daerah"),
        *_grades(found),
        SentencePart(". "),
        *_movements(found),
        *_work(found),
        *_without(found),
        *_repeated(found),
    ]


def _grades(found) -> Iterator[SentencePart]:
    for number, (code, count) in enumerate(found.grades):
        yield SentencePart(", " if number else ": ")
        url = listed.address({"tahun": found.year, "predikat": code})
        yield SentencePart(f"{count} {code}", url, is_strong=True)
    if before := ", ".join(f"{count} {code}" for code, count in found.previous_grades):
        yield SentencePart(f"; LHE sebelumnya {before}")


def _movements(found) -> Iterator[SentencePart]:
    said = [(found.fell, listed.DOWN, True), (found.rose, listed.UP, False)]
    said = [row for row in said if row[0]]
    for number, (count, way, is_bad) in enumerate(said):
        url = listed.address({"tahun": found.year, "gerak": way})
        yield SentencePart(f"{count} {way}", url, is_strong=True, is_bad=is_bad)
        yield SentencePart(". " if number == len(said) - 1 else ", ")


def _work(found) -> Iterator[SentencePart]:
    work = found.work
    progress = work.progress
    if not work.total:
        yield SentencePart("Belum ada rencana aksi.")
        return
    claimed = listed.items(found, status="claimed") if progress.claimed else ""
    yield SentencePart(format_number(progress.claimed, 0), claimed, is_strong=True)
    yield SentencePart(" dari ")
    countable = listed.items(found, status="countable") if progress.countable else ""
    yield SentencePart(format_number(progress.countable, 0), countable)
    yield SentencePart(" rencana aksi sudah menurut unit, ")
    done = listed.items(found, status="done") if progress.verified else ""
    yield SentencePart(f"{format_number(progress.verified, 0)} diverifikasi", done, is_strong=True)
    yield SentencePart(", ")
    late = listed.items(found, batas="overdue") if work.overdue else ""
    yield SentencePart(
        f"{format_number(work.overdue, 0)} terlambat", late, is_strong=True, is_bad=bool(late)
    )
    yield SentencePart(".")


def _without(found) -> Iterator[SentencePart]:
    if found.without:
        what = f"LHE {found.year}" if found.year else "LHE"
        url = listed.address({"tahun": found.year, "tanpa_lhe": "on"})
        yield SentencePart(" ")
        yield SentencePart(f"{found.without} belum mencatat {what}", url)
        yield SentencePart(".")


def _repeated(found) -> Iterator[SentencePart]:
    if found.repeated:
        yield SentencePart(" ")
        yield SentencePart(f"{found.repeated} rekomendasi berulang", listed.repeated(found))
        yield SentencePart(".")


def short_names(rows: Iterable[BodyRow]) -> dict[int, str]:
    """Returns the first word of each component, the whole name where two begin alike; by key."""
    lines = (line for row in rows if row.comparison for line in row.comparison.rows)
    names = {line.component.pk: line.component.name for line in lines}
    first = {pk: name.split()[0] for pk, name in names.items()}
    times = Counter(first.values())
    return {pk: word if times[word] == 1 else names[pk] for pk, word in first.items()}


def fall(row: BodyRow, names: Mapping[int, str]) -> str:
    """Returns “Pelaporan -5,10”; empty when no component fell."""
    if row.fallen is None:
        return ""
    unit = " % bobot" if row.is_fall_in_percent else ""
    name = names[row.fallen.component.pk]
    return f"{name} {format_number(row.fall, signed=True)}{unit}"


def done_about_fall(row: BodyRow) -> str:
    """Says what is being done about the component that fell most."""
    if row.of_fallen is None:
        return ""
    if not row.of_fallen.total:
        return "belum ada rencana aksi"
    done = format_number(row.of_fallen.progress.verified, 0)
    count = format_number(row.of_fallen.total, 0)
    return f"{count} rencana aksi, {done} tuntas"


def compared(row: BodyRow) -> str:
    """Says with which LHE the score is compared."""
    if row.change is None:
        return "LHE pertama" if row.total is not None and row.previous_year is None else ""
    return f"dari LHE {row.previous_year}"
