"""Writes notices (pemberitahuan) after actions: a table of rules, and the functions that read it.

A person gets no notice of their own action or of an item that they may not see; inactive people get
none. The action's transaction writes the notices; the daily digest mails them later.
"""

from collections.abc import Callable
from dataclasses import dataclass

from recommendations.models import Notice, Renaksi
from recommendations.permissions import renaksi_policy
from sakip.bulk import NOTHING, insert_many
from sakip.models import Unit, User
from sakip.prepared import Prepared
from sakip.querysets import upwards
from sakip.roles import Role
from sakip.selectors.seats import seats_of
from sakip.writing import shortened

Kind = Notice.Kind

# The kinds of notices that each role can get; the form offers only these.
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
        Kind.REMINDED,
    ),
    Role.EVALUATOR: (Kind.SUBMITTED, Kind.MENTIONED),
    Role.COORDINATOR: (
        Kind.RETURNED,
        Kind.REOPENED,
        Kind.LATE,
        Kind.EXTENSION,
        Kind.MENTIONED,
        Kind.DELETED,
        Kind.REMINDED,
        Kind.WEBHOOK,
    ),
    Role.LEADER: (Kind.ESCALATED, Kind.MENTIONED),
}
TONES = {
    Kind.RETURNED: "action",
    Kind.REOPENED: "action",
    Kind.DELETED: "warning",
    Kind.DUE_SOON: "warning",
    Kind.ACCEPTED: "success",
    Kind.OVERDUE: "danger",
    Kind.LATE: "danger",
    Kind.REMINDED: "danger",
    Kind.WEBHOOK: "danger",
    Kind.ESCALATED: "danger",
}
MOST_SINGLY = 10  # up to so many items given to a unit at once get a notice each
TEXT_LENGTH: int = Notice._meta.get_field("text").max_length or 0
NAME_LENGTH = 80  # of a unit or a person within a sentence: three of them leave room for the rest


def name_of(renaksi) -> str:
    """Returns the name of an item for places that do not show its recommendation."""
    evaluation = renaksi.recommendation.evaluation
    return f"{renaksi} {short(evaluation.unit)} tahun {evaluation.performance_year}"


def short(record) -> str:
    """Returns the name of a unit or person, shortened to NAME_LENGTH."""
    return shortened(record, NAME_LENGTH)


def units_of(renaksi) -> set:
    """Returns the lead unit and the supporting units of the item."""
    return {renaksi.lead_unit, *renaksi.supporting_units.all()}


def active():
    return User.objects.filter(is_active=True)


def closest(line, people) -> list[int]:
    """`people` are pairs (unit, person). Returns the persons of the first unit of `line` that has any."""
    for unit in line:
        if found := [person for place, person in people if place == unit]:
            return found
    return []


EVALUATORS = Prepared(
    lambda: active().holding([Role.EVALUATOR]).order_by().values_list("pk", flat=True),
    plans_once=True,
)
AROUND = Prepared(
    lambda line: active().seats_of([Role.OPERATOR, Role.COORDINATOR], line), plans_once=True
)


class Around:
    """The operators and coordinators of the lead unit and of the units above it. Two queries."""

    def __init__(self, renaksi):
        parents, _ = Unit.objects.above([renaksi.lead_unit_id])
        self.line = list(upwards(renaksi.lead_unit_id, parents))
        self.seats = sorted(AROUND(self.line))
        self.sender = {renaksi.submitted_by_id} - {None}

    def operators(self) -> set[int]:
        """Those of the lead unit, and the person who submitted the item."""
        return self.sender | {*self._of(Role.OPERATOR, self.line[:1])}

    def coordinators(self) -> set[int]:
        """Those closest to the unit, so that not every notice goes to the province's one."""
        return {*self._of(Role.COORDINATOR, self.line)}

    def _of(self, role, line):
        return closest(line, [(unit, person) for one, unit, person in self.seats if one == role])


def _operators(renaksi):
    return Around(renaksi).operators()


def _coordinators(renaksi):
    return Around(renaksi).coordinators()


def _unit_and_coordinators(renaksi):
    around = Around(renaksi)
    return around.operators() | around.coordinators()


def _evaluators(renaksi):
    return {*EVALUATORS()}


@dataclass(frozen=True)
class Rule:
    """After an action the `people` of the item, by their keys, get `text` as a notice of this `kind`.

    `text` may contain {item}, {unit}, {actor} and {status}; a note is added at the end.
    """

    kind: str
    people: Callable
    text: str


AFTER = {
    "submit": Rule(Kind.SUBMITTED, _evaluators, "{item} dari {unit} menunggu reviu"),
    "return": Rule(Kind.RETURNED, _unit_and_coordinators, "{item} dikembalikan oleh {actor}"),
    "accept": Rule(Kind.ACCEPTED, _operators, "{item} dinyatakan “{status}” oleh {actor}"),
    "reopen": Rule(Kind.REOPENED, _unit_and_coordinators, "{item} dibuka kembali oleh {actor}"),
    "request_extension": Rule(
        Kind.EXTENSION, _coordinators, "{unit} meminta batas waktu baru untuk {item}"
    ),
    "grant_extension": Rule(Kind.EXTENSION, _operators, "Batas waktu baru {item} disetujui"),
    "refuse_extension": Rule(Kind.EXTENSION, _operators, "Batas waktu baru {item} ditolak"),
}


def after(action, renaksi, actor, at, note=""):
    """Writes the notices of the rule in `AFTER`; none for actions without a rule. Seven queries at most."""
    if rule := AFTER.get(action):
        text = rule.text.format(
            item=name_of(renaksi),
            unit=short(renaksi.lead_unit),
            actor=short(actor),
            status=renaksi.get_status_display(),
        )
        _tell(rule.kind, renaksi, rule.people(renaksi), actor, at, text, note)


def take_back(renaksi, at):
    """Removes what was told about a decision made `at` that moment and is not read yet."""
    told = Notice.objects.filter(renaksi=renaksi, created_at=at, read_at=None)
    told.filter(kind__in=[Kind.RETURNED, Kind.ACCEPTED]).delete()


def assigned(parts, actor, at):
    """Tells operators which items their units have got: `parts` are pairs (renaksi, units).

    More than MOST_SINGLY items for a unit at once make only one notice. Always two queries. Who is in charge of an
    item is told by `entrusted` alone.
    """
    given: dict[Unit, list[Renaksi]] = {}
    for renaksi, units in parts:
        for unit in units:
            given.setdefault(unit.pk, []).append(renaksi)
    texts = {unit: list(_assignments(items)) for unit, items in given.items()}
    # An operator may see every item that their own unit leads or supports.
    people = active().exclude(pk=actor.pk).posted(Role.OPERATOR, list(texts)) if texts else ()
    Notice.objects.bulk_create(
        [
            _notice(Kind.ASSIGNED, person, renaksi, at, text)
            for unit, person in people
            for renaksi, text in texts[unit]
            if renaksi.person_id != person or len(given[unit]) > MOST_SINGLY
        ],
        ignore_conflicts=True,
    )


def entrusted(items, actor, at):
    """Tells the person in charge of each item, if the person may see it."""
    given: dict[int, list[Renaksi]] = {}
    for renaksi in items:
        given.setdefault(renaksi.person_id, []).append(renaksi)
    given.pop(actor.pk, None)
    people = active().filter(pk__in=given).values_list("pk", flat=True) if given else ()
    Notice.objects.bulk_create(
        [
            _notice(Kind.ASSIGNED, person, renaksi, at, text, "petugas")
            for person in people
            for renaksi, text in _assignments(given[person], "tugas Anda")
        ],
        ignore_conflicts=True,
    )


def _assignments(items, whose="tugas unit Anda"):
    """Yields (renaksi, text) for each notice on these items."""
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
    people = {person.pk for person in people}
    item, at = comment.renaksi, comment.written_at
    _tell(Kind.MENTIONED, item, people, comment.author, at, text, comment.text)


def deleted(renaksi, writers, actor, at):
    """Tells the `writers` of drafts that item and drafts are deleted. Call it before they are deleted."""
    text = f"{name_of(renaksi)} dihapus oleh {actor}. Draf Anda yang belum disimpan ikut terhapus"
    people = {person.pk for person in writers}
    _tell(Kind.DELETED, renaksi, people, actor, at, text, is_gone=True)


def readers(renaksi, people) -> list:
    """Returns the active ones of `people` who may see the item in one of their posts. No query; needs
    `for_check()` on `renaksi`, and people with their seats."""
    return [person for person in people if any(_sees(seat, renaksi) for seat in person.seats)]


def _sees(seat, renaksi):
    return renaksi_policy.check(seat, "view", renaksi)


def _tell(kind, renaksi, people, actor, at, text, note="", *, is_gone=False):
    """`is_gone`: the item will be deleted, so the notices do not refer to it."""
    text = _sentence(text, note)
    body = renaksi.recommendation.evaluation.unit
    about = {unit.pk for unit in (*units_of(renaksi), body)}
    seats = seats_of(people - {actor.pk}, about)
    people = {seat.person for seat in seats if _sees(seat, renaksi)}
    rows = [_notice(kind, person, renaksi, at, text) for person in sorted(people)]
    for row in rows if is_gone else ():
        row.renaksi = None
    insert_many(rows, conflict=NOTHING)


def _notice(kind, person, renaksi, at, text, part=""):
    key = f"{kind}{part}:{renaksi.pk}:{at.isoformat()}"
    return Notice(person_id=person, renaksi=renaksi, kind=kind, text=text, key=key, created_at=at)


def _sentence(text, note) -> str:
    note = " ".join(note.split())
    return shortened(f"{text}: {note}" if note else f"{text}.", TEXT_LENGTH)
