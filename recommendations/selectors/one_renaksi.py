"""One renaksi with what its own pages show, by questions that are put together once (`sakip/prepared.py`)."""

from recommendations.models import (
    Comment,
    Evidence,
    QuarterlyReport,
    Renaksi,
    ReviewDecision,
    Step,
)
from recommendations.permissions import renaksi_policy
from sakip.children import Excerpt, wants_all
from sakip.models import Post, Unit, User
from sakip.prepared import Prepared, attach

SHOWN = 20  # pieces of evidence, comments
DECISIONS_SHOWN = 5


def seen(user: User, pk: int) -> Renaksi | None:
    """What `visible_to(user).for_detail().with_evidence()` has under this key; None when there is nothing.

    Four queries, five with a person in charge.
    """
    renaksi = WHOLE.first(pk)
    if renaksi is None:
        return None
    attach(renaksi, "supporting_units", UNITS(pk))
    if not renaksi_policy.check(user, "view", renaksi):
        return None
    attach(renaksi, "steps", STEPS(pk), "renaksi")
    attach(renaksi, "quarterly_reports", REPORTS(pk), "renaksi")
    if renaksi.person_id:
        attach(renaksi.person, "other_posts", POSTS(renaksi.person_id), "person")
    return renaksi


def evidence_of(renaksi: Renaksi, query) -> Excerpt:
    """The pieces of evidence that are not archived, before those that are."""
    return _excerpt(EVIDENCE, _evidence, renaksi, query, SHOWN)


def proof_of(renaksi: Renaksi, query) -> Excerpt:
    """The pieces of evidence that are not archived."""
    return _excerpt(PROOF, _proof, renaksi, query, SHOWN)


def comments_on(renaksi: Renaksi, query) -> Excerpt:
    """The comments, the latest first."""
    return _excerpt(COMMENTS, _comments, renaksi, query, SHOWN)


def decisions_on(renaksi: Renaksi, query) -> Excerpt:
    """The decisions of evaluators, the latest first."""
    return _excerpt(DECISIONS, _decisions, renaksi, query, DECISIONS_SHOWN)


def _excerpt(question, every, renaksi, query, length):
    """`question` gives one row more than `length`, `every` all of them."""
    if wants_all(query):
        return Excerpt(list(every(renaksi.pk)), False)
    found = question(renaksi.pk)
    return Excerpt(found[:length], len(found) > length)


def _evidence(pk):
    rows = Evidence.objects.filter(renaksi=pk).order_by("is_archived", "position", "pk")
    return rows.prefetch_related("revisions__uploaded_by")


def _proof(pk):
    rows = Evidence.objects.filter(renaksi=pk, is_archived=False)
    return rows.prefetch_related("revisions__uploaded_by")


def _comments(pk):
    rows = Comment.objects.filter(renaksi=pk).select_related("author")
    return rows.order_by("-written_at", "-pk")


def _decisions(pk):
    return ReviewDecision.objects.filter(renaksi=pk).select_related("evaluator")


WHOLE = Prepared(
    lambda pk: (
        Renaksi.objects.filter(pk=pk).for_detail().prefetch_related(None).with_evidence().order_by()
    ),
    plans_once=True,
)
UNITS = Prepared(lambda pk: Unit.objects.filter(supported_renaksi=pk), plans_once=True)
STEPS = Prepared(lambda pk: Step.objects.filter(renaksi=pk), plans_once=True)
REPORTS = Prepared(lambda pk: QuarterlyReport.objects.filter(renaksi=pk), plans_once=True)
POSTS = Prepared(lambda person: Post.objects.filter(person=person), plans_once=True)
EVIDENCE = Prepared(lambda pk: _evidence(pk)[: SHOWN + 1], plans_once=True)
PROOF = Prepared(lambda pk: _proof(pk)[: SHOWN + 1], plans_once=True)
COMMENTS = Prepared(lambda pk: _comments(pk)[: SHOWN + 1], plans_once=True)
DECISIONS = Prepared(lambda pk: _decisions(pk)[: DECISIONS_SHOWN + 1], plans_once=True)
