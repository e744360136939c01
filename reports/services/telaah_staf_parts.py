"""Adds, renames, moves and removes sections of a draft Telaah Staf and their texts and tables."""

from typing import Any

from django.core import serializers
from django.db import transaction
from django.db.models import F

from reports.models import TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.permissions import telaah_staf_policy
from sakip.editing import StaleEdit, digest
from sakip.errors import WrongState, require, still_there
from sakip.history.words import about
from sakip.history.write import record
from sakip.richtext import plain_text
from sakip.services import unsaved
from sakip.writing import write, write_as_read

# Positions are unique. Rows that change places are first moved beyond all used positions.
OUT_OF_THE_WAY = 10_000
# Parts of `UnsavedText`: a new text of a section, and what a person removed last from a telaah staf.
NEW_TEXT, REMOVED = "new", "removed"


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
def move_section(*, section, actor, at, up=False, number: int | None = None, seen="") -> bool:
    """Moves a section one place up or down, or to the place `number`, counted from 1.

    Returns False when the section is already there. Raises StaleEdit when the order is not `seen`.
    """
    telaah_staf, section = lock_section(section, actor)
    _require_order(telaah_staf, seen)
    rows = list(telaah_staf.sections.all())
    old = rows.index(section)
    new = min(max(_wanted(old, up, number), 0), len(rows) - 1)
    if new == old:
        return False
    rows.insert(new, rows.pop(old))
    place(rows)
    changes = [(f"section_place:{section.heading}", old + 1, new + 1)]
    changed(telaah_staf, actor, at, "move_part", changes)
    return True


def _wanted(old, up, number):
    if number is not None:
        return number - 1
    return old - 1 if up else old + 1


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
    _keep_removed(telaah_staf, actor, at, [section, *section.blocks.all()])
    unsaved.forget([section])
    unsaved.forget(section.blocks.all())
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
    block = TelaahStafBlock(section=section, saved_at=at)
    position = next_position(section.blocks)
    write(block, kind=kind, text=text, is_incomplete=is_incomplete, position=position)
    if kind == TelaahStafBlock.Kind.TEXT:
        unsaved.discard(record=section, actor=actor, part=NEW_TEXT)
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
        TelaahStafBlock.objects.filter(pk=block.pk).update(is_drafted=False, saved_at=at)
        changed(telaah_staf, actor, at, "edit", about(block, changes, block.section.heading))
    unsaved.discard(record=block, actor=actor)
    return block


@transaction.atomic
def move_block(*, block, actor, at, up=False, section=None, number: int | None = None, seen=""):
    """Moves a block one place up or down, over the edge of its section into the next one; or to the
    place `number`, counted from 1, of a `section` of the same telaah staf.

    Returns False when it is already there. Raises StaleEdit when the order is not `seen`.
    """
    telaah_staf, block = lock_block(block, actor)
    _require_order(telaah_staf, seen)
    home = block.section
    rows = list(home.blocks.all())
    old = rows.index(block)
    new = _wanted(old, up, number)
    target = home if section is None else still_there(telaah_staf.sections, section)
    if number is None and not 0 <= new < len(rows):
        target = _neighbour(telaah_staf, home, up)
        new = len(target.blocks.all()) if target and up else 0
    if target is None or not _put(block, rows, target, new):
        return False
    changes = [(f"content_section:{described(block)[:60]}", home.heading, target.heading)]
    if target == home:
        place_now = [row.pk for row in rows].index(block.pk) + 1
        changes = [(f"content_place:{home.heading}", old + 1, place_now)]
    changed(telaah_staf, actor, at, "move_part", changes)
    return True


def _put(block, rows, target, index):
    """Puts the block at `index` of the section `target`; `rows` are the blocks of its section now.

    Returns False when it stays where it is.
    """
    if target != block.section:
        there = list(target.blocks.all())
        last = next_position(target.blocks)
        TelaahStafBlock.objects.filter(pk=block.pk).update(section=target, position=last)
        there.insert(max(index, 0), block)
        place(there)
        if rest := [row for row in rows if row != block]:
            place(rest)
        return True
    before = [row.pk for row in rows]
    rows.remove(block)
    rows.insert(max(index, 0), block)
    if before == [row.pk for row in rows]:
        return False
    place(rows)
    return True


def _neighbour(telaah_staf, section, up):
    sections = list(telaah_staf.sections.all())
    index = sections.index(section) + (-1 if up else 1)
    return sections[index] if 0 <= index < len(sections) else None


@transaction.atomic
def remove_block(*, block, actor, at, seen=""):
    """Raises StaleEdit when the block differs from what `seen` identifies."""
    telaah_staf, block = lock_block(block, actor)
    if seen not in ("", digest_of_block(block)):
        raise StaleEdit("teks", block)
    changes = [(f"content:{block.section.heading}", _code_of(block), "")]
    _keep_removed(telaah_staf, actor, at, [block])
    unsaved.forget([block])
    block.delete()
    if rest := list(block.section.blocks.all()):
        place(rest)
    changed(telaah_staf, actor, at, "remove_part", changes)


# ── Removed, and wanted back ────────────────────────────────────────────────────────────────────
def _keep_removed(telaah_staf, actor, at, rows):
    """Keeps a removed block, or a removed section with its blocks, for the person who removed it."""
    content = {"rows": serializers.serialize("python", rows)}
    unsaved.keep(record=telaah_staf, actor=actor, at=at, content=content, part=REMOVED)


def removed_last(telaah_staf, actor):
    """Returns what the person removed last from this telaah staf; None when it is back. One query."""
    return unsaved.kept_of([telaah_staf], actor, part=REMOVED).get(telaah_staf.pk)


@transaction.atomic
def restore_removed(*, telaah_staf, actor, at):
    """Puts back what the person removed last, at its old place, and returns it: a block or a section.

    Raises WrongState when there is nothing to put back, or when the section of the block is gone.
    """
    telaah_staf = lock(telaah_staf, actor, "edit")
    kept = removed_last(telaah_staf, actor)
    if kept is None:
        raise WrongState("Tidak ada yang dapat dikembalikan.")
    stored = serializers.deserialize("python", kept.content["rows"], ignorenonexistent=True)
    rows: list[Any] = [row.object for row in stored]
    first, *blocks = rows
    changes = []
    if isinstance(first, TelaahStafSection):
        section, changes = first, [("section", "", first.heading)]
        _insert(section, telaah_staf.sections)
        for block in blocks:
            block.section = section
            _insert(block, section.blocks)
    else:
        section, blocks = telaah_staf.sections.filter(pk=first.section_id).first(), [first]
        if section is None:
            raise WrongState("Bagian dari isi yang dihapus itu sudah tidak ada.")
        _insert(first, section.blocks)
    changes += [(f"content:{section.heading}", "", _code_of(block)) for block in blocks]
    unsaved.discard(record=telaah_staf, actor=actor, part=REMOVED)
    changed(telaah_staf, actor, at, "add_part", changes)
    return first


def _insert(row, siblings):
    """Saves a removed row as a new one at its old place among its siblings."""
    index, rows = row.position - 1, list(siblings.all())
    row.pk, row._state.adding, row.position = None, True, next_position(siblings)
    row.save()
    rows.insert(index, row)
    place(rows)
