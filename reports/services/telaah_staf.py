"""The life of a Telaah Staf: written as a draft, issued, replaced by another one."""

import json
from copy import copy
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from recommendations.permissions import evaluation_policy
from reports.documents.telaah_staf import document
from reports.documents.telaah_staf.drafting import DraftedSection, draft, standard_kinds
from reports.documents.telaah_staf.facts import gather
from reports.documents.telaah_staf.wording import Passage, of_components
from reports.models import TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.permissions import telaah_staf_policy
from reports.selectors.telaah_staf_checks import required
from reports.selectors.telaah_staf_sentences import StaleSentence, stale_sentences
from reports.selectors.telaah_staf_table import TableContradiction, table_contradictions
from reports.services.telaah_staf_parts import changed, lock, next_position
from sakip.editing import StaleEdit, digest, require_version
from sakip.errors import WrongState, require
from sakip.history.words import STATUS, about
from sakip.history.write import record
from sakip.models import Official
from sakip.services import unsaved
from sakip.text import trimmed
from sakip.writing import label, words, write

HEAD = (
    "title", "addressee", "sender", "copies_to", "date", "number", "attachment", "subject",
    "on_behalf", "signatory", "paper", "typeface", "type_size",
)  # fmt: skip
SUBJECT = "Tindak Lanjut dan Rencana Aksi atas Hasil Evaluasi Akuntabilitas Kinerja"
COPIED = (
    "evaluation",
    "known_sentences",
    *(name for name in HEAD if name not in ("date", "number")),
)
RECORDS_CHANGED = (
    "Data tabel, kop surat, penanda tangan, atau templat Word Telaah Staf ini berubah sejak halaman "
    "ini dibuka."
)
NO_REASON = (
    "Ada kalimat yang tidak sesuai dengan data. Perbaiki kalimat itu, atau tulis alasan mengapa Telaah "
    "Staf tetap diterbitkan."
)
Section = TelaahStafSection.Kind
TEXT = TelaahStafBlock.Kind.TEXT


# ── The head ────────────────────────────────────────────────────────────────────────────────────
def prefilled(evaluation, user) -> TelaahStaf:
    """Returns an unsaved telaah staf with a head made from the LHE, its body and the body's last one.

    The last one gives addressees, signatory and layout; without one, the letter is from the official
    of the user's unit, or from the only one that the user reaches, and goes to the head of the body.
    """
    telaah_staf = TelaahStaf(evaluation=evaluation, subject=subject_of(evaluation))
    today, signatory = timezone.localdate(), None
    officials = Official.objects.visible_to(user).active().in_office(today)
    for choice in (officials.filter(unit=user.unit_id)[:2], officials[:2]):
        if len(choice) == 1:
            telaah_staf.signatory = signatory = choice[0]
            telaah_staf.sender = signatory.title
            break
    telaah_staf.addressee = _addressee(evaluation.unit, signatory)
    found = TelaahStaf.objects.visible_to(user).filter(evaluation__unit=evaluation.unit_id)
    if last := found.select_related("signatory").order_by("-pk").first():
        for name in set(COPIED) - {"evaluation", "known_sentences", "subject", "attachment"}:
            setattr(telaah_staf, name, getattr(last, name))
        if not last.signatory.is_in_office(today):
            post = Official.objects.visible_to(user).active().of_post(last.signatory)
            telaah_staf.signatory = post.in_office(today).order_by("acting").first()
    return telaah_staf


def _addressee(body, signatory) -> str:
    """The head of the body; of the unit above it when the head signs, who does not write to oneself."""
    title = body.head_title
    if signatory and title.startswith(signatory.position):
        title = body.parent.head_title if body.parent else ""
    return f"Yth. {title}" if title else ""


def subject_of(evaluation, components=()) -> str:
    """Returns the subject of a letter about these components of the LHE; without one, about all."""
    about = f" pada {of_components([str(one) for one in components])}" if components else ""
    return f"{SUBJECT}{about} {evaluation.unit.name} Tahun {evaluation.performance_year}"


@transaction.atomic
def create_telaah_staf(
    *, evaluation, actor, at, components, from_data: bool, two_endings: bool, **fields
) -> TelaahStaf:
    """With `from_data`, writes the first texts from the records; otherwise the standard's sections are
    empty.
    """
    require(telaah_staf_policy.check(actor, "edit"))
    require(evaluation_policy.check(actor, "edit", evaluation))
    telaah_staf = TelaahStaf(evaluation=evaluation)
    changes = write(telaah_staf, **fields)
    changes += _choose(telaah_staf, components)
    if from_data:
        sections = _drafted(telaah_staf, actor, at, two_endings=two_endings)
    else:
        sections = [DraftedSection(kind, ()) for kind in standard_kinds(two_endings=two_endings)]
    for section in sections:
        _fill(_new_section(telaah_staf, section), section.parts)
    if from_data:
        _know(telaah_staf, sections)
    record(actor=actor, at=at, action="create", target=telaah_staf, changes=changes)
    return telaah_staf


@transaction.atomic
def edit_telaah_staf(*, telaah_staf, actor, at, components, seen="", **fields) -> TelaahStaf:
    """Raises StaleEdit when the head differs from what `seen` identifies and the edit would change it."""
    current = lock(telaah_staf, actor, "edit")
    is_stale = seen not in ("", digest_of_head(current))
    telaah_staf = copy(current)
    changes = write(telaah_staf, **fields) + _choose(telaah_staf, components)
    if changes and is_stale:
        raise StaleEdit("kepala surat", current)  # the exception rolls back what was written
    if changes:
        changed(telaah_staf, actor, at, "edit", changes)
    return telaah_staf


def words_of_head(telaah_staf) -> list[tuple[str, str]]:
    """Returns head, layout and components as pairs of label and text."""
    chosen = ", ".join(map(str, telaah_staf.components.all())) or "Semua komponen"
    head = [(label(telaah_staf, name), words(telaah_staf, name)) for name in HEAD]
    return [*head, (label(telaah_staf, "components"), chosen)]


def digest_of_head(telaah_staf) -> str:
    return digest(text for _, text in words_of_head(telaah_staf))


def _choose(telaah_staf, components):
    before, components = list(telaah_staf.components.all()), list(components)
    telaah_staf.components.set(components)
    if set(before) == set(components):
        return []
    return [("components", *(", ".join(map(str, rows)) for rows in (before, components)))]


# ── A draft from the data ───────────────────────────────────────────────────────────────────────
def written_sections(telaah_staf) -> list[TelaahStafSection]:
    """Returns sections in which a person wrote or changed a text. No query once sections and blocks are
    loaded.
    """
    return [
        section
        for section in telaah_staf.sections.all()
        if any(block.kind == TEXT and not block.is_drafted for block in section.blocks.all())
    ]


@transaction.atomic
def draft_again(*, telaah_staf, actor, at, keep_written: bool, version=None) -> TelaahStaf:
    """Writes the standard's sections again from the records. Sections that the writer added are kept.

    With `keep_written`, sections that a person has edited are kept too; without it, raises StaleEdit
    when somebody edited since `version`. Missing sections of the standard are added again.
    """
    telaah_staf = lock(telaah_staf, actor, "edit")
    if not keep_written:
        require_version(telaah_staf, version, "Telaah Staf")
    sections = {section.kind: section for section in telaah_staf.sections.all() if section.kind}
    kept = {section.kind for section in written_sections(telaah_staf)} if keep_written else set()
    drafted = _drafted(telaah_staf, actor, at, two_endings=Section.ADVICE in sections)
    for row in drafted:
        section = sections.get(row.kind) or _new_section(telaah_staf, row)
        if row.kind not in kept:
            unsaved.forget(section.blocks.all())
            section.blocks.all().delete()
            _fill(section, row.parts)
    _know(telaah_staf, [row for row in drafted if row.kind not in kept])
    changes = [("kept_sections", "", _headings(sections, kept))] if kept - {""} else []
    changed(telaah_staf, actor, at, "draft", changes)
    return telaah_staf


def _headings(sections, kinds):
    return ", ".join(sections[kind].heading for kind in sections if kind in kinds)


def _drafted(telaah_staf, actor, at, *, two_endings):
    facts = gather(
        evaluation=telaah_staf.evaluation,
        components=telaah_staf.components.all(),
        user=actor,
        on=timezone.localdate(at),
    )
    return draft(facts, two_endings=two_endings)


def _new_section(telaah_staf, drafted) -> TelaahStafSection:
    section = TelaahStafSection(telaah_staf=telaah_staf, kind=drafted.kind)
    write(section, heading=drafted.heading, position=next_position(telaah_staf.sections))
    return section


def _fill(section, parts):
    for position, part in enumerate(parts, 1):
        if isinstance(part, Passage):
            sentences = [sentence.as_json() for sentence in part.sentences]
            block = TelaahStafBlock(section=section, is_drafted=True, sentences=sentences)
            write(block, kind=TEXT, text=part.html, position=position)
        else:
            write(TelaahStafBlock(section=section), kind=part, position=position)


def _know(telaah_staf, sections):
    """Notes which sentences the program wrote, so that it does not offer one that a person removed."""
    known = {*(telaah_staf.known_sentences or ())}
    known |= {sentence.key for section in sections for sentence in section.sentences}
    telaah_staf.known_sentences = sorted(known)
    telaah_staf.save(update_fields=["known_sentences"])


# ── Issued, superseded, deleted ─────────────────────────────────────────────────────────────────
def missing(telaah_staf, user) -> list[str]:
    """Returns why a draft cannot be issued, one sentence each."""
    checks = required(telaah_staf, user)
    found = [check.words for check in checks if check.blocks and not check.is_well]
    return list(dict.fromkeys(found))


DETAILS = ("number", "date", "signatory")


@transaction.atomic
def write_details(*, telaah_staf, actor, at, version=None, **details) -> TelaahStaf:
    """Saves number, date and signatory of a draft. Raises StaleEdit when it is newer than `version`."""
    telaah_staf = lock(telaah_staf, actor, "issue")
    require_version(telaah_staf, version, "Telaah Staf")
    _write_details(telaah_staf, actor, at, details)
    return telaah_staf


def _write_details(telaah_staf, actor, at, details):
    if changes := write(telaah_staf, **details):
        record(actor=actor, at=at, action="edit", target=telaah_staf, changes=changes)


def digest_of_records(telaah_staf, actor) -> str:
    """Returns a digest of what it prints from other records today."""
    return digest([json.dumps(document.freeze(telaah_staf, actor), sort_keys=True)])


@dataclass(frozen=True)
class Contradictions:
    """What in a draft does not agree with the records: sentences of the program that do not hold any more,
    and people's own words against the table that stands beside them.
    """

    stale: list[StaleSentence]
    against_table: list[TableContradiction]

    def __bool__(self) -> bool:
        return bool(self.stale or self.against_table)

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Returns them as rows for the history: the words, and what the records say."""
        rows = [("contradicted", row.words, row.new.text if row.new else "") for row in self.stale]
        return rows + [("contradicted", row.said, row.held) for row in self.against_table]


class Contradicted(ValidationError):
    """The draft contradicts the records, and nobody said why it is issued anyway.

    The message stands at the field `contradiction_reason`.
    """

    def __init__(self, found: Contradictions):
        rows = [f"Tidak sesuai lagi dengan data: “{row.words}”" for row in found.stale]
        rows += [
            f"Berbeda dari tabelnya: “{row.said}”; tabelnya: {row.held}"
            for row in found.against_table
        ]
        super().__init__({"contradiction_reason": [NO_REASON, *rows]})
        self.found = found


def contradictions(telaah_staf, actor, at) -> Contradictions:
    """Compares the draft with the records on that day. At most nineteen queries."""
    stale = stale_sentences(telaah_staf, actor, on=timezone.localdate(at))
    return Contradictions(
        stale=[row for rows in stale.values() for row in rows],
        against_table=table_contradictions(telaah_staf, actor),
    )


@transaction.atomic
def issue_telaah_staf(
    telaah_staf, actor, at, *, version=None, seen="", contradiction_reason="", details=None
) -> TelaahStaf:
    """Makes a draft final: it keeps printing what it prints now, even when the records change.

    `details` are number, date and signatory as they are issued; None when the draft has them already.
    Other steps of issuing (a sealed file, a number in a register) must be in the same transaction: call
    this function first, then `documents.telaah_staf.load`, then print. Raises ValidationError with all
    that is missing; Contradicted when sentences contradict the records and `contradiction_reason`, which
    the history keeps, does not say why it is issued like that; WrongState when it is issued already;
    StaleEdit when the telaah staf is newer than `version`, or when what it prints from the records
    differs from what `seen` identifies.
    """
    telaah_staf = lock(telaah_staf, actor, "issue")
    require_version(telaah_staf, version, "Telaah Staf")
    if seen not in ("", digest_of_records(telaah_staf, actor)):
        raise StaleEdit("Telaah Staf", telaah_staf, reason=RECORDS_CHANGED)
    _write_details(telaah_staf, actor, at, details or {})
    if reasons := missing(telaah_staf, actor):
        raise ValidationError(reasons)
    reason, found = trimmed(contradiction_reason), contradictions(telaah_staf, actor, at)
    if found and not reason:
        raise Contradicted(found)
    telaah_staf.contradiction_reason = reason if found else ""
    _close(telaah_staf, actor, at)
    changes: list[tuple[str, str, str]] = [
        (STATUS, TelaahStaf.Status.DRAFT, TelaahStaf.Status.ISSUED)
    ]
    changes += found.changes
    note = telaah_staf.contradiction_reason
    record(actor=actor, at=at, action="issue", target=telaah_staf, changes=changes, note=note)
    return telaah_staf


def _close(telaah_staf, actor, at):
    telaah_staf.frozen = document.freeze(telaah_staf, actor)
    telaah_staf.status = TelaahStaf.Status.ISSUED
    telaah_staf.issued_at, telaah_staf.issued_by = at, actor
    telaah_staf.full_clean()
    fields = ["frozen", "status", "issued_at", "issued_by", "contradiction_reason"]
    telaah_staf.save(update_fields=fields)


@transaction.atomic
def supersede_telaah_staf(*, telaah_staf, actor, at) -> TelaahStaf:
    """Creates a draft with the same texts, without number and date. It replaces this one once issued."""
    old = lock(telaah_staf, actor, "supersede")
    if taken := TelaahStaf.objects.filter(replaces=old).first():
        raise WrongState(f"Pengganti Telaah Staf ini sudah dibuat: {taken} ({taken.subject}).")
    new = TelaahStaf(replaces=old, **{name: getattr(old, name) for name in COPIED})
    new.full_clean()
    new.save()
    new.components.set(old.components.all())
    for section in old.sections.prefetch_related("blocks"):
        _copy(section, new)
    record(actor=actor, at=at, action="supersede", target=old)
    changes = [("replaces", "", old.reference)]
    record(actor=actor, at=at, action="create", target=new, changes=changes)
    return new


def _copy(section, telaah_staf):
    blocks = list(section.blocks.all())
    section.pk, section._state.adding, section.telaah_staf = None, True, telaah_staf
    section.save()
    for block in blocks:
        block.pk, block._state.adding, block.section = None, True, section
        block.saved_at = None
    TelaahStafBlock.objects.bulk_create(blocks)


@transaction.atomic
def delete_telaah_staf(*, telaah_staf, actor, at, version=None):
    """Deletes a draft; the history of its evaluation records this. Raises StaleEdit when newer than
    `version`.
    """
    telaah_staf = lock(telaah_staf, actor, "delete")
    require_version(telaah_staf, version, "Telaah Staf")
    changes = about(
        telaah_staf, [("subject", telaah_staf.subject, ""), ("number", telaah_staf.number, "")]
    )
    evaluation = telaah_staf.evaluation
    record(actor=actor, at=at, action="delete_telaah_staf", target=evaluation, changes=changes)
    unsaved.forget([telaah_staf])
    unsaved.forget(telaah_staf.sections.all())
    unsaved.forget(TelaahStafBlock.objects.filter(section__telaah_staf=telaah_staf))
    telaah_staf.delete()
