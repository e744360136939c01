"""Many people write at once: 8 and 32 processes through the real services, and with the bare ORM.

Each process has its own unit, operator and renaksi. In turn it saves a follow-up, sends it, and an evaluator
returns it. The peer writes the same rows in the same transactions: the entry of the history with the texts before
and after and its link, three marks, as many words of the search, a notice to each person. No right, rule or lock is
asked, nothing is stamped or chained, and the words and the people are given to it. Seconds are those between two
actions of all processes together. An error, or an action that is not in the records afterwards, ends the
measurement.
"""

import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

from benchmarks.measuring import ask
from benchmarks.province import EVALUATOR
from benchmarks.rows import Measurement, Row

AIM = 0.6  # as many actions as the bare ORM, at least so much of them
PROCESSES = (8, 32)
SECONDS, FULL_SECONDS = 2, 5
ROUNDS, FULL_ROUNDS = 1, 3
MANY = 10**9  # numbers of links of the peer begin here, which has no chain
OWN = 5  # renaksi of each process
TEXT = "<p>Dokumen telah disusun, disahkan dan disampaikan, putaran {}.</p>"


@dataclass
class Writer:
    """What a process works with. The peer is given the words of each renaksi and whom to tell."""

    operator: Any
    evaluator: Any
    own: list[int]
    words: dict[int, str] = field(default_factory=dict)
    told: dict[str, list[int]] = field(default_factory=dict)


def rows(bench):
    copies = {
        by: bench.scratch(bench.size, maker="make_province", name=by) for by in ("ours", "peer")
    }
    for database in copies["ours"]:
        for number in PROCESSES:
            fastest = _raced(bench, number, {by: found[database] for by, found in copies.items()})
            ours, peer = (Measurement(1 / fastest[by]) for by in ("ours", "peer"))
            yield Row(f"{number} writers, {database}, time of one action", ours, peer, AIM)


def _raced(bench, number, databases):
    """The most actions per second of ours and of the peer, who take turns."""
    seconds, rounds = (SECONDS, ROUNDS) if bench.quick else (FULL_SECONDS, FULL_ROUNDS)
    found = {by: [] for by in databases}
    for turn in range(rounds):
        for by in found if turn % 2 == 0 else reversed(found):
            rate = ask("benchmarks.writers:race", by, number, seconds, database=databases[by])
            found[by].append(rate)
    return {by: max(rates) for by, rates in found.items()}


def warm_up():
    import recommendations.services.follow_up  # noqa: F401


def race(by, number, seconds) -> float:
    """The actions per second of so many processes together. Raises when one of them is lost."""
    people = _people(number)
    before = _written()
    done = _together(by, people, seconds)
    if (lost := sum(done) - (_written() - before)) != 0:
        raise SystemExit(f"{by}: {lost} of {sum(done)} actions are not in the history.")
    if by == "ours" and (faults := _faults()):
        raise SystemExit(f"The history is broken: {faults}")
    return sum(done) / seconds


def _people(number) -> list[Writer]:
    """The renaksi of each are ready to be sent."""
    from recommendations.models import Evidence, Renaksi
    from sakip.models import Unit, User
    from tests import factories

    evaluator = User.objects.select_related("unit").get(username=EVALUATOR)
    people = []
    for unit in Unit.objects.filter(led_renaksi__isnull=False).distinct().order_by("pk")[:number]:
        name = f"writer-{unit.pk}"
        operator = User.objects.filter(username=name).first()
        operator = operator or factories.make_user(name, "operator", unit)
        own = [row.pk for row in Renaksi.objects.filter(lead_unit=unit).order_by("pk")[:OWN]]
        Renaksi.objects.filter(pk__in=own).update(
            status="in_progress", not_actionable_reason="", submitted_at=None, closed_at=None
        )
        for key in own:
            Evidence.objects.get_or_create(renaksi_id=key, kind="separate", title="Laporan")
        people.append(Writer(operator, evaluator, own))
    for one in people:
        _give(one)
    return people


def _give(writer):
    """Sets what the peer is given, once all people are made."""
    from recommendations.models import Renaksi, SearchDocument
    from recommendations.services.notifications import Around
    from sakip.models import User

    words = SearchDocument.objects.filter(pk__in=writer.own).values_list("pk", "text")
    around = Around(Renaksi.objects.get(pk=writer.own[0]))
    evaluators = User.objects.filter(is_active=True).holding(["evaluator"]).values_list("pk")
    writer.words = dict(words)
    writer.told = {
        "submitted": [key for (key,) in evaluators],
        "returned": sorted(around.operators() | around.coordinators() | {writer.operator.pk}),
    }


def _together(by, people, seconds) -> list[int]:
    """Lets every process begin at the same moment; returns how many actions each has done."""
    from django.db import connection

    connection.close()  # a connection does not survive the fork
    context = get_context("fork")
    gate, answers = context.Barrier(len(people)), context.Queue()
    processes = [
        context.Process(target=_work, args=(by, one, seconds, gate, answers)) for one in people
    ]
    for process in processes:
        process.start()
    done = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    if errors := [error for _, error in done if error]:
        raise SystemExit(f"{by}: {len(errors)} writers failed: {errors[0]}")
    return [number for number, _ in done]


def _work(by, writer, seconds, gate, answers):
    from django.db import connection

    actions = {"ours": _ours, "peer": _peer}[by]
    done, error = 0, ""
    try:
        connection.ensure_connection()
        gate.wait()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            for act in actions(writer, writer.own[done // 3 % len(writer.own)], done):
                act()
                done += 1
    except Exception as problem:  # told to the one who waits
        error = repr(problem)
        with suppress(Exception):
            gate.abort()
    answers.put((done, error))
    connection.close()


def _ours(writer, key, done):
    """The three actions, as the pages call the services."""
    from django.utils import timezone

    from recommendations.models import Renaksi
    from recommendations.services.follow_up import save_work
    from recommendations.workflow import perform

    renaksi, at = Renaksi.objects.get(pk=key), timezone.now()
    text = TEXT.format(f"{os.getpid()}-{done}")
    yield lambda: save_work(
        renaksi=renaksi, actor=writer.operator, at=at, version=renaksi.version, follow_up=text
    )
    yield lambda: perform(action="submit", renaksi=renaksi, actor=writer.operator, at=at)
    yield lambda: perform(
        action="return",
        renaksi=renaksi,
        actor=writer.evaluator,
        at=at,
        reason="incomplete",
        note="Lengkapi.",
    )


def _peer(writer, key, done):
    """The rows that the services write, each kind with one call of the ORM."""
    from django.utils import timezone

    from recommendations.models import Draft, Renaksi, ReviewDecision, SearchDocument

    renaksi, at = Renaksi.objects.select_related("evaluation").get(pk=key), timezone.now()
    operator, evaluator, number = writer.operator, writer.evaluator, f"{os.getpid()}-{done}"
    before, text = renaksi.follow_up, TEXT.format(number)

    def saved():
        written = ["follow_up", before, text]
        _move(renaksi, "in_progress", "edit", operator, at, [written], follow_up=text)
        words = f"{writer.words[key]} {number}"
        SearchDocument.objects.filter(renaksi=renaksi).update(text=words)
        Draft.objects.filter(renaksi=renaksi, author=operator).delete()

    def sent():
        _move(renaksi, "submitted", "submit", operator, at, submitted_at=at, submitted_by=operator)
        _tell("submitted", writer, renaksi, at, done)

    def returned():
        _move(renaksi, "returned", "return", evaluator, at, [["reason", "", "incomplete"]])
        ReviewDecision.objects.create(
            renaksi=renaksi,
            evaluator=evaluator,
            decided_at=at,
            outcome="returned",
            reason="incomplete",
            note="Lengkapi.",
        )
        _tell("returned", writer, renaksi, at, done)

    yield from (_whole(saved), _whole(sent), _whole(returned))


def _whole(act):
    from django.db import transaction

    return transaction.atomic(act)


def _move(renaksi, status, action, actor, at, changes=(), **fields):
    from sakip.consistency.kept import ChangedScope
    from sakip.history.entries import HistoryEntry
    from sakip.history.links import HistoryLink

    before, renaksi.status = renaksi.status, status
    renaksi.version += 1
    for name, value in fields.items():
        setattr(renaksi, name, value)
    renaksi.save(update_fields=["status", "version", *fields])
    entry = HistoryEntry.objects.create(
        at=at,
        actor=actor,
        actor_role=actor.role,
        actor_unit=actor.unit.name,
        action=action,
        target=renaksi,
        body_id=renaksi.body_id,
        label=f"Renaksi {renaksi.pk}",
        changes=[["status", before, status], *changes],
        stamp="0" * 64,
    )
    HistoryLink.objects.create(number=MANY + entry.pk, entry=entry.pk, link="0" * 64)
    scopes = {"evaluation": renaksi.evaluation_id, "follow_up": renaksi.evaluation_id}
    scopes["version"] = renaksi.body_id
    ChangedScope.objects.bulk_create(
        ChangedScope(subject=subject, key=key) for subject, key in scopes.items()
    )


def _tell(kind, writer, renaksi, at, done):
    from recommendations.models import Notice

    Notice.objects.bulk_create(
        Notice(
            person_id=person,
            renaksi=renaksi,
            kind=kind,
            text=f"Renaksi {renaksi.pk} tahun 2023: {kind} oleh {writer.evaluator}. Lengkapi.",
            key=f"{kind}:{renaksi.pk}:{at.isoformat()}:{done}",
            created_at=at,
        )
        for person in writer.told[kind]
    )


def _written() -> int:
    from sakip.history.entries import HistoryEntry

    return HistoryEntry.objects.count()


def _faults() -> list[str]:
    from sakip.history.verifying import verify

    return verify().faults
