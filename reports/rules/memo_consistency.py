"""Consistency checks of a Telaah Staf: its texts against the records that its tables print (docs/design.md §2.6)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recommendations.rules import prose
from recommendations.rules.progress import Progress
from recommendations.transitions import CLAIMED, COUNTABLE
from reports.models import TelaahStafBlock
from sakip.consistency.finding import Finding
from sakip.numbers import list_letter

NO_ATTACHMENT = {"", "-", "--", "–", "nihil", "tidak ada"}
# “a. Penempatan jabatan dan b. Pengusulan”: a letter, and the words up to the next letter.
LETTERED = re.compile(
    r"(?<![\w.])([a-z])[.)]\s+(.{1,200}?)(?=,?\s+(?:dan\s+|serta\s+)?[a-z][.)]\s|[;.:]|$)"
)
WORDS = 3  # so many first words tell which item of the table a text means
ITEMS = r"(?:rekomendasi|rencana aksi|renaksi)"
ALL_DONE = re.compile(
    rf"(?<!\bdari )\b(?:seluruh|semua)\s+{ITEMS}\b[^.;]{{0,120}}?\b(?:sudah|telah|tuntas|selesai)\b",
    re.I,
)
SOME_OPEN = re.compile(
    rf"\b(?:masih|terdapat|tersisa)\b[^.;]{{0,120}}?\b{ITEMS}\b[^.;]{{0,120}}?\bbelum\b(?!\s+(?:di)?(?:verifikasi|reviu))",
    re.I,
)
COUNTED = re.compile(r"\b(\d+) dari (\d+) (?:rencana aksi|renaksi)\b([^.;,]{0,120})", re.I)
ONE_ITEM = re.compile(
    r"\b(?:renaksi|rencana aksi|rekomendasi)\s+(\d+)\.([a-z])\b[^.;]{0,120}?"
    r"\b(belum|sudah|telah|tuntas)\b(?!\s+(?:di)?(?:verifikasi|reviu))",
    re.I,
)


@dataclass(frozen=True)
class Item:
    """One lettered item of the embedded table: a point (`status` None) or a renaksi."""

    number: int
    letter: str
    words: tuple[str, ...]
    status: str | None = None


def items_of(recommendations) -> list[Item]:
    """The items of the table. Points and renaksi must be loaded."""
    found = []
    for row in recommendations:
        for point in row.points.all():
            letter = list_letter(point.position)
            found.append(Item(row.number, letter, _words(point.text)))
        for renaksi in row.renaksi.all():
            text = renaksi.follow_up or renaksi.plan
            found.append(Item(row.number, renaksi.letter, _words(text), renaksi.status))
    return found


def check_memo(telaah_staf, items: list[Item]) -> Iterator[Finding]:
    """Yields the findings on one Telaah Staf with its sections and blocks loaded.

    Only a draft is compared with the statuses of today: an issued one keeps the table of its day.
    """
    if telaah_staf.attachment.strip().casefold() not in NO_ATTACHMENT:
        yield _about(telaah_staf, "attachment-absent", attachment=telaah_staf.attachment.strip())
    embeds = TelaahStafBlock.Kind.FOLLOW_UP_TABLE in [
        block.kind for _, block, _ in _blocks(telaah_staf)
    ]
    for section, block, goes_on in _blocks(telaah_staf):
        if block.kind != TelaahStafBlock.Kind.TEXT:
            continue
        for place, (code, data) in enumerate(
            _faults(telaah_staf, block, goes_on, embeds and items)
        ):
            yield _about(
                telaah_staf, code, f"{block.pk}-{place}", **{"section": section.heading} | data
            )


def _blocks(telaah_staf):
    """(section, block, whether a table follows the block)."""
    for section in telaah_staf.sections.all():
        blocks = list(section.blocks.all())
        for place, block in enumerate(blocks, start=1):
            goes_on = any(
                one.kind != TelaahStafBlock.Kind.TEXT for one in blocks[place : place + 1]
            )
            yield section, block, goes_on


def _about(telaah_staf, code, detail="", /, **data):
    return Finding(code, telaah_staf, named(telaah_staf), data, detail)


def named(telaah_staf) -> str:
    """The name of the object of a finding. The evaluation and its body must be loaded."""
    return f"{telaah_staf} ({telaah_staf.evaluation})"


def _faults(telaah_staf, block, goes_on, items):
    texts = prose.paragraphs(block.text)
    faults = list(prose.faults(block.text, goes_on=goes_on))
    if block.is_incomplete:
        faults = [one for one in faults if one[0] != "broken-sentence"]
        yield "memo-incomplete", {"ending": prose.ending(texts[-1])}
    yield from faults
    if items:
        yield from against_table(block, items, with_statuses=telaah_staf.is_draft)


def against_table(block, items: list[Item], *, with_statuses=True) -> Iterator[prose.Fault]:
    """What people's own words in a text say against the table.

    Sentences of the program are left out: they know their figures and are marked when these change.
    """
    drafted = [sentence["text"] for sentence in block.sentences]
    for text in prose.paragraphs(block.text):
        for code, data in (
            *letters(text, items),
            *(statuses(text, items) if with_statuses else ()),
        ):
            if not any(data["said"] in sentence for sentence in drafted):
                yield code, data


def letters(text: str, items: list[Item]) -> Iterator[prose.Fault]:
    """Letters in a text that the same items do not have in the table. One fault per paragraph."""
    said, held = [], []
    for letter, words in LETTERED.findall(text):
        meant = {item.letter for item in items if _is_same(item.words, _words(words))}
        if meant and letter not in meant:
            said.append(f"{letter}. “{prose.opening(words)}”")
            held.append(" atau ".join(sorted(meant)))
    if said:
        yield "memo-letters", {"said": " dan ".join(said), "held": " dan ".join(held)}


def statuses(text: str, items: list[Item]) -> Iterator[prose.Fault]:
    """Statements about the statuses of renaksi that the table contradicts."""
    known = {(item.number, item.letter): item.status for item in items if item.status}
    progress = Progress.of(known.values())
    is_open = progress.claimed < progress.countable
    table = f"{progress.claimed} dari {progress.countable} rencana aksi bertanda Sudah"
    for pattern, holds in ((ALL_DONE, not is_open), (SOME_OPEN, is_open)):
        if (found := pattern.search(text)) and not holds:
            yield "memo-status", {"said": found[0], "held": table}
    for found in COUNTED.finditer(text):
        if int(found[2]) != progress.countable or int(found[1]) not in _counts(found[3], progress):
            yield "memo-status", {"said": found[0].strip(), "held": table}
    for found in ONE_ITEM.finditer(text):
        status = known.get((int(found[1]), found[2].lower()))
        if status in COUNTABLE and (found[3].lower() == "belum") == (status in CLAIMED):
            mark = "Sudah" if status in CLAIMED else "Belum"
            yield "memo-status", {"said": found[0], "held": f"{found[1]}.{found[2]} {mark}"}


def _counts(said, progress) -> set[int]:
    """The numbers of renaksi that may stand before the words `said`."""
    said = said.casefold()
    of_claimed = {progress.claimed, progress.countable - progress.claimed}
    of_verified = {progress.verified, progress.countable - progress.verified}
    if re.search("verifikasi|reviu|tuntas", said):
        return of_verified
    if "belum" in said:
        return of_claimed | of_verified
    if re.search("sudah|telah", said):
        return {progress.claimed}
    return of_claimed | of_verified


def _words(text):
    return tuple(re.findall(r"\w+", " ".join(prose.paragraphs(text)).casefold()))


def _is_same(words, said):
    return len(said) > 1 and words[:WORDS] == said[:WORDS]
