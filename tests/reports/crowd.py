"""As many rows as wanted for every report at once, with one text wherever a person may type."""

from datetime import date
from decimal import Decimal

from django.db import connection

from performance.models import Indicator, Objective, ObjectiveSource, Realisation, Target
from recommendations.models import (
    Evidence,
    EvidenceRevision,
    QuarterlyReport,
    Recommendation,
    RecommendationPoint,
    Renaksi,
)
from tests import factories

YEAR, MANY = 2023, 100
DUE = date(2023, 8, 1)


def fill(evaluation, count, uploader, *, text="Isi", lhe="", units=None, first=1):
    """`count` recommendations with a point, a renaksi of a unit, an evidence file and a quarterly
    report each, and as many indicators with a target. Without `units` each renaksi has its own; `lhe` is what the
    LHE itself says, where that is another text."""
    numbers = range(first, first + count)
    recommendations = Recommendation.objects.bulk_create(
        Recommendation(
            evaluation=evaluation,
            number=number,
            heading=(lhe or text)[:120],
            text=f"<p>{lhe or text}</p>",
            follow_up_lead=f"<p>{lhe or text}</p>",
        )
        for number in numbers
    )
    points = RecommendationPoint.objects.bulk_create(
        RecommendationPoint(recommendation=row, position=1, text=f"<p>{lhe or text}</p>")
        for row in recommendations
    )
    leads = units or bureaus(evaluation.unit, numbers, text)
    renaksi = Renaksi.objects.bulk_create(
        Renaksi(
            recommendation=row,
            point=point,
            position=1,
            plan=f"<p>{text}</p>",
            follow_up=f"<p>{text}</p>",
            lead_unit=leads[at % len(leads)],
            due_date=DUE,
            status=("open", "submitted", "done", "returned")[at % 4],
        )
        for at, (row, point) in enumerate(zip(recommendations, points, strict=True))
    )
    prove(renaksi, uploader, text)
    measure(evaluation.unit, leads[0], numbers, text)
    if (
        count >= MANY
    ):  # a running database gathers statistics by itself, but not within a transaction
        connection.cursor().execute("ANALYZE")


def bureaus(body, numbers, text):
    return [
        factories.make_unit(f"{number} {text}"[:200], parent=body)
        for number in numbers  # a tree node cannot be created in bulk
    ]


def prove(renaksi, uploader, text):
    evidence = Evidence.objects.bulk_create(
        Evidence(
            renaksi=row,
            kind="file",
            title=text[:200],
            caption=text[:300],
            document_number=text[:120],
            document_date=DUE,
            page_hint=text[:60],
        )
        for row in renaksi
    )
    EvidenceRevision.objects.bulk_create(
        EvidenceRevision(
            evidence=row,
            number=1,
            file="bukti/x.pdf",
            original_name=text[:200],
            content_type="application/pdf",
            size=1,
            sha256="0a" * 32,
            uploaded_by=uploader,
        )
        for row in evidence
    )
    QuarterlyReport.objects.bulk_create(
        QuarterlyReport(
            renaksi=row,
            year=YEAR,
            quarter=3,
            progress=60,
            supporting_factors=text,
            hindering_factors=text,
            problems=text,
            solutions=text,
            efforts=text,
            budget_adjustment=text,
        )
        for row in renaksi
    )


def measure(body, owner, numbers, text):
    objective = Objective.objects.filter(unit=body).first()
    if objective is None:
        objective = Objective.objects.create(unit=body, number=1, name=text[:300])
        ObjectiveSource.objects.create(objective=objective, year=YEAR, text=text[:300])
    indicators = Indicator.objects.bulk_create(
        Indicator(
            objective=objective,
            number=number,
            name=f"{number} {text}"[:300],
            measure=text[:40],
            owner_unit=owner,
            polarity="lower" if number % 2 else "higher",
        )
        for number in numbers
    )
    for year in (YEAR - 1, YEAR):
        Realisation.objects.bulk_create(
            Realisation(
                indicator=row,
                year=year,
                value=Decimal(year),
                mark=text[:5],
                footnote=text[:300],
                annotation=text[:100],
            )
            for row in indicators
        )
        Target.objects.bulk_create(
            Target(indicator=row, year=year, value=Decimal(year), high=Decimal(year + 1))
            for row in indicators
        )
