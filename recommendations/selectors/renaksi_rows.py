"""The rows of the renaksi list as they are shown: each with every word it prints."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import Truncator

from recommendations.models import Renaksi, SupportingUnit
from recommendations.models.evaluation import mark_of
from recommendations.models.renaksi import is_overdue, person_problem, renaksi_name
from recommendations.rules.status import STATUS_WORDS
from sakip.converters import addresses_of
from sakip.dates import format_date
from sakip.models import User
from sakip.prepared import Prepared
from sakip.richtext import plain_text
from sakip.selectors.unit_tree import UnitTree

MOST_NAMED = 2  # supporting units; more are counted
EXCERPT_WORDS, EXCERPT_LENGTH = 10, 160
FIELDS = (
    "pk", "recommendation_number", "position", "performance_year", "body", "lead_unit", "person",
    "due_date", "status", "plan", "follow_up", "recommendation__heading",
    "recommendation__component__name", "has_evidence",
)  # fmt: skip


@dataclass(slots=True)
class ListedRenaksi:
    """`place` names the body only for a reader of several; `full_name` always does."""

    pk: int
    url: str
    name: str
    full_name: str
    about: str
    text: str
    lead: str
    support: str
    person: str
    due: str
    days_late: int
    status: str
    tone: str
    has_evidence: bool


ROWS = Prepared(
    lambda keys: (
        Renaksi.objects.order_by()
        .filter(pk__in=keys)
        .with_evidence()
        .values_list(*FIELDS, named=True)
    ),
    plans_once=True,
)
SUPPORT = Prepared(
    lambda keys: SupportingUnit.objects.filter(renaksi__in=keys).values_list("renaksi", "unit"),
    plans_once=True,
)


def listed(keys: list[int], reader: User, today: date, tree: UnitTree) -> Iterator[ListedRenaksi]:
    """Reads and prints the rows with these keys. Two queries, four when somebody is in charge of one."""
    found = ROWS(keys)
    support = defaultdict(list)
    for pk, unit in sorted(SUPPORT(keys), key=lambda pair: tree.ranks[pair[1]]):
        support[pk].append(unit)
    in_charge = {row.person for row in found} - {None}
    people = User.objects.prefetch_related("other_posts").in_bulk(in_charge) if in_charge else {}
    labels = dict(Renaksi.Status.choices)
    with_body = not reader.has_one_body
    address = addresses_of("recommendations:renaksi-detail")
    for row in found:
        full_place = mark_of(tree.names[row.body], row.performance_year)
        place = full_place if with_body else mark_of(None, row.performance_year)
        name = renaksi_name(row.recommendation_number, row.position)
        title = row.recommendation__heading or row.recommendation__component__name or ""
        yield ListedRenaksi(
            pk=row.pk,
            url=address(row.pk),
            name=name,
            full_name=f"{name} · {full_place}",
            about=" · ".join(filter(None, [title, place])),
            text=excerpt(row.plan) or excerpt(row.follow_up),
            lead=tree.names[row.lead_unit],
            support=_support([tree.names[pk] for pk in support[row.pk]]),
            person=_person(people.get(row.person), row, support[row.pk]),
            due=format_date(row.due_date),
            days_late=(today - row.due_date).days
            if is_overdue(row.status, row.due_date, today)
            else 0,
            status=labels[row.status],
            tone=STATUS_WORDS[row.status].tone,
            has_evidence=row.has_evidence,
        )


def excerpt(text: str) -> str:
    """The first words of a rich text."""
    words = plain_text(text).split()
    short = " ".join(words[:EXCERPT_WORDS])
    if len(words) > EXCERPT_WORDS:
        short = f"{short} …"
    return short if len(short) <= EXCERPT_LENGTH else Truncator(short).chars(EXCERPT_LENGTH)


def _support(names):
    if len(names) > MOST_NAMED:
        return f"dan {len(names)} unit pendukung"
    return f"Pendukung: {', '.join(names)}" if names else ""


def _person(person, row, support):
    if person is None:
        return ""
    problem = person_problem(person, row.status, {row.lead_unit, *support})
    return f"{person} ({problem})" if problem else str(person)
