"""The sentence of the leader's page: score, change, what is done, what is late and by whom."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.selectors import renaksi_list
from reports.selectors.leader_headline import about_group, rows, to_next
from reports.selectors.leader_summary import Group, Summary
from reports.selectors.sentence_parts import SentencePart as Part
from reports.selectors.sentence_parts import text_of
from sakip.dates import format_date
from sakip.numbers import format_number, movement, round_half_up

MOST_NAMED = 4  # who is late; further names stand in the lines below the sentence


def scope(found: Summary) -> str:
    """Says of which LHE and which day the page is."""
    if found.evaluation:
        what = f"LHE tahun kinerja {found.period}"
    else:
        what = f"{format_number(len(found.evaluations), 0)} perangkat daerah"
        if found.is_current:
            what += ", masing-masing menurut LHE terakhir yang bernilai"
        what += f" · tahun kinerja {found.period}"
    return f"{what} · keadaan {format_date(found.today)}"


def sentence(found: Summary) -> str:
    return text_of(pieces(found))


def pieces(found: Summary) -> list[Part]:
    return [*_score(found), *_work(found), *_late(found)]


def _score(found) -> Iterator[Part]:
    comparison = found.comparison
    if comparison is None:
        return
    yield Part("Nilai ")
    if comparison.current_total is None:
        yield Part("belum lengkap", found.evaluation.get_absolute_url())
        yield Part(". ")
        return
    total, grade = format_number(comparison.current_total), comparison.current_grade
    said = f"{total} ({grade})" if grade else total
    yield Part(said, found.evaluation.get_absolute_url(), is_strong=True)
    yield from _change(comparison)
    if grade:
        simulation = reverse("recommendations:evaluation-simulation", args=[found.evaluation.pk])
        yield Part("; ")
        yield Part(to_next(comparison.current_total), simulation)
    yield Part(". ")


def _change(comparison):
    if comparison.total_change is None:
        return
    change = round_half_up(comparison.total_change)
    year = comparison.previous.evaluation.performance_year
    size = format_number(abs(change))
    said = f"{movement(change)} {size}" if change else "tetap"
    yield Part(", ")
    yield Part(said, is_strong=change < 0, is_bad=change < 0)
    yield Part(f" dari {year}")


def _work(found) -> Iterator[Part]:
    progress = found.progress
    if not found.total:
        yield Part("Belum ada rencana aksi.")
        return
    yield Part("Dari ")
    url = rows(found, progress.countable, status="countable")
    yield Part(format_number(progress.countable, 0), url, is_strong=True)
    yield Part(" rencana aksi, ")
    url = rows(found, progress.claimed, status="claimed")
    yield Part(format_number(progress.claimed, 0), url, is_strong=True)
    yield Part(" sudah menurut unit dan ")
    url = rows(found, progress.verified, status="done")
    yield Part(format_number(progress.verified, 0), url, is_strong=True)
    yield Part(" diverifikasi. ")


def _late(found) -> Iterator[Part]:
    if not found.total:
        return
    if not found.overdue:
        is_elsewhere = found.overdue_ever > 0
        yield Part("Di antaranya tidak ada" if is_elsewhere else "Tidak ada")
        yield Part(" yang terlambat")
        yield from _of_other_years(found)
        yield Part(".")
        return
    url = rows(found, found.overdue, batas="overdue")
    yield Part(f"{format_number(found.overdue, 0)} terlambat", url, is_strong=True, is_bad=True)
    late = [group for group in (*found.groups, *found.late_rest) if group.overdue]
    if len(found.groups) > 1:
        yield Part(": ")
        yield from _names(found, late)
    yield from _of_other_years(found)
    yield Part(".")


def _of_other_years(found) -> Iterator[Part]:
    if others := found.overdue_ever - found.overdue:
        yield Part("; ")
        url = renaksi_list.address("batas=overdue")
        said = "lagi dari tahun lain" if found.overdue else "dari tahun lain terlambat"
        yield Part(f"{format_number(others, 0)} {said}", url, is_bad=True)


def _names(found, late: list[Group]) -> Iterator[Part]:
    for number, group in enumerate(late[:MOST_NAMED]):
        if number:
            yield Part(", ")
        count = format_number(group.overdue, 0)
        url = rows(found, group.overdue, **about_group(found, group), batas="overdue")
        yield Part(f"{name_of(found, group)} {count}", url)
    if len(late) > MOST_NAMED:
        yield Part(f", dan {format_number(len(late) - MOST_NAMED, 0)} lagi")


def late_names(found: Summary, group: Group) -> str:
    """Names the units that are late of the sum of a rest, so that nobody who is late stays unnamed."""
    if group.subject is not None or not found.late_rest:
        return ""
    named = (f"{one.subject} {format_number(one.overdue, 0)}" for one in found.late_rest)
    return f"terlambat: {', '.join(named)}"


def name_of(found: Summary, group: Group) -> str:
    if group.subject is None:
        return f"{format_number(found.rest_count, 0)} unit lain"
    return str(group.subject if found.evaluation else group.subject.unit)
