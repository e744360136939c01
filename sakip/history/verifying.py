"""Checks that the history is what was written: nothing edited, deleted, added from outside or cut off."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.utils import timezone

from sakip.history import chain, stamps, stored
from sakip.history.chain import ChainHead
from sakip.history.links import HistoryCheck, HistoryLink

MOST_FAULTS = 20  # told in words
COPIES = f"""
    SELECT MAX(id), stamp FROM {stored.ENTRIES} GROUP BY stamp HAVING COUNT(*) > 1 ORDER BY 1
"""  # noqa: S608  only names of our own tables
KNOWN_HEADS: list[Callable] = []


@dataclass
class Verdict:
    """`faults` are sentences, the first wrong entry first; `count` is how many there are."""

    entries: int = 0
    head: str = "0"
    faults: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, fault):
        self.count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)


def register_heads(known: Callable[[], Iterable[tuple[str, str]]]):
    """`known` gives pairs of a head that was written down and where, for example on a paper."""
    KNOWN_HEADS.append(known)


def verify(*, against: Iterable[str] = (), at=None) -> Verdict:
    """Checks the whole chain, and the heads given and known. Keeps the outcome as a HistoryCheck.

    Entries that wait for their link are linked first, wrong ones too, so that they are told of for good.
    """
    chain.link_rest()
    verdict = Verdict()
    _check_links(verdict)
    _check_copies(verdict)
    _check_heads(verdict, [*((text, "yang diberikan") for text in against), *_known_heads()])
    HistoryCheck.objects.create(
        at=at or timezone.now(),
        number=verdict.entries,
        head=verdict.head,
        faults=verdict.count,
        first_fault=next(iter(verdict.faults), ""),
    )
    return verdict


def _known_heads():
    yield from (pair for known in KNOWN_HEADS for pair in known())
    if last := HistoryCheck.objects.filter(faults=0).first():
        yield last.head, "pada pemeriksaan sebelumnya"


def _check_links(verdict):
    keys, used, expected, last = stamps.keys(), 0, 1, ChainHead()
    for number, entry, link, stamp, content in stored.linked():
        if number != expected:
            verdict.add(f"Mata rantai {expected} sampai {number - 1} dihapus.")
        used, fits = _key_of(keys, used, link, (last.link, number, entry, stamp or ""))
        if stamp is None:
            verdict.add(f"Entri {entry} (nomor {number}) dihapus.")
        elif not stamp or stamps.code(keys[used], content) != stamp:
            verdict.add(f"Entri {entry} (nomor {number}) diubah atau ditulis bukan oleh program.")
        elif not fits:
            verdict.add(f"Mata rantai {number} (entri {entry}) tidak sambung dengan sebelumnya.")
        last, expected = ChainHead(number, link), number + 1
        verdict.entries += 1
    verdict.head = str(last)


def _key_of(keys, used, link, facts) -> tuple[int, bool]:
    """Which key made the link, and whether any did. A key is never followed by an older one."""
    for number in range(used, len(keys)):
        if chain.next_link(keys[number], *facts) == link:
            return number, True
    return used, False


def _check_copies(verdict):
    with connection.cursor() as cursor:
        cursor.execute(COPIES)
        for entry, _ in cursor.fetchall():
            verdict.add(f"Entri {entry} adalah salinan entri lain.")


def _check_heads(verdict, heads):
    """`heads` are pairs of a head and where it is written."""
    told = [(text, place) for text, place in heads if text not in ("", "0")]
    for text, place in told:
        if not text.partition("-")[0].isdecimal():  # those in the database can be bent too
            verdict.add(f"Kepala rantai “{text}” {place} bukan tulisan program.")
    heads = [(*text.partition("-")[::2], place) for text, place in told]
    heads = [head for head in heads if head[0].isdecimal()]
    links = HistoryLink.objects.in_bulk({int(number) for number, _, _ in heads})
    for number, link, place in heads:
        stands = links.get(int(number))
        if stands is None:
            verdict.add(
                f"Riwayat terpotong: kepala {number}-{link} {place} tidak ada lagi; yang terbaru "
                f"{verdict.head}."
            )
        elif not stands.link.startswith(link):
            verdict.add(f"Riwayat diganti: mata rantai {number} lain dari {number}-{link} {place}.")
