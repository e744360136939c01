"""The history of all records that a person may see (riwayat)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, Model, OuterRef, Q, Value, When
from django.utils import timezone

from performance.models import Indicator, Objective
from recommendations.models import Evaluation, Recommendation, Renaksi, Rubric
from recommendations.permissions import renaksi_policy
from reports.models import IssuedReport, TelaahStaf, WordTemplate
from sakip.converters import addresses_of
from sakip.history.entries import HistoryEntry
from sakip.history.links import HistoryCheck
from sakip.history.searching import Rows, pattern
from sakip.history.sentences import tell, tell_many, tell_number
from sakip.models import Letterhead, Official, Post, Unit, User
from sakip.naming import PlacedName
from sakip.numbers import format_number
from sakip.prepared import Prepared
from sakip.selectors.unit_tree import unit_tree

SHOWN = 5  # entries of an act that stand below its sentence; one with more has pages of its own
MOST_TOLD = 50  # entries of an act that are counted


@dataclass(frozen=True)
class RecordKind:
    """A kind of record with a history: who may see it (a queryset), and the page of each record.

    `year` is the lookup path to the performance year of its evaluation, "" when it has none.
    """

    model: type[Model]
    visible: Callable
    url_name: str
    year: str = ""

    @property
    def label(self):
        name = str(self.model._meta.verbose_name)
        return name[:1].upper() + name[1:]


def _renaksi(user):
    """Each of the few that are asked for is tried, instead of listing all that the user reaches."""
    return renaksi_policy.filter(Renaksi.objects.all(), user, "view", is_few=True)


def _letterheads(user):
    return Letterhead.objects.filter(unit__in=Unit.objects.editable_by(user))


KINDS = {
    "renaksi": RecordKind(
        Renaksi,
        _renaksi,
        "recommendations:renaksi-detail",
        "recommendation__evaluation__performance_year",
    ),
    "rekomendasi": RecordKind(
        Recommendation,
        Recommendation.objects.visible_to,
        "recommendations:recommendation-detail",
        "evaluation__performance_year",
    ),
    "evaluasi": RecordKind(
        Evaluation, Evaluation.objects.visible_to, "recommendations:evaluation-detail"
    ),
    "indikator": RecordKind(
        Indicator, Indicator.objects.visible_to, "performance:indicator-detail"
    ),
    "sasaran": RecordKind(Objective, Objective.objects.visible_to, "performance:objective-detail"),
    "telaah-staf": RecordKind(
        TelaahStaf, TelaahStaf.objects.visible_to, "reports:telaah-staf-detail"
    ),
    "templat-word": RecordKind(
        WordTemplate, WordTemplate.objects.visible_to, "reports:word-template-detail"
    ),
    "laporan-terbit": RecordKind(
        IssuedReport, IssuedReport.objects.visible_to, "reports:issued-detail"
    ),
    "rubrik": RecordKind(Rubric, Rubric.objects.visible_to, "recommendations:rubric-detail"),
    "unit": RecordKind(Unit, Unit.objects.editable_by, "sakip:unit-edit"),
    "pengguna": RecordKind(User, User.objects.manageable_by, "sakip:user-edit"),
    "pejabat": RecordKind(Official, Official.objects.visible_to, "sakip:official-edit"),
    "kop-surat": RecordKind(Letterhead, _letterheads, "sakip:letterhead-edit"),
}


def last_check(user) -> HistoryCheck | None:
    """What the last `verify_history` found, for those who answer for the whole province."""
    return LAST_CHECK.first() if user.governs_province else None


LAST_CHECK = Prepared(lambda: HistoryCheck.objects.all()[:1])


def kinds_of(chosen) -> list[RecordKind]:
    """The kinds of records that the form asks for; `chosen` is its cleaned data."""
    return [KINDS[chosen["jenis"]]] if chosen["jenis"] else list(KINDS.values())


def people_named(name: str) -> list[int]:
    """The keys of those who are meant by a part of a name and have done anything."""
    people = User.objects.filter(Q(name__icontains=name) | Q(username__icontains=name))
    has_acted = Exists(HistoryEntry.objects.filter(actor=OuterRef("pk")).order_by())
    return list(people.filter(has_acted).order_by().values_list("pk", flat=True))


def _condition(chosen) -> Q:
    condition = Q()
    if name := chosen["orang"]:
        # Their keys, not a subquery: PostgreSQL would ask for the people again for each entry.
        found = people_named(name)
        condition &= Q(actor=found[0]) if len(found) == 1 else Q(actor__in=found)
    if chosen["jenis"] and chosen["data"]:
        condition &= Q(object_id=chosen["data"])
    if batch := chosen["sekali"]:
        condition &= Q(batch=batch)
    if body := chosen["unit"]:
        condition &= Q(body=body)
    if action := chosen["tindakan"]:
        condition &= Q(action=action)
    if start := chosen["dari"]:
        condition &= Q(at__gte=_midnight(start))
    if end := chosen["sampai"]:
        condition &= Q(at__lt=_midnight(end + timedelta(days=1)))
    if text := chosen["teks"]:
        words = Q(label__icontains=text) | Q(note__icontains=text)
        condition &= words | _changes_saying(text, kinds_of(chosen))
    return condition


def _changes_saying(text, kinds) -> Q:
    condition, types = Q(), _types(kinds)
    for model, content_type in types.items():
        found = Q(rows__iregex=pattern(model, text))
        condition |= Q(content_type=content_type) & found
    return condition


def _types(kinds):
    return ContentType.objects.get_for_models(*(kind.model for kind in kinds))


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def matching(chosen):
    """The entries that the form asks for, whoever may see them; `chosen` is the cleaned data of a HistoryFilter."""
    rows = HistoryEntry.objects.all()
    if chosen["jenis"]:
        rows = rows.filter(content_type__in=_types(kinds_of(chosen)).values())
    if chosen["teks"]:
        rows = rows.alias(rows=Rows("changes"))
    return rows.filter(_condition(chosen))


def entries_for(user, chosen):
    """Those of them that `user` may see, newest first."""
    kinds = kinds_of(chosen)
    types = _types(kinds)
    # A Case, because no index supports it: the database then reads the newest rows until a page is
    # full. With an index on the records, it would collect and sort the whole history.
    seen = Case(
        *(
            When(
                Exists(found.filter(pk=OuterRef("object_id"))),
                content_type=types[kind.model],
                then=True,
            )
            for kind in kinds
            if not (found := kind.visible(user).order_by()).query.is_empty()
        ),
        default=Value(False),
    )
    return matching(chosen).alias(seen=seen).filter(seen=True)


def acts(parts, reader) -> list[dict]:
    """Returns for each act the sentences with links about it. Always the same few queries.

    `parts` are the newest entries of each, as of `Acts`. Up to SHOWN entries are told one by one, more are counted.
    """
    shown = [pk for rows in parts for pk, *_ in _shown(rows)]
    told, kinds = tell_each(shown, reader), kinds_by_type()
    return [_act([told[pk] for pk, *_ in _shown(rows)], rows, kinds) for rows in parts]


def _shown(rows):
    return rows if len(rows) <= SHOWN else rows[:1]


def tell_each(pks, reader) -> dict[int, dict]:
    """What the page says about each of these entries, by its key. Always the same few queries."""
    kinds = kinds_by_type()
    found = {entry.pk: entry for entry in ENTRIES(list(pks))}
    _give_actors(found.values())
    places = _places(found.values(), kinds, reader)
    address = cache(addresses_of)
    rows = {}
    for pk in pks:
        entry, place = found[pk], places[pk]
        url = address(kinds[entry.content_type_id].url_name)(entry.object_id)
        sentence = _placed(tell(entry), place)
        rows[pk] = {"entry": entry, "sentence": sentence, "url": url, "place": place}
    return rows


def _give_actors(entries):
    """What `with_actor()` does: a few people have done them all."""
    keys = sorted({entry.actor_id for entry in entries} - {None})
    people = {person.pk: person for person in ACTORS(keys)}
    for entry in entries:
        entry.actor = people.get(entry.actor_id)
        entry.has_several_posts = bool(entry.actor and entry.actor.has_several_posts)


ENTRIES = Prepared(lambda keys: HistoryEntry.objects.filter(pk__in=keys).order_by())
ACTORS = Prepared(
    lambda keys: (
        User.objects.filter(pk__in=keys)
        .annotate(has_several_posts=Exists(Post.objects.filter(person=OuterRef("pk"))))
        .order_by()
    )
)


def kinds_by_type():
    return {ContentType.objects.get_for_model(kind.model).pk: kind for kind in KINDS.values()}


def _places(entries, kinds, reader) -> dict[int, str]:
    """Body and year of the record of each entry, as in “Dinas Pariwisata · LHE 2023”, by its key.

    Empty when the name already says so. The body is left out for a reader of one body. One query for
    each kind that has a year.
    """
    years = {}
    for pk, kind in kinds.items():
        keys = {entry.object_id for entry in entries if entry.content_type_id == pk}
        if keys and kind.year:
            years[pk] = dict(_years(kind.model, kind.year)(sorted(keys)))
    found, bodies = {}, unit_tree(reader).names
    for entry in entries:
        is_placed = issubclass(kinds[entry.content_type_id].model, PlacedName)
        body = bodies.get(entry.body_id) if is_placed and not reader.has_one_body else None
        year = years.get(entry.content_type_id, {}).get(entry.object_id)
        found[entry.pk] = " · ".join(filter(None, [body, year and f"LHE {year}"]))
    return found


@cache
def _years(model, year) -> Prepared:
    return Prepared(
        lambda keys: model.objects.filter(pk__in=keys).values_list("pk", year).order_by()
    )


def _placed(sentence, place):
    return replace(sentence, what=f"{sentence.what} · {place}") if place else sentence


def _act(told, parts, kinds):
    """`told` are the entries that are shown, `parts` those that are counted."""
    if len(parts) == 1:
        return {**told[0], "rows": []}
    entries = [row["entry"] for row in told]
    names = {kinds[kind].model._meta.verbose_name for _, _, kind, *_ in parts}
    noun = names.pop() if len(names) == 1 else "data"
    if len(parts) > len(told):
        sentence = _folded(entries[0], parts, noun)
        return {"entry": entries[0], "sentence": sentence, "url": "", "is_folded": True}
    places = {row["place"] for row in told}
    sentence = _placed(tell_many(entries, noun), places.pop() if len(places) == 1 else "")
    return {"entry": entries[0], "sentence": sentence, "url": "", "rows": told}


def _folded(entry, parts, noun):
    """The sentence of an act of which not all entries were read: it says only what holds for those counted."""
    records = {row[2:4] for row in parts}
    same_action = len({action for _, action, *_ in parts}) == 1
    if len(records) == 1 or not same_action:
        return tell_number(entry, _count(parts), "tindakan", is_mixed=True)
    return tell_number(entry, _count(parts), noun)


def _count(parts):
    """“12” or “lebih dari 50”."""
    words = format_number(min(len(parts), MOST_TOLD), 0)
    return f"lebih dari {words}" if len(parts) > MOST_TOLD else words
