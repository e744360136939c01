"""Words a sentence of a draft Telaah Staf anew from the records, adds a new one, or leaves it out."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html

from reports.models import TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.rules.telaah_staf_sentences import EditedText
from reports.selectors.telaah_staf_sentences import (
    StaleSentence,
    digest_of,
    drafted_now,
    drafted_sections,
    new_sentences,
    stale_in,
)
from reports.services.telaah_staf_parts import add_block, changed, lock_block, lock_section, place
from sakip.editing import StaleEdit, require_version
from sakip.history.words import about
from sakip.writing import write

TEXT = TelaahStafBlock.Kind.TEXT
OWN_WORDS = (
    "Kata-kata kalimat ini sudah diubah orang. Pilih dengan tegas bahwa kalimat program menggantikannya, "
    "atau ubah sendiri teksnya."
)
CHANGED_AGAIN = "Data kalimat ini berubah lagi sejak halaman ini dibuka."


@transaction.atomic
def reword(
    *, block, key, actor, at: datetime, version=None, seen="", replace_own=False
) -> TelaahStafBlock | None:
    """Puts the sentence that the records give now in the place of a stale one; removes it when the records
    give none.

    Every other word of the text stays. Returns None when the sentence is not stale any more, because
    somebody was faster. Raises StaleEdit when the text is newer than `version` or the records no longer
    give what `seen` identifies, and ValidationError when a person changed its words and `replace_own`
    does not say that these may go.
    """
    telaah_staf, block = lock_block(block, actor)
    now = drafted_now(telaah_staf, actor, on=timezone.localdate(at))
    stale = next((row for row in stale_in(block, now) if row.key == key), None)
    if stale is None:
        return None
    require_version(block, version, "teks")
    if seen not in ("", digest_of(stale.new)):
        raise StaleEdit("teks", block, reason=CHANGED_AGAIN)
    if stale.is_own and not replace_own:
        raise ValidationError(OWN_WORDS)
    _replace(telaah_staf, block, stale, actor, at)
    return block


def _replace(telaah_staf, block, stale: StaleSentence, actor, at):
    heading = block.section.heading
    text = EditedText(block.text).replaced(stale.found, stale.new.text if stale.new else "")
    if not text.strip():
        rest = [row for row in block.section.blocks.all() if row != block]
        changes = [(f"content:{heading}", stale.words, "")]
        block.delete()
        if rest:
            place(rest)
    else:
        changes = about(block, write(block, text=text), heading)
        _store(block, [row for row in block.sentences if row["key"] != stale.key], stale.new)
    changed(telaah_staf, actor, at, "reword", changes)


def _store(block, others, sentence):
    block.sentences = [*others, sentence.as_json()] if sentence else others
    block.save(update_fields=["sentences"])


@transaction.atomic
def add_sentence(*, section, key, actor, at: datetime, seen="") -> TelaahStafBlock | None:
    """Adds a sentence that the records give since the draft, after those that it follows in a draft.

    Returns None when the draft knows it by now. Raises StaleEdit when the records no longer give what
    `seen` identifies.
    """
    telaah_staf, section = lock_section(section, actor)
    offered = new_sentences(telaah_staf, actor, on=timezone.localdate(at)).get(section.pk, [])
    sentence = next((row.sentence for row in offered if row.key == key), None)
    if sentence is None:
        return None
    if seen not in ("", digest_of(sentence)):
        raise StaleEdit("teks", section, reason=CHANGED_AGAIN)
    block = _block_for(telaah_staf, section, sentence, actor, at)
    if block is None:
        text = format_html("<p>{}</p>", sentence.text)
        block = add_block(section=section, actor=actor, at=at, kind=TEXT, text=text)
    else:
        changes = about(block, write(block, text=_with(block.text, sentence)), section.heading)
        changed(telaah_staf, actor, at, "add_sentence", changes)
    _store(block, block.sentences, sentence)
    _know(telaah_staf, key)
    return block


def _block_for(telaah_staf, section, sentence, actor, at) -> TelaahStafBlock | None:
    """Returns the text of the section with the sentence before this one in a draft, else after it."""
    drafted = drafted_sections(telaah_staf, actor, on=timezone.localdate(at))
    keys = [row.key for part in drafted if part.kind == section.kind for row in part.sentences]
    place_in_draft = keys.index(sentence.key)
    homes = {row["key"]: block for block in section.blocks.all() for row in block.sentences}
    near = [*reversed(keys[:place_in_draft]), *keys[place_in_draft:]]
    return next((homes[key] for key in near if key in homes), None)


def _with(html, sentence) -> str:
    if html.rstrip().endswith("</ul>"):
        item = format_html("<li><p>{}</p></li>", sentence.text)
        return f"{html.rstrip().removesuffix('</ul>')}{item}</ul>"
    return html + format_html("<p>{}</p>", sentence.text)


@transaction.atomic
def leave_out(*, section: TelaahStafSection, key, actor, at: datetime) -> TelaahStaf:
    """Notes that a new sentence is not wanted; it is not offered again."""
    telaah_staf, section = lock_section(section, actor)
    if key not in (telaah_staf.known_sentences or []):
        _know(telaah_staf, key)
        changed(telaah_staf, actor, at, "leave_out", [("section", "", section.heading)])
    return telaah_staf


def _know(telaah_staf, key):
    telaah_staf.known_sentences = [*(telaah_staf.known_sentences or []), key]
    telaah_staf.save(update_fields=["known_sentences"])
