"""Many random lives of a renaksi, each deed foretold from docs/design.md §2.4 as transcribed here.

The model knows nothing of the program's tables: who may, from which status, what is asked for, what
it leads to. After every deed the record, its history and its decisions must be what it foretold.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from recommendations.models import Renaksi, ReviewDecision
from recommendations.services.evidence import add_evidence, archive_evidence
from recommendations.services.renaksi import write_follow_up
from recommendations.services.steps import tick_step, untick_step
from recommendations.workflow import perform
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from sakip.roles import Role
from tests import factories

# In parts, which may run beside one another. So many lives are enough for every deed to happen (`Life.done`).
RUNS, STEPS = 20, 50
WORKABLE = {"open", "in_progress", "returned"}
CLOSED = {"done", "not_actionable"}
FROM = {"edit": WORKABLE, "submit": WORKABLE, "withdraw": {"submitted"}}
FROM |= {"accept": {"submitted"}, "return": {"submitted"}, "reopen": CLOSED}
MAY = {
    "edit": {"lead", "support", "coordinator"},
    "submit": {"lead"},
    "withdraw": {"lead"},
    "accept": {"evaluator"},
    "return": {"evaluator"},
    "reopen": {"evaluator", "coordinator"},
}
POSTS = {
    "rina": "lead",
    "sinta": "support",
    "umar": "other unit",
    "dewi": "evaluator",
    "eka": "evaluator",
    "kadir": "coordinator",
    "laila": "leader",
    "sari": "other body",
    "tono": "left",
}
DEEDS = frozenset({*FROM, "add_evidence", "archive_evidence", "tick_step", "untick_step"})


PEOPLE = st.sampled_from([*POSTS, *["rina", "eka", "kadir"] * 3])  # mostly those who may
NOTES = st.sampled_from(["", "   ", "Lengkapi lampirannya."])
REASONS = st.sampled_from(["", "karena", "unsigned", "other"])
TEXTS = st.sampled_from(["", "<p> </p>", "<p>Sudah dirapatkan.</p>", "<p>Sudah terbit.</p>"])
CLAIMS = st.sampled_from(["", "", "Peraturan dicabut."])


@pytest.fixture
def people(units, cast):
    cast.sinta = factories.make_user(
        "sinta", Role.OPERATOR, factories.make_unit(parent=units.setda)
    )
    cast.eka = factories.make_user("eka", Role.EVALUATOR, units.inspektorat, evaluates_all=True)
    return cast


def machine(people, recommendation):
    """The class of machines that live in this test's world; each life is undone at its end."""

    class Life(RuleBasedStateMachine):
        done = set()  # what somebody did in any of the lives

        def __init__(self):
            super().__init__()
            self.undo = transaction.atomic()
            self.undo.__enter__()
            self.renaksi = factories.make_renaksi(
                recommendation, people.tono.unit, supporting=[people.sinta.unit], follow_up=""
            )
            self.now = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
            self.status, self.text, self.claim = "open", "", ""
            self.evidence, self.step, self.ticked = [], None, False
            self.posts = dict(POSTS)
            self.move("rina", "lead")
            self.move("dewi", "evaluator")
            self.authors, self.sender, self.entries, self.verdicts = set(), None, [], []

        def teardown(self):
            """Every deed left its entry and every judgement is kept, in order and in full."""
            entries = HistoryEntry.objects.filter(object_id=self.renaksi.pk).order_by("pk")
            decisions = ReviewDecision.objects.filter(renaksi=self.renaksi).order_by("pk")
            rows = decisions.values_list("evaluator__username", "outcome", "reason", "note")
            try:
                assert list(entries.values_list("action", "actor")) == self.entries
                assert list(rows) == self.verdicts
            finally:
                transaction.set_rollback(True)
                self.undo.__exit__(None, None, None)

        # ── What is foretold ────────────────────────────────────────────────────────────────────
        def refusal(self, action, who, missing=False):
            if self.posts[who] not in MAY[action]:
                return PermissionDenied
            if self.status not in FROM[action]:
                return WrongState
            if action in ("accept", "return") and who in self.authors:
                return PermissionDenied
            return ValidationError if missing else None

        def do(self, action, who, deed, *, entry=None, missing=False, says_something=True, **after):
            """`deed(actor, at)` is refused as foretold, or leaves one entry and what `after` says."""
            self.now += timedelta(minutes=1)
            expected = self.refusal(action, who, missing)
            if expected:
                with pytest.raises(expected), transaction.atomic():
                    deed(actor=getattr(people, who), at=self.now)
                return False
            deed(actor=getattr(people, who), at=self.now)
            self.done.add(entry or action)
            if says_something:
                self.entries.append((entry or action, getattr(people, who).pk))
                if action in ("edit", "submit"):
                    self.authors.add(who)
                vars(self).update(after)
            return True

        @rule(who=st.sampled_from(["rina", "dewi"]), post=st.sampled_from(["lead", "evaluator"]))
        def move(self, who, post):
            """People change posts, and may then not judge what they wrote before."""
            person = getattr(people, who)
            is_lead = post == "lead"
            person.role = Role.OPERATOR if is_lead else Role.EVALUATOR
            person.evaluates_all = not is_lead
            person.unit = self.renaksi.lead_unit if is_lead else people.eka.unit
            vars(person).pop("reach", None)
            vars(person).pop("lineage", None)
            self.posts[who] = post

        @rule(turn=st.integers(0, 3))
        def go_on(self, turn):
            """What the right person would do next: by chance alone few lives come to a judgement."""
            if "lead" not in self.posts.values():
                self.move("rina", "lead")
            lead = next(who for who, post in self.posts.items() if post == "lead")
            if self.status == "submitted" and turn == 0:
                self.withdraw(lead)
            elif self.status == "submitted":
                if turn == 3:
                    self.move(lead, "evaluator")
                judge = self.give_back if turn == 2 else self.accept
                judge(lead if turn == 3 else "eka", "unsigned", "Lengkapi lampirannya.")
            elif self.status in CLOSED:
                self.reopen("kadir", "Buktinya ternyata keliru.")
            elif not (self.text and self.step):
                self.write(lead, "<p>Sudah dirapatkan.</p>", self.claim, with_step=True)
            elif not self.evidence:
                self.attach("sinta")
            else:
                (self.submit, self.submit, self.tick, self.archive)[turn](lead)

        # ── Transitions ─────────────────────────────────────────────────────────────────────────
        @rule(who=PEOPLE)
        def submit(self, who):
            written = self.text.strip("<p/> ") or self.step
            missing = not self.claim and not (written and self.evidence)
            self.transition("submit", who, missing=missing, status="submitted", sender=who)

        @rule(who=PEOPLE)
        def withdraw(self, who):
            self.transition("withdraw", who, status="in_progress", sender=None)

        @rule(who=PEOPLE, reason=REASONS, note=NOTES)
        def accept(self, who, reason, note):
            status = "not_actionable" if self.claim else "done"
            words = {"reason": reason, "note": note}
            if self.transition("accept", who, words, status=status):
                self.verdicts.append((who, "accepted", "", note.strip()))

        @rule(who=PEOPLE, reason=REASONS, note=NOTES)
        def give_back(self, who, reason, note):
            missing = reason not in ("unsigned", "other") or not note.strip()
            words = {"reason": reason, "note": note}
            if self.transition("return", who, words, missing=missing, status="returned"):
                self.verdicts.append((who, "returned", reason, note.strip()))

        @rule(who=PEOPLE, note=NOTES)
        def reopen(self, who, note):
            words = {"note": note}
            self.transition("reopen", who, words, missing=not note.strip(), status="returned")

        def transition(self, action, who, words=None, *, missing=False, **after):
            def deed(**who_and_when):
                perform(action=action, renaksi=self.renaksi, **who_and_when, **(words or {}))

            return self.do(action, who, deed, missing=missing, **after)

        # ── The unit's work ─────────────────────────────────────────────────────────────────────
        @rule(who=PEOPLE, text=TEXTS, claim=CLAIMS, with_step=st.booleans())
        def write(self, who, text, claim, with_step):
            def deed(**who_and_when):
                version = Renaksi.objects.get(pk=self.renaksi.pk).version
                write_follow_up(
                    renaksi=self.renaksi,
                    version=version,
                    follow_up=text,
                    not_actionable_reason=claim,
                    steps=[("<p>Rapat</p>", None)] if with_step else [],
                    **who_and_when,
                )

            text = text.replace("<p> </p>", "")
            before = (self.text, self.claim, bool(self.step), self.ticked)
            changes = (text, claim, with_step, False) != before
            self.do(
                "edit",
                who,
                deed,
                says_something=changes,
                status="in_progress",
                text=text,
                claim=claim,
                ticked=False,
            )
            self.step = self.renaksi.steps.first()

        @rule(who=PEOPLE, done=st.booleans())
        def tick(self, who, done=None):
            """`done` None turns it round."""
            if self.step is None:
                return
            done = not self.ticked if done is None else done

            def deed(**who_and_when):
                if done:
                    tick_step(step=self.step, done_on=self.now.date(), **who_and_when)
                else:
                    untick_step(step=self.step, **who_and_when)

            self.do(
                "edit",
                who,
                deed,
                entry="tick_step" if done else "untick_step",
                says_something=done != self.ticked,
                status="in_progress",
                ticked=done,
            )

        @rule(who=PEOPLE)
        def attach(self, who):
            def deed(**who_and_when):
                title = f"Bukti {self.now:%d %H.%M}"
                self.attached = add_evidence(
                    renaksi=self.renaksi, kind="separate", title=title, **who_and_when
                )

            if self.do("edit", who, deed, entry="add_evidence", status="in_progress"):
                self.evidence.append(self.attached)

        @rule(who=PEOPLE, which=st.integers(0, 99))
        def archive(self, who, which=0):
            if not self.evidence:
                return
            piece = self.evidence[which % len(self.evidence)]

            def deed(**who_and_when):
                archive_evidence(evidence=piece, **who_and_when)

            if self.do("edit", who, deed, entry="archive_evidence", status="in_progress"):
                self.evidence.remove(piece)

        @invariant()
        def the_record_is_as_foretold(self):
            """One query: it is asked after each of the thousands of steps."""
            found = Renaksi.objects.annotate(
                pieces=Count("evidence", filter=Q(evidence__is_archived=False), distinct=True),
                verdicts=Count("decisions", distinct=True),
                entries=_entries(),
            ).get(pk=self.renaksi.pk)
            assert found.status == self.status
            assert (found.follow_up, found.not_actionable_reason) == (self.text, self.claim)
            assert found.pieces == len(self.evidence)
            assert (found.entries or 0, found.verdicts) == (len(self.entries), len(self.verdicts))
            sender = getattr(people, self.sender).pk if self.sender else None
            assert (found.submitted_by_id, bool(found.submitted_at)) == (sender, bool(sender))
            assert bool(found.closed_at) == (found.status in CLOSED)

    return Life


def _entries():
    """How many history entries there are on the renaksi, as a subquery."""
    entries = HistoryEntry.objects.on(Renaksi, OuterRef("pk")).order_by()
    return Subquery(entries.values("object_id").annotate(n=Count("pk")).values("n"))


@pytest.mark.parametrize("part", [0, pytest.param(1, marks=pytest.mark.once)])
def test_no_life_of_a_renaksi_breaks_a_rule(people, recommendation, part):
    profile = settings(
        max_examples=RUNS,
        stateful_step_count=STEPS,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    life = seed(part)(machine(people, recommendation))  # what fails today fails tomorrow
    run_state_machine_as_test(life, settings=profile)
    assert life.done == DEEDS, "These lives were too dull to prove anything."
