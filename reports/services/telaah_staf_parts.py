"""Sections of a Telaah Staf and what stands in them: added, renamed, moved, removed while it is a draft."""

from django.db import transaction
from django.db.models import F

from reports.models import TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.permissions import telaah_staf_policy
from sakip.errors import require, still_there
from sakip.history import record
from sakip.richtext import plain_text
from sakip.writing import about, write

# While rows change places no two may share one; so they first move out of the way.
OUT_OF_THE_WAY = 10_000


def lock(telaah_staf, actor, action) -> TelaahStaf:
    """The memo as it is now, held until the end of the transaction; refuses what `actor` may not do.

    Everything that writes a memo or a part of it passes here, so that nothing changes while or
    after it is issued.
    """
    rows = TelaahStaf.objects.select_for_update(of=("self",))
    telaah_staf = still_there(rows.select_related("evaluation__unit", "signatory"), telaah_staf)
    require(telaah_staf_policy.check(actor, action, telaah_staf))
    return telaah_staf


def _lock_section(section, actor):
    telaah_staf = lock(section.telaah_staf, actor, "edit")
    return telaah_staf, still_there(telaah_staf.sections, section)


def _lock_block(block, actor):
    telaah_staf = lock(block.section.telaah_staf, actor, "edit")
    return telaah_staf, still_there(TelaahStafBlock.objects.select_related("section"), block)


def place(rows):
    """Gives the rows of one list the positions 1, 2, 3 in this order."""
    model = type(rows[0])
    model.objects.filter(pk__in=[row.pk for row in rows]).update(
        position=F("position") + OUT_OF_THE_WAY
    )
    for position, row in enumerate(rows, 1):
        model.objects.filter(pk=row.pk).update(position=position)
        row.position = position


def next_position(rows):
    last = rows.order_by("position").last()
    return last.position + 1 if last else 1


# ── Sections ────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def add_section(*, telaah_staf, actor, at, heading) -> TelaahStafSection:
    """Comes last; move it where it belongs."""
    telaah_staf = lock(telaah_staf, actor, "edit")
    section = TelaahStafSection(telaah_staf=telaah_staf)
    write(section, heading=heading, position=next_position(telaah_staf.sections))
    changes = [("Bagian", "-", section.heading)]
    record(actor=actor, at=at, action="add_part", target=telaah_staf, changes=changes)
    return section


@transaction.atomic
def rename_section(*, section, actor, at, heading) -> TelaahStafSection:
    telaah_staf, section = _lock_section(section, actor)
    if changes := write(section, heading=heading):
        record(actor=actor, at=at, action="edit", target=telaah_staf, changes=changes)
    return section


@transaction.atomic
def move_section(*, section, actor, at, up: bool) -> bool:
    """False when it stands at that end already."""
    telaah_staf, section = _lock_section(section, actor)
    rows = list(telaah_staf.sections.all())
    index = rows.index(section)
    other = index - 1 if up else index + 1
    if not 0 <= other < len(rows):
        return False
    rows[index], rows[other] = rows[other], rows[index]
    place(rows)
    changes = [(section.heading, f"bagian {index + 1}", f"bagian {other + 1}")]
    record(actor=actor, at=at, action="move_part", target=telaah_staf, changes=changes)
    return True


@transaction.atomic
def remove_section(*, section, actor, at):
    """With all that stands in it; the history keeps its words."""
    telaah_staf, section = _lock_section(section, actor)
    changes = [("Bagian", section.heading, "-")]
    changes += [(section.heading, described(block), "-") for block in section.blocks.all()]
    section.delete()
    if rest := list(telaah_staf.sections.all()):
        place(rest)
    record(actor=actor, at=at, action="remove_part", target=telaah_staf, changes=changes)


# ── Texts and tables ────────────────────────────────────────────────────────────────────────────
def described(block) -> str:
    if block.kind == TelaahStafBlock.Kind.TEXT:
        return plain_text(block.text)
    return block.get_kind_display()


@transaction.atomic
def add_block(*, section, actor, at, kind, text="", is_incomplete=False) -> TelaahStafBlock:
    """Comes last in its section."""
    telaah_staf, section = _lock_section(section, actor)
    block = TelaahStafBlock(section=section)
    position = next_position(section.blocks)
    write(block, kind=kind, text=text, is_incomplete=is_incomplete, position=position)
    changes = [(section.heading, "-", described(block))]
    record(actor=actor, at=at, action="add_part", target=telaah_staf, changes=changes)
    return block


@transaction.atomic
def write_text(*, block, actor, at, text, is_incomplete) -> TelaahStafBlock:
    """From now on these are the words of a person: a new draft from the data asks before it takes them."""
    telaah_staf, block = _lock_block(block, actor)
    if changes := write(block, text=text, is_incomplete=is_incomplete):
        TelaahStafBlock.objects.filter(pk=block.pk).update(is_drafted=False)
        changes = about(block.section.heading, changes)
        record(actor=actor, at=at, action="edit", target=telaah_staf, changes=changes)
    return block


@transaction.atomic
def move_block(*, block, actor, at, up: bool) -> bool:
    """Over the edge of its section it goes into the neighbouring one. False at the end of the memo."""
    telaah_staf, block = _lock_block(block, actor)
    rows = list(block.section.blocks.all())
    index = rows.index(block)
    other = index - 1 if up else index + 1
    if 0 <= other < len(rows):
        rows[index], rows[other] = rows[other], rows[index]
        place(rows)
        changes = [(block.section.heading, f"isi ke-{index + 1}", f"isi ke-{other + 1}")]
    elif neighbour := _neighbour(telaah_staf, block.section, up):
        _carry_over(block, neighbour, up)
        changes = [(described(block)[:60], block.section.heading, neighbour.heading)]
    else:
        return False
    record(actor=actor, at=at, action="move_part", target=telaah_staf, changes=changes)
    return True


def _neighbour(telaah_staf, section, up):
    sections = list(telaah_staf.sections.all())
    index = sections.index(section) + (-1 if up else 1)
    return sections[index] if 0 <= index < len(sections) else None


def _carry_over(block, neighbour, up):
    rest = [row for row in block.section.blocks.all() if row != block]
    rows = list(neighbour.blocks.all())
    last = next_position(neighbour.blocks)
    TelaahStafBlock.objects.filter(pk=block.pk).update(section=neighbour, position=last)
    place([*rows, block] if up else [block, *rows])
    if rest:
        place(rest)


@transaction.atomic
def remove_block(*, block, actor, at):
    telaah_staf, block = _lock_block(block, actor)
    changes = [(block.section.heading, described(block), "-")]
    block.delete()
    if rest := list(block.section.blocks.all()):
        place(rest)
    record(actor=actor, at=at, action="remove_part", target=telaah_staf, changes=changes)
