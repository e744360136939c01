"""Adds, renames, moves and removes sections of a draft Telaah Staf and their texts and tables."""

from django.db import transaction
from django.db.models import F

from reports.models import TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.permissions import telaah_staf_policy
from sakip.editing import StaleEdit, digest
from sakip.errors import require, still_there
from sakip.history.words import about
from sakip.history.write import record
from sakip.richtext import plain_text
from sakip.writing import write, write_as_read

# Positions are unique. Rows that change places are first moved beyond all used positions.
OUT_OF_THE_WAY = 10_000


def lock(telaah_staf, actor, action) -> TelaahStaf:
    """Returns the current telaah staf, locked until the end of the transaction.

    Raises when `actor` may not do `action`; raises Gone when it no longer exists. Everything that
    writes a telaah staf or a part of it calls this, so nothing changes during or after issuing.
    """
    rows = TelaahStaf.objects.select_for_update(of=("self",))
    telaah_staf = still_there(rows.select_related("evaluation__unit", "signatory"), telaah_staf)
    require(telaah_staf_policy.check(actor, action, telaah_staf))
    return telaah_staf


def lock_section(section, actor):
    telaah_staf = lock(section.telaah_staf, actor, "edit")
    return telaah_staf, still_there(telaah_staf.sections, section)


def lock_block(block, actor):
    telaah_staf = lock(block.section.telaah_staf, actor, "edit")
    return telaah_staf, still_there(TelaahStafBlock.objects.select_related("section"), block)


def changed(telaah_staf, actor, at, action, changes=()):
    """Ends every change of a locked telaah staf or of its parts: raises the version and writes history."""
    TelaahStaf.objects.filter(pk=telaah_staf.pk).update(version=F("version") + 1)
    record(actor=actor, at=at, action=action, target=telaah_staf, changes=changes)


# ── What a page showed ──────────────────────────────────────────────────────────────────────────
def order_of(telaah_staf) -> str:
    """Returns a key of the order of sections and blocks. Two queries at most."""
    sections = telaah_staf.sections.prefetch_related("blocks")
    return digest(
        [section.pk, [block.pk for block in section.blocks.all()]] for section in sections
    )


def _require_order(telaah_staf, seen):
    if seen not in ("", order_of(telaah_staf)):
        reason = "Urutan isi Telaah Staf ini berubah sejak halaman ini dibuka."
        raise StaleEdit("urutan", telaah_staf, reason=reason)


def words_of_section(section) -> list[str]:
    """Returns the content of the section. One query."""
    return [described(block) for block in section.blocks.all()]


def digest_of_section(section) -> str:
    return digest([section.heading, *words_of_section(section)])


def digest_of_block(block) -> str:
    return digest([described(block)])


def place(rows):
    """Gives the rows of a list the positions 1, 2, 3 in this order."""
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
    """Adds a section at the end."""
    telaah_staf = lock(telaah_staf, actor, "edit")
    section = TelaahStafSection(telaah_staf=telaah_staf)
    write(section, heading=heading, position=next_position(telaah_staf.sections))
    changed(telaah_staf, actor, at, "add_part", [("section", "", section.heading)])
    return section


@transaction.atomic
def rename_section(*, section, actor, at, heading, version=None) -> TelaahStafSection:
    """Raises StaleEdit when another heading was saved since `version`."""
    telaah_staf, section = lock_section(section, actor)
    if changes := write_as_read(section, version, "judul bagian", heading=heading):
        changed(telaah_staf, actor, at, "edit", about(section, changes))
    return section


@transaction.atomic
def move_section(*, section, actor, at, up: bool, seen="") -> bool:
    """Returns False when the section is already at that end. Raises StaleEdit when the order is not
    `seen`.
    """
    telaah_staf, section = lock_section(section, actor)
    _require_order(telaah_staf, seen)
    rows = list(telaah_staf.sections.all())
    index = rows.index(section)
    other = index - 1 if up else index + 1
    if not 0 <= other < len(rows):
        return False
    rows[index], rows[other] = rows[other], rows[index]
    place(rows)
    changes = [(f"section_place:{section.heading}", index + 1, other + 1)]
    changed(telaah_staf, actor, at, "move_part", changes)
    return True


@transaction.atomic
def remove_section(*, section, actor, at, seen=""):
    """Removes a section with its content; the history keeps the texts.

    Raises StaleEdit when `seen` does not match the current content.
    """
    telaah_staf, section = lock_section(section, actor)
    if seen not in ("", digest_of_section(section)):
        raise StaleEdit("bagian", section)
    changes = [("section", section.heading, "")]
    changes += [
        (f"content:{section.heading}", _code_of(block), "") for block in section.blocks.all()
    ]
    section.delete()
    if rest := list(telaah_staf.sections.all()):
        place(rest)
    changed(telaah_staf, actor, at, "remove_part", changes)


# ── Texts and tables ────────────────────────────────────────────────────────────────────────────
def described(block) -> str:
    if block.kind == TelaahStafBlock.Kind.TEXT:
        return plain_text(block.text)
    return block.get_kind_display()


def _code_of(block):
    """Returns the code under which the history records the block."""
    return plain_text(block.text) if block.kind == TelaahStafBlock.Kind.TEXT else block.kind


@transaction.atomic
def add_block(*, section, actor, at, kind, text="", is_incomplete=False) -> TelaahStafBlock:
    """Adds a block at the end of its section."""
    telaah_staf, section = lock_section(section, actor)
    block = TelaahStafBlock(section=section)
    position = next_position(section.blocks)
    write(block, kind=kind, text=text, is_incomplete=is_incomplete, position=position)
    changed(
        telaah_staf, actor, at, "add_part", [(f"content:{section.heading}", "", _code_of(block))]
    )
    return block


@transaction.atomic
def write_text(*, block, actor, at, text, is_incomplete, version=None) -> TelaahStafBlock:
    """Saves a text of a person. A new draft from the data then asks before it replaces this text.

    Raises StaleEdit when somebody saved another text since `version`.
    """
    telaah_staf, block = lock_block(block, actor)
    words = {"text": text, "is_incomplete": is_incomplete}
    if changes := write_as_read(block, version, "teks", **words):
        TelaahStafBlock.objects.filter(pk=block.pk).update(is_drafted=False)
        changed(telaah_staf, actor, at, "edit", about(block, changes, block.section.heading))
    return block


@transaction.atomic
def move_block(*, block, actor, at, up: bool, seen="") -> bool:
    """Moves a block; at the edge of its section it moves into the next section.

    Returns False at the end of the telaah staf. Raises StaleEdit when the order is not `seen`.
    """
    telaah_staf, block = lock_block(block, actor)
    _require_order(telaah_staf, seen)
    rows = list(block.section.blocks.all())
    index = rows.index(block)
    other = index - 1 if up else index + 1
    if 0 <= other < len(rows):
        rows[index], rows[other] = rows[other], rows[index]
        place(rows)
        changes = [(f"content_place:{block.section.heading}", index + 1, other + 1)]
    elif neighbour := _neighbour(telaah_staf, block.section, up):
        _carry_over(block, neighbour, up)
        changes = [
            (f"content_section:{described(block)[:60]}", block.section.heading, neighbour.heading)
        ]
    else:
        return False
    changed(telaah_staf, actor, at, "move_part", changes)
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
def remove_block(*, block, actor, at, seen=""):
    """Raises StaleEdit when the block differs from what `seen` identifies."""
    telaah_staf, block = lock_block(block, actor)
    if seen not in ("", digest_of_block(block)):
        raise StaleEdit("teks", block)
    changes = [(f"content:{block.section.heading}", _code_of(block), "")]
    block.delete()
    if rest := list(block.section.blocks.all()):
        place(rest)
    changed(telaah_staf, actor, at, "remove_part", changes)
