"""The people of the province of `data.make_province`, and what lies on their pages."""

import random
from datetime import UTC, datetime, timedelta

NOTICES, COMMENTS, INDICATORS, REVISIONS = 50, 400, 8, 3
PASSWORD = "rahasia-sekali-1"


def staff() -> None:
    """Adds coordinators, evaluators and an operator of every unit, with proof, history, notices, comments,
    requests for more time and indicators, and counts the findings, so that each list has several pages.
    """
    from recommendations.models import Renaksi
    from sakip.consistency import keeping

    chance = random.Random(1)
    people = _people()
    renaksi = list(Renaksi.objects.select_related("recommendation__evaluation").order_by("pk"))
    _proof(renaksi)
    _history(renaksi, people, chance)
    _notices(renaksi, people)
    _requests(renaksi, people)
    _discussed(renaksi, people)
    _decisions(renaksi)
    _indicators()
    keeping.renew()


def _people() -> dict:
    """The people by the key of their unit: the operators of every unit."""
    from django.contrib.auth.hashers import make_password

    from sakip.models import Unit, User

    province = Unit.objects.get(parent=None)
    office = Unit.objects.create(
        name="Inspektorat", parent=province, kind="inspectorate", code="inspektorat"
    )
    bodies = list(Unit.objects.filter(parent=province, kind="body").order_by("pk"))
    password = make_password(PASSWORD)

    def person(username, role, unit, **fields):
        return User(
            username=username, name=username, role=role, unit=unit, password=password, **fields
        )

    parts = list(Unit.objects.filter(parent__in=bodies).order_by("pk"))
    people = User.objects.bulk_create(
        [
            person("koordinator-provinsi", "coordinator", province),
            person("evaluator", "evaluator", office, evaluates_all=True),
            *(person(f"koordinator-{body.pk}", "coordinator", body) for body in bodies[1:]),
            person("koordinator", "coordinator", bodies[0]),
            person("operator", "operator", parts[0]),
            *(person(f"operator-{unit.pk}", "operator", unit) for unit in parts[1:]),
        ]
    )
    return {one.unit_id: one for one in people}


def _proof(renaksi):
    from recommendations.models import Evidence

    Evidence.objects.bulk_create(
        (
            Evidence(renaksi=row, kind="separate", title="Laporan", document_number=str(row.pk))
            for row in renaksi
            if row.pk % 4 and row.status != "open"
        ),
        batch_size=5000,
    )


def _history(renaksi, people, chance):
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone

    from recommendations.models import Renaksi
    from sakip.history.entries import HistoryEntry

    kind, now = ContentType.objects.get_for_model(Renaksi), timezone.now()
    entries = (
        HistoryEntry(
            at=now - timedelta(minutes=chance.randint(1, 1_000_000)),
            actor=people[row.lead_unit_id],
            action="edit_follow_up",
            content_type=kind,
            object_id=row.pk,
            body_id=row.recommendation.evaluation.unit_id,
            label=f"Renaksi {row.recommendation.number}.a",
            changes=[["follow_up", "", "Sudah dianalisis."]],
        )
        for row in renaksi
        for _ in range(REVISIONS)
    )
    HistoryEntry.objects.bulk_create(entries, batch_size=5000)


def _notices(renaksi, people):
    from recommendations.models import Notice

    now = datetime(2026, 6, 1, tzinfo=UTC)
    rows = (
        Notice(
            person=person,
            renaksi=renaksi[(at * NOTICES + number) % len(renaksi)],
            kind="returned",
            text="Renaksi dikembalikan.",
            key=f"uji-{number}",
            created_at=now - timedelta(hours=number),
            read_at=now if number % 2 else None,
        )
        for at, person in enumerate(people.values())
        for number in range(NOTICES * (20 if person.role == "coordinator" else 1))
    )
    Notice.objects.bulk_create(rows, batch_size=5000)


def _requests(renaksi, people):
    from recommendations.models import ExtensionRequest

    asked = datetime(2026, 6, 1, tzinfo=UTC)
    rows = (
        ExtensionRequest(
            renaksi=row,
            old_date=row.due_date,
            new_date=row.due_date + timedelta(days=60),
            reason="Data belum lengkap.",
            requested_by=people[row.lead_unit_id],
            requested_at=asked,
            decision="pending" if row.pk % 2 else "granted",
            decided_at=None if row.pk % 2 else asked,
        )
        for row in renaksi
        if row.status == "open" and row.pk % 5 < 2
    )
    ExtensionRequest.objects.bulk_create(rows, batch_size=5000)


def _discussed(renaksi, people):
    """Gives the last renaksi hundreds of comments, pieces of evidence and decisions."""
    from recommendations.models import Comment, Evidence, ReviewDecision

    row, now = renaksi[-1], datetime(2026, 6, 1, tzinfo=UTC)
    person = people[row.lead_unit_id]
    several = range(COMMENTS)
    Comment.objects.bulk_create(
        Comment(
            renaksi=row, author=person, text="Sudah.", written_at=now + timedelta(minutes=number)
        )
        for number in several
    )
    Evidence.objects.bulk_create(
        Evidence(renaksi=row, kind="separate", title=f"Notula {number}", position=number + 1)
        for number in several
    )
    ReviewDecision.objects.bulk_create(
        ReviewDecision(
            renaksi=row,
            evaluator=person,
            decided_at=now + timedelta(minutes=number),
            outcome="returned",
            reason="incomplete",
            note="Lengkapi.",
        )
        for number in several
    )


def _decisions(renaksi):
    """The evaluator has judged every twentieth."""
    from recommendations.models import ReviewDecision
    from sakip.models import User

    evaluator, now = User.objects.get(username="evaluator"), datetime(2026, 2, 1, tzinfo=UTC)
    ReviewDecision.objects.bulk_create(
        (
            ReviewDecision(
                renaksi=row,
                evaluator=evaluator,
                decided_at=now + timedelta(minutes=at),
                outcome="returned",
                reason="incomplete",
                note=f"Lengkapi nomor {at % 100}.",
            )
            for at, row in enumerate(renaksi[::20])
        ),
        batch_size=5000,
    )


def _indicators():
    from performance.models import Indicator, Objective, Realisation
    from sakip.models import Unit

    for body in Unit.objects.filter(kind="body"):
        objective = Objective.objects.create(unit=body, number=1)
        indicators = Indicator.objects.bulk_create(
            Indicator(
                objective=objective,
                owner_unit=body,
                number=number,
                name=f"Indikator {number}",
                measure="Persentase",
            )
            for number in range(1, INDICATORS + 1)
        )
        Realisation.objects.bulk_create(
            Realisation(indicator=indicator, year=year, value=80 + year % 10)
            for indicator in indicators
            for year in range(2021, 2026)
        )
