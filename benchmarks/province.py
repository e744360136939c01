"""Fills a database with a province of a given number of renaksi, in minutes also with a million.

Forty bodies of eight units and five years stay the same at every size: what grows is what they have. Each
renaksi has a plan and a follow-up of about sixty words, the claimed ones a piece of evidence. Nearly every
text contains COMMON, one in two thousand RARE. The data is the same on every machine, but for today.
"""

import random
import string
from datetime import UTC, date, datetime, timedelta

from benchmarks.furnishing import furnish
from benchmarks.loading import count_on, load, prepared

BODIES, UNITS, YEARS, ITEMS = 40, 8, 5, 10
TEXTS = 2_000  # different plans and follow-ups; a renaksi has one of each
COMMON, RARE = "triwulan", "swakelola"
TAIL = 3_000  # seldom words beside the vocabulary
TOLD = 100_000  # as many renaksi have an entry in the history
STEP = 5_000
CHECKED = (
    100_000  # the consistency of more renaksi is not checked: only the lists are measured with them
)
DAYS, COUNTED_DAYS = 200, 60

# The people who visit the pages, by what they are.
SUPERUSER, LEADER, COORDINATOR = "pengelola", "pimpinan", "koordinator-provinsi"
EVALUATOR, OPERATOR, OF_ONE_BODY = "evaluator", "operator", "koordinator"
OF_EIGHT_BODIES, EIGHT = "irban", 8
SUPPORTED = 25  # one in so many renaksi has a supporting unit


def make_province(renaksi: int) -> None:
    """Adds `renaksi` records, rounded down to whole LHEs, with history, search words and daily counts.

    The database must be migrated and empty. It is to be called in a transaction.
    """
    from django.utils.timezone import localdate

    chance, today = random.Random(renaksi), localdate()
    size = max(1, renaksi // (BODIES * YEARS))
    bodies = _bodies()
    evaluations = _evaluations(bodies, today)
    texts = _texts(chance)
    recommendations = _recommendations(evaluations, max(1, size // ITEMS), chance)
    _renaksi(evaluations, recommendations, size, texts, chance, today)
    _daily_counts(evaluations, size, today)
    _history(today)
    furnish()
    _findings(renaksi)


def _bodies():
    """(body, units) of each body; makes the people too."""
    from sakip.models import User
    from tests import factories

    province = factories.make_unit("Provinsi", kind="province")
    inspectorate = factories.make_unit("Inspektorat", parent=province, kind="inspectorate")
    bodies = []
    for number in range(BODIES):
        body = factories.make_unit(f"Dinas {number}", parent=province, kind="dinas")
        units = [
            factories.make_unit(f"Bidang {at} Dinas {number}", parent=body, kind="field")
            for at in range(UNITS)
        ]
        bodies.append((body, units))
    User.objects.create_superuser(SUPERUSER, name="Pengelola", email="", password=None)
    factories.make_user(LEADER, "leader", province)
    factories.make_user(COORDINATOR, "coordinator", province)
    factories.make_user(EVALUATOR, "evaluator", inspectorate, evaluates_all=True)
    factories.make_user(OF_ONE_BODY, "coordinator", bodies[0][0])
    factories.make_user(OPERATOR, "operator", bodies[0][1][0])
    judge = factories.make_user(OF_EIGHT_BODIES, "evaluator", inspectorate)
    judge.assigned_bodies.set(body for body, _ in bodies[:EIGHT])
    return bodies


def _evaluations(bodies, today):
    """(evaluation, units of its body), body by body."""
    from tests import factories

    scores = ("22.20", "14.80", "7.70", "7", "15.20")
    return [
        (
            factories.make_evaluation(body, year, scores=scores, letter_date=date(year + 1, 3, 1)),
            units,
        )
        for body, units in bodies
        for year in range(today.year - YEARS, today.year)
    ]


def _texts(chance):
    """(plan, follow-up, search words of both) of each of the TEXTS."""
    from benchmarks.data import VOCABULARY
    from recommendations.selectors.search import words

    seldom = ["".join(chance.choices(string.ascii_lowercase, k=9)) for _ in range(TAIL)]
    often = VOCABULARY.split()
    found = []
    for at in range(TEXTS):
        plan, follow_up = (
            " ".join(chance.choices(often, k=chance.randint(45, 60)) + chance.choices(seldom, k=6))
            for _ in range(2)
        )
        plan += f" {RARE}" * (at == 0)
        found.append(
            (f"<p>{plan}.</p>", f"<p>{follow_up}.</p>", " ".join(words(f"{plan} {follow_up}")))
        )
    return found


def _recommendations(evaluations, number, chance):
    """The keys of the recommendations, in lists by evaluation."""
    from recommendations.models import Component, Evaluation, Recommendation, RecommendationWords

    components = [*Component.objects.values_list("pk", flat=True), None]
    keys = [list(range(at * number + 1, (at + 1) * number + 1)) for at in range(len(evaluations))]
    load(
        Recommendation,
        ("id", "evaluation_id", "number", "component_id", "text"),
        (
            (key, evaluation.pk, at, chance.choice(components), "<p>Perbaiki.</p>")
            for (evaluation, _), own in zip(evaluations, keys, strict=True)
            for at, key in enumerate(own, 1)
        ),
    )
    load(
        RecommendationWords,
        ("recommendation_id", "text"),
        ((key, "perbaiki") for own in keys for key in own),
    )
    Evaluation.objects.update(last_number=number)
    count_on(Recommendation)
    return keys


COLUMNS = (
    *("id", "recommendation_id", "position", "plan", "follow_up", "lead_unit_id", "due_date"),
    *("status", "not_actionable_reason", "submitted_at", "closed_at"),
)


def _renaksi(evaluations, recommendations, size, texts, chance, today):
    from recommendations.models import (
        Evidence,
        Renaksi,
        ReviewDecision,
        SearchDocument,
        SupportingUnit,
    )
    from sakip.models import User

    chosen, claimed, returned, helped = [], [], [], []  # filled while the rows are written

    def rows():
        key = 0
        for (evaluation, units), own in zip(evaluations, recommendations, strict=True):
            moments = _moments(evaluation)
            for at in range(size):
                key += 1
                text = chance.randrange(TEXTS)
                chosen.append(text)
                status = chance.choice(Renaksi.Status.values)
                sent = status in ("submitted", "done", "not_actionable")
                claimed.extend([key] * sent)
                returned.extend([key] * (status == "returned" or chance.random() < 0.1))
                if key % SUPPORTED == 0:
                    helped.append((key, chance.choice(units).pk))
                yield (
                    *(key, own[at % len(own)], at // len(own) + 1, *texts[text][:2]),
                    *(chance.choice(units).pk, chance.choice(days), status),
                    "Sudah tidak berlaku" if status == "not_actionable" else "",
                    moments[0] if sent else None,
                    chance.choice(moments) if sent and status != "submitted" else None,
                )

    due = Renaksi._meta.get_field("due_date")
    days = [prepared(due, today + timedelta(days=day)) for day in range(-DAYS, DAYS)]
    load(Renaksi, COLUMNS, rows())
    load(SupportingUnit, ("renaksi_id", "unit_id"), helped)
    perbaiki = "perbaiki "  # the word of each recommendation
    load(
        SearchDocument,
        ("renaksi_id", "text"),
        ((key, perbaiki + texts[text][2]) for key, text in enumerate(chosen, 1)),
    )
    load(
        Evidence,
        ("renaksi_id", "kind", "title"),
        ((key, "separate", f"Laporan {key}") for key in claimed),
    )
    decided = prepared(
        ReviewDecision._meta.get_field("decided_at"), datetime(today.year, 1, 1, tzinfo=UTC)
    )
    evaluator = User.objects.get(username=EVALUATOR).pk
    load(
        ReviewDecision,
        ("renaksi_id", "evaluator_id", "decided_at", "outcome", "reason"),
        ((key, evaluator, decided, "returned", "incomplete") for key in returned),
    )
    count_on(Renaksi)


def _moments(evaluation):
    """The moment at which the renaksi of an LHE are sent, and ninety later ones."""
    from recommendations.models import Renaksi

    first = datetime(evaluation.evaluation_year, 6, 1, tzinfo=UTC)
    field = Renaksi._meta.get_field("closed_at")
    return [prepared(field, first + timedelta(days=day)) for day in range(91)]


def _daily_counts(evaluations, size, today):
    from recommendations.models import DailyCount

    field = DailyCount._meta.get_field("day")
    days = [prepared(field, today - timedelta(days=day)) for day in range(COUNTED_DAYS)]
    counts = (size // UNITS, size // UNITS // 2, size // UNITS // 4)
    load(
        DailyCount,
        ("day", "evaluation_id", "lead_unit_id", "countable", "claimed", "verified"),
        (
            (day, evaluation.pk, unit.pk, *counts)
            for evaluation, units in evaluations
            for day in days
            for unit in units
        ),
    )


def _history(today):
    """One entry about each of the first TOLD renaksi, written by the program itself."""
    import uuid

    from recommendations.models import Renaksi
    from sakip.history.write import record_many
    from sakip.models import User

    actor = User.objects.select_related("unit").get(username=OPERATOR)
    at = datetime(today.year, 1, 1, tzinfo=UTC)
    changes = [("status", "in_progress", "submitted")]
    told = Renaksi.objects.filter(pk__lte=TOLD).select_related("recommendation").order_by("pk")
    told = list(told.defer("plan", "follow_up", "recommendation__text"))
    for start in range(0, len(told), STEP):
        record_many(
            actor=actor,
            at=at,
            batch=uuid.uuid4(),
            entries=(("submit", row, changes) for row in told[start : start + STEP]),
        )


def _findings(renaksi):
    """The findings of the consistency checks and the figures, as an installation has kept them."""
    from django.utils.timezone import localdate

    from recommendations.figures import keeping as figures
    from sakip.consistency import keeping
    from sakip.consistency.kept import ChangedScope
    from sakip.consistency.marks import mark_everything
    from sakip.history import version

    mark_everything()
    figures.renew(localdate())
    version.current()
    if renaksi <= CHECKED:
        keeping.renew()
    else:
        ChangedScope.objects.all().delete()
