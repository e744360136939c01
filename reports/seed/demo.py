"""The demo: people of every role, and a second year that shows every status.

All days are counted from `today`. Every status is reached as people would reach it: through the
services and `perform`, each step in the name of a person who may take it.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from performance.models import Indicator
from recommendations.services.evidence import add_evidence
from recommendations.services.quarterly_reports import report_quarter
from recommendations.services.renaksi import write_follow_up
from recommendations.workflow import perform
from reports.seed.source import Loader, read
from sakip.models import User

DEMO = ("demo", "demo-dinas")
FIRST_POSITION = 100  # behind the units of the source document
DAYS_OF_STORY = 120  # days before `today` on which the coordinator entered the plans


@transaction.atomic
def load_demo(*, today: date) -> Counter:
    """Loads the reference data and the source document if they are missing, then the demo.

    The demo is another year of the source document's body, and a second body.
    """
    loader = DemoLoader(today=today)
    for name in ("reference", "source", *DEMO):
        loader.load(read(name))
    return loader.created


def sign_ins() -> list[tuple[User, str]]:
    """Returns the demo people who still have the demo password, and this password."""
    fixtures = [read(name) for name in DEMO]
    usernames = [person["username"] for demo in fixtures for person in demo["people"]]
    people = User.objects.filter(username__in=usernames).select_related("unit")
    password = fixtures[0]["password"]
    rows = [(person, password) for person in people if person.check_password(password)]
    return sorted(rows, key=lambda row: usernames.index(row[0].username))


class DemoLoader(Loader):
    def __init__(self, *, today):
        self.today = today
        self.people = {}
        super().__init__(at=self.moment(DAYS_OF_STORY))

    def load(self, fixture):
        for position, row in enumerate(fixture.get("units", ()), FIRST_POSITION):
            self.unit(position, **row)
        for person in fixture.get("people", ()):
            self.person(fixture["password"], **person)
        super().load(fixture)
        for row in fixture.get("figures", ()):
            self.year_of_figures(**row)

    def moment(self, days_ago, minute=0) -> datetime:
        """Returns 9:00 of that day plus `minute` minutes."""
        day = self.today - timedelta(days=days_ago)
        return timezone.make_aware(datetime.combine(day, time(9)) + timedelta(minutes=minute))

    def person(self, password, *, username, unit, assigned_bodies=(), **fields):
        person, is_new = self.find_or_create(
            User,
            {"username": username},
            password=make_password(password),
            password_chosen_at=self.moment(0),
            unit=self.units[unit],
            email=f"{username}@contoh.example",
            **fields,
        )
        if is_new:
            person.assigned_bodies.set(self.units[code] for code in assigned_bodies)
            self.remember(person)
        self.people[username] = person

    def year_of_figures(self, *, name, **years):
        """Returns the figures of an indicator of the source document, also if it has been moved to another
        objective.
        """
        if indicator := Indicator.objects.filter(name=name).first():
            self.figures(indicator, **years)

    def renaksi(self, recommendation, position, *, due_in_days=None, story=(), **fields):
        if due_in_days is not None:
            fields["due_date"] = self.today + timedelta(days=due_in_days)
        renaksi = super().renaksi(recommendation, position, **fields)
        for number, event in enumerate(story):
            self.tell(renaksi, number, **event)
            renaksi.refresh_from_db()
        return renaksi

    def tell(self, renaksi, number, *, days_ago, by, does, **fields):
        """Runs one event of a renaksi's story. `does` names a method below or a transition."""
        tellers = {
            "write": self._write,
            "add_evidence": add_evidence,
            "report_quarter": self._report_quarter,
        }
        who = {"renaksi": renaksi, "actor": self.people[by], "at": self.moment(days_ago, number)}
        if does in tellers:
            tellers[does](**who, **fields)
        else:
            perform(action=does, **who, **fields)

    def _write(self, *, renaksi, follow_up="", steps=(), **who_and_claim):
        steps = [(text, None) for text in steps]
        version = renaksi.version
        write_follow_up(
            renaksi=renaksi, version=version, follow_up=follow_up, steps=steps, **who_and_claim
        )

    def _report_quarter(self, *, quarters_ago, **fields):
        """`quarters_ago=1` is the last quarter that has ended."""
        quarters = self.today.year * 4 + (self.today.month - 1) // 3 - quarters_ago
        report_quarter(year=quarters // 4, quarter=quarters % 4 + 1, **fields)
