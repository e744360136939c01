"""Who is told what after which action (pemberitahuan): a table, and the functions that read it.

Nobody is told of the own act, of an item that is not visible to them, or after leaving. Rows of the
inbox are written with the act that causes them; mail goes out later, in the digest of the day.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from recommendations.models import Notice, Renaksi
from recommendations.permissions import renaksi_policy
from sakip.models import Unit, User
from sakip.querysets import upwards
from sakip.roles import Role
from sakip.writing import shortened

Kind = Notice.Kind

# What each role may ever be told; the rest is not offered as a choice.
KINDS_OF_ROLE = {
    Role.OPERATOR: (
        Kind.ASSIGNED,
        Kind.RETURNED,
        Kind.ACCEPTED,
        Kind.REOPENED,
        Kind.DUE_SOON,
        Kind.OVERDUE,
        Kind.EXTENSION,
        Kind.MENTIONED,
        Kind.DELETED,
    ),
    Role.EVALUATOR: (Kind.SUBMITTED, Kind.MENTIONED),
    Role.COORDINATOR: (Kind.EXTENSION, Kind.MENTIONED, Kind.DELETED),
    Role.LEADER: (Kind.ESCALATED, Kind.MENTIONED),
}
TONES = {
    Kind.RETURNED: "warning",
    Kind.REOPENED: "warning",
    Kind.DELETED: "warning",
    Kind.DUE_SOON: "warning",
    Kind.ACCEPTED: "success",
    Kind.OVERDUE: "danger",
    Kind.ESCALATED: "danger",
}
MOST_SINGLY = 10  # items given to a unit in one act that are each told of
TEXT_LENGTH: int = Notice._meta.get_field("text").max_length or 0
NAME_LENGTH = 80  # of a unit or a person within a sentence: three of them leave room for the rest


def name_of(renaksi) -> str:
    """How an item is named where its recommendation is not seen beside it."""
    evaluation = renaksi.recommendation.evaluation
    return f"{renaksi} {short(evaluation.unit)} tahun {evaluation.performance_year}"


def short(record) -> str:
    """The name of a unit or a person as far as a sentence has room for it."""
    return shortened(record, NAME_LENGTH)


def units_of(renaksi) -> set:
    """The units with a part in the item: the one that answers for it and those that support it."""
    return {renaksi.lead_unit, *renaksi.supporting_units.all()}


def active(role=None):
    people = User.objects.filter(is_active=True)
    return people.filter(role=role) if role else people


def nearest(role, unit_id, parents) -> list[int]:
    """The closest unit at or above `unit_id` with an active person of `role`: that unit's people of the role."""
    line = list(upwards(unit_id, parents))
    people = active(role).filter(unit__in=line).values_list("unit", "pk")
    return closest(line, people)


def closest(line, people) -> list[int]:
    """Of pairs (unit, person), the persons of the first unit of `line` that has any."""
    for unit in line:
        if found := [person for place, person in people if place == unit]:
            return found
    return []


def _operators(renaksi):
    """The operators of the unit that answers for it, and whoever submitted it."""
    submitted = Q(pk=renaksi.submitted_by_id) if renaksi.submitted_by_id else Q(pk__in=())
    return active().filter(Q(role=Role.OPERATOR, unit=renaksi.lead_unit_id) | submitted)


def _evaluators(renaksi):
    return active(Role.EVALUATOR)


def _coordinators(renaksi):
    """Those closest to the unit: the province's coordinator need not hear of every date."""
    return active().filter(
        pk__in=nearest(Role.COORDINATOR, renaksi.lead_unit_id, Unit.objects.parents())
    )


@dataclass(frozen=True)
class Rule:
    """After an action the `people` of the item are told `text` as a notice of this `kind`.

    `text` may name {item}, {unit}, {actor} and {status}; a note is put after it.
    """

    kind: str
    people: Callable
    text: str


AFTER = {
    "submit": Rule(Kind.SUBMITTED, _evaluators, "{item} dari {unit} menunggu reviu"),
    "return": Rule(Kind.RETURNED, _operators, "{item} dikembalikan oleh {actor}"),
    "accept": Rule(Kind.ACCEPTED, _operators, "{item} dinyatakan “{status}” oleh {actor}"),
    "reopen": Rule(Kind.REOPENED, _operators, "{item} dibuka kembali oleh {actor}"),
    "request_extension": Rule(
        Kind.EXTENSION, _coordinators, "{unit} meminta batas waktu baru untuk {item}"
    ),
    "grant_extension": Rule(Kind.EXTENSION, _operators, "Batas waktu baru {item} disetujui"),
    "refuse_extension": Rule(Kind.EXTENSION, _operators, "Batas waktu baru {item} ditolak"),
}


def after(action, renaksi, actor, at, note=""):
    """Tells whom `AFTER` names; actions without a row tell nobody. Six queries however many people."""
    if rule := AFTER.get(action):
        text = rule.text.format(
            item=name_of(renaksi),
            unit=short(renaksi.lead_unit),
            actor=short(actor),
            status=renaksi.get_status_display(),
        )
        _tell(rule.kind, renaksi, rule.people(renaksi), actor, at, text, note)


def assigned(parts, actor, at):
    """Tells operators what their units have just been given: `parts` are pairs (renaksi, units).

    Many items given to a unit in one act make one notice. Two queries however many there are.
    """
    given: dict[Unit, list[Renaksi]] = {}
    for renaksi, units in parts:
        for unit in units:
            given.setdefault(unit.pk, []).append(renaksi)
    texts = {unit: list(_assignments(items)) for unit, items in given.items()}
    # An operator sees whatever the own unit has a part in.
    people = active(Role.OPERATOR).filter(unit__in=texts).exclude(pk=actor.pk) if texts else ()
    Notice.objects.bulk_create(
        [
            _notice(Kind.ASSIGNED, person, renaksi, at, text)
            for person in people
            for renaksi, text in texts[person.unit_id]
        ],
        ignore_conflicts=True,
    )


def entrusted(items, actor, at):
    """Tells each `person` of these items, who may see them, of what they are to work on."""
    given: dict[int, list[Renaksi]] = {}
    for renaksi in items:
        given.setdefault(renaksi.person_id, []).append(renaksi)
    people = active().filter(pk__in=given).exclude(pk=actor.pk) if given else ()
    Notice.objects.bulk_create(
        [
            _notice(Kind.ASSIGNED, person, renaksi, at, text, "petugas")
            for person in people
            for renaksi, text in _assignments(given[person.pk], "tugas Anda")
        ],
        ignore_conflicts=True,
    )


def _assignments(items, whose="tugas unit Anda"):
    """(renaksi, text) of each notice on these items."""
    if len(items) > MOST_SINGLY:
        yield (
            items[0],
            f"{name_of(items[0])} dan {len(items) - 1} lainnya menjadi {whose}.",
        )
        return
    for renaksi in items:
        yield renaksi, f"{name_of(renaksi)} menjadi {whose}."


def mentioned(comment, people):
    """Tells the people named with @ in a comment."""
    text = f"{short(comment.author)} menyebut Anda pada {name_of(comment.renaksi)}"
    people = active().filter(pk__in=[person.pk for person in people])
    item, at = comment.renaksi, comment.written_at
    _tell(Kind.MENTIONED, item, people, comment.author, at, text, comment.text)


def deleted(renaksi, writers, actor, at):
    """Tells the `writers` of drafts that the item and their words are gone. Call it before they are."""
    text = f"{name_of(renaksi)} dihapus oleh {actor}. Draf Anda yang belum disimpan ikut terhapus"
    people = active().filter(pk__in=[person.pk for person in writers])
    _tell(Kind.DELETED, renaksi, people, actor, at, text, is_gone=True)


def readers(renaksi, people) -> list:
    """Of these people those who may see the item now. Three queries; `renaksi` as `for_check()` loads it."""
    return [
        person for person in people.with_reach() if renaksi_policy.check(person, "view", renaksi)
    ]


def _tell(kind, renaksi, people, actor, at, text, note="", *, is_gone=False):
    """`is_gone`: the notices outlive the item."""
    text = _sentence(text, note)
    people = readers(renaksi, people.exclude(pk=actor.pk))
    rows = [_notice(kind, person, renaksi, at, text) for person in people]
    for row in rows if is_gone else ():
        row.renaksi = None
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def _notice(kind, person, renaksi, at, text, part=""):
    key = f"{kind}{part}:{renaksi.pk}:{at.isoformat()}"
    return Notice(person=person, renaksi=renaksi, kind=kind, text=text, key=key, created_at=at)


def _sentence(text, note) -> str:
    note = " ".join(note.split())
    return shortened(f"{text}: {note}" if note else f"{text}.", TEXT_LENGTH)
