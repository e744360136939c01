"""What lies on the pages of the province of `province.make_province` beside its renaksi."""

from datetime import UTC, datetime, timedelta

NOTICES, PEOPLE, INDICATORS, DISCUSSED = 1_000, 300, 8, 400
ASKED = 10  # one in so many open renaksi asks for more time, but no more than
MOST_ASKED = 5_000
AT = datetime(2026, 6, 1, tzinfo=UTC)
STEP = 5_000


def furnish() -> None:
    """Adds people, notices, requests for more time, indicators, and one renaksi with hundreds of comments,
    pieces of evidence and decisions, so that every list has several pages."""
    _people()
    _notices()
    _requests()
    _discussed()
    _indicators()


def _people():
    from sakip.models import Unit, User

    units = list(Unit.objects.filter(kind="field").order_by("pk"))
    User.objects.bulk_create(
        User(username=f"operator-{at}", name=f"Operator {at}", role="operator", unit=unit)
        for at, unit in zip(range(PEOPLE), units, strict=False)
    )


def _notices():
    """For each person who visits the pages; every second one is read."""
    from recommendations.models import Notice, Renaksi
    from sakip.models import User

    keys = list(Renaksi.objects.order_by("pk").values_list("pk", flat=True)[:NOTICES])
    people = User.objects.exclude(username__startswith="operator-").exclude(role="")
    Notice.objects.bulk_create(
        (
            Notice(
                person=person,
                renaksi_id=keys[number % len(keys)],
                kind="returned",
                text="Renaksi dikembalikan.",
                key=f"uji-{number}",
                created_at=AT - timedelta(hours=number),
                read_at=AT if number % 2 else None,
            )
            for person in people
            for number in range(NOTICES)
        ),
        batch_size=STEP,
    )


def _requests():
    from recommendations.models import ExtensionRequest, Renaksi
    from sakip.models import User

    person = User.objects.get(username="operator")
    rows = Renaksi.objects.filter(status="open", due_date__isnull=False).order_by("pk")
    dates = rows.values_list("pk", "due_date")[: MOST_ASKED * ASKED]
    ExtensionRequest.objects.bulk_create(
        (
            ExtensionRequest(
                renaksi_id=pk,
                old_date=due,
                new_date=due + timedelta(days=60),
                reason="Data belum lengkap.",
                requested_by=person,
                requested_at=AT + timedelta(minutes=at),
            )
            for at, (pk, due) in enumerate(dates)
            if at % ASKED == 0
        ),
        batch_size=STEP,
    )


def _discussed():
    from recommendations.models import Comment, Evidence, Renaksi, ReviewDecision
    from sakip.models import User

    row, person = Renaksi.objects.latest("pk"), User.objects.get(username="evaluator")
    several = range(DISCUSSED)
    Comment.objects.bulk_create(
        Comment(
            renaksi=row, author=person, text="Sudah.", written_at=AT + timedelta(minutes=number)
        )
        for number in several
    )
    Evidence.objects.bulk_create(
        Evidence(renaksi=row, kind="separate", title=f"Notula {number}", position=number + 2)
        for number in several
    )
    ReviewDecision.objects.bulk_create(
        ReviewDecision(
            renaksi=row,
            evaluator=person,
            decided_at=AT + timedelta(minutes=number),
            outcome="returned",
            reason="incomplete",
            note="Lengkapi.",
        )
        for number in several
    )


def _indicators():
    from performance.models import Indicator, Objective, Realisation
    from sakip.models import Unit

    for body in Unit.objects.filter(kind="dinas"):
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
