"""What the search of the header finds here: renaksi, recommendations, LHE and evidence.

Registered in `sakip.finding.kinds`; the AppConfig imports this module. Each statement reads few columns of few
rows: a hit needs no records, and the names of units are at hand. Keys come from a `visible_to`.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from recommendations.models import (
    Evaluation,
    Evidence,
    Recommendation,
    RecommendationPoint,
    Renaksi,
)
from recommendations.models.evaluation import mark_of
from recommendations.models.renaksi import DOCUMENT, renaksi_name
from recommendations.permissions import renaksi_policy
from recommendations.selectors import renaksi_paths, search
from recommendations.selectors.renaksi_choices import RenaksiChoices
from recommendations.selectors.renaksi_list import UNNARROWED, address
from sakip.finding.asked import Asked, has, says
from sakip.finding.kinds import (
    MOST_COUNTED,
    FindableKind,
    FoundGroup,
    Hit,
    ViewedRecord,
    Wanted,
    counted,
    register,
    register_record,
)
from sakip.finding.matching import like, saying
from sakip.richtext import plain_text
from sakip.selectors.unit_tree import unit_tree

RENAKSI = FindableKind("renaksi", "Rencana aksi", 1)
RECOMMENDATION = FindableKind("rekomendasi", "Rekomendasi", 2)
LHE = FindableKind("lhe", "LHE", 3)
EVIDENCE = FindableKind("bukti", "Bukti dukung", 5)
LATEST = ("-evaluation__performance_year", "evaluation", "number")
MORE = MOST_COUNTED + 1


def find(user, asked: Asked, wanted: Wanted):
    numbered = _numbered(user, asked.item) if asked.item else None
    if numbered is not None:
        yield from _found_by_number(user, wanted, *numbered)
    else:
        yield from _found_by_words(user, asked, wanted)
    if wanted.has(LHE):
        yield _evaluations(user, asked, wanted)


# ── By number ───────────────────────────────────────────────────────────────────────────────────


def _numbered(user, item):
    """The keys of the renaksi and of the recommendations with this number that the reader may see.

    None when there is none: the text is then looked for as words. The LHE come first, because an index leads
    from them to the number.
    """
    evaluations = Evaluation.objects.order_by("-performance_year", "pk")
    if item.year:
        of_year = Q(performance_year=item.year) | Q(evaluation_year=item.year)
        evaluations = evaluations.filter(of_year)
    if item.body:
        named = unit_tree(user).spelled.items()
        evaluations = evaluations.filter(unit__in=[pk for pk, own in named if has(own, item.body)])
    of_lhe = list(evaluations.values_list("pk", flat=True))
    parents = Recommendation.objects.filter(evaluation__in=of_lhe, number=item.number)
    keys = list(parents.order_by().values_list("pk", flat=True))
    rows = Renaksi.objects.filter(recommendation__in=keys)
    if item.position:
        rows = rows.filter(position=item.position)
    renaksi = _first(_few_visible(rows, user).order_by(*DOCUMENT))
    own = [] if item.position else _first(parents.visible_to(user).order_by(*LATEST))
    return (renaksi, own) if renaksi or own else None


def _first(rows):
    return list(rows.values_list("pk", flat=True)[:MORE])


def _few_visible(rows, user):
    """Those of some renaksi, which are named by key, that the reader may see."""
    if renaksi_policy.allows_all(user, "view"):
        return rows
    return renaksi_policy.filter(rows, user, "view", is_few=True)


def _found_by_number(user, wanted, renaksi, recommendations):
    if wanted.has(RENAKSI):
        hits = _in_order(_renaksi_hits(user, renaksi[: wanted.most]), renaksi)
        yield FoundGroup(RENAKSI, hits, **counted(renaksi), by_number=True)
    if wanted.has(RECOMMENDATION):
        hits = _in_order(
            _recommendation_hits(user, recommendations[: wanted.most]), recommendations
        )
        yield FoundGroup(RECOMMENDATION, hits, **counted(recommendations), by_number=True)


def _in_order(found, keys) -> list[Hit]:
    return [found[key] for key in keys if key in found]


# ── By words ────────────────────────────────────────────────────────────────────────────────────


def _found_by_words(user, asked, wanted):
    of_renaksi, of_recommendations = search.frequent(asked.text)
    if wanted.has(RENAKSI) or wanted.has(EVIDENCE):
        keys, is_all = _worded(user, asked, of_renaksi)
        if wanted.has(RENAKSI):
            more = address(urlencode({"q": asked.text}))
            hits = _in_order(_renaksi_hits(user, keys[: wanted.most]), keys)
            yield FoundGroup(RENAKSI, hits, **counted(keys), more=more)
        if wanted.has(EVIDENCE):
            yield _evidence(user, asked, wanted, keys, is_all)
    if wanted.has(RECOMMENDATION):
        yield _recommendations(user, asked, wanted, of_recommendations)


def _worded(user, asked, is_frequent) -> tuple[list[int], bool]:
    """The visible renaksi with these words in the order of the documents, and whether these are all."""
    few = None if is_frequent else search.keys(asked.text, settings.MOST_COUNTED)
    if few is not None:
        rows = _few_visible(Renaksi.objects.filter(pk__in=few), user).order_by(*DOCUMENT)
        return list(rows.values_list("pk", flat=True)) if few else [], True
    chosen = UNNARROWED | {"text": asked.text}
    offered, today = RenaksiChoices(user), timezone.localdate()
    walk = renaksi_paths.walk(offered, chosen, "number", today, is_frequent=is_frequent)
    keys = [key for key, *_ in walk.keys(0, MORE)]
    return keys, len(keys) < MORE


def _renaksi_hits(user, keys) -> dict[int, Hit]:
    """One query, none without keys."""
    rows = Renaksi.objects.filter(pk__in=keys).values_list(
        *("pk", "recommendation_number", "position", "status", "body", "performance_year"),
        *("plan", "follow_up", "recommendation__text"),
    )
    labels = dict(Renaksi.Status.choices)
    return {
        pk: Hit(
            reverse("recommendations:renaksi-detail", args=[pk]),
            renaksi_name(number, position),
            _place(user, body, year),
            labels[status],
            [plain_text(text) for text in texts],
        )
        for pk, number, position, status, body, year, *texts in (rows if keys else ())
    }


def _place(user, body, year):
    return mark_of(None if user.has_one_body else unit_tree(user).names[body], year)


def _recommendations(user, asked, wanted, is_frequent):
    few = None
    rows = Recommendation.objects.visible_to(user)
    if not is_frequent:
        few = search.keys(asked.text, settings.MOST_COUNTED, search.OF_RECOMMENDATIONS)
    if few is None:
        keys = _first(search.containing(rows, asked.text, "search_words__text").order_by("-pk"))
    else:
        keys = _first(rows.filter(pk__in=few).order_by(*LATEST)) if few else []
    hits = _in_order(_recommendation_hits(user, keys[: wanted.most], asked.words), keys)
    return FoundGroup(RECOMMENDATION, hits, **counted(keys))


def _recommendation_hits(user, keys, words=()) -> dict[int, Hit]:
    """One query, and one for the points where the words stand there; none without keys."""
    columns = Recommendation.objects.filter(pk__in=keys).values_list(
        *("pk", "number", "heading", "component__name", "text"),
        *("evaluation__unit", "evaluation__performance_year"),
    )
    rows = list(columns) if keys else []
    texts = {pk: [plain_text(text)] for pk, *_, text, _, _ in rows}
    if silent := [pk for pk, (text,) in texts.items() if words and not says(text, words)]:
        points = RecommendationPoint.objects.filter(recommendation__in=silent).order_by("position")
        for pk, text in points.values_list("recommendation", "text"):
            texts[pk].append(plain_text(text))
    return {
        pk: Hit(
            reverse("recommendations:recommendation-detail", args=[pk]),
            f"Rekomendasi {number} {heading or component or ''}".strip(),
            _place(user, body, year),
            texts=texts[pk],
        )
        for pk, number, heading, component, _, body, year in rows
    }


def _evaluations(user, asked, wanted):
    """There are few LHE: each word is looked for in the number, the subject, the years and the body."""
    rows = Evaluation.objects.visible_to(user).order_by("-performance_year", "unit__name")
    names = unit_tree(user).spelled
    words = [word for word in asked.words if word != "lhe"]
    for word in words:
        place = Q(unit__in=[pk for pk, own in names.items() if has(own, [word])])
        place |= Q(letter_number__icontains=word) | Q(subject__icontains=word)
        if word.isdigit() and len(word) == 4:
            place |= Q(performance_year=int(word)) | Q(evaluation_year=int(word))
        rows = rows.filter(place)
    columns = ("pk", "unit", "performance_year", "evaluation_year", "letter_number", "subject")
    found = {}
    for row in rows.values_list(*columns) if words else ():
        pk, unit, year, of_work, number, subject = row
        if says(f"{year} {of_work} {number} {subject}{names[unit]}", words):
            found[pk] = row
            if len(found) == MORE:
                break
    hits = [_evaluation_hit(user, *row) for row in list(found.values())[: wanted.most]]
    return FoundGroup(LHE, hits, **counted(list(found)))


def _evaluation_hit(user, pk, unit, year, of_work, number, subject):
    tree = unit_tree(user)
    return Hit(
        reverse("recommendations:evaluation-detail", args=[pk]),
        f"LHE SAKIP {tree.names[unit]} tahun kinerja {year}",
        " · ".join(filter(None, [f"evaluasi {of_work}", number])),
        texts=[subject, tree.units[unit].name if tree.units[unit].short_name else ""],
    )


def _evidence(user, asked, wanted, renaksi, is_all):
    """The words of evidence are among those of its renaksi, so `renaksi` can have it, if they are all.

    If not, they are the first ones, and all that the reader may see is looked through when only evidence is wanted.
    """
    rows = Evidence.objects.filter(is_archived=False)
    if is_all or wanted.code != EVIDENCE.code:
        rows = rows.filter(renaksi__in=renaksi) if renaksi else rows.none()
    else:
        rows, is_all = rows.visible_to(user), True
    texts = ("title", "document_number")
    narrowed = like(rows, asked, *texts).order_by("-pk")
    keys = saying(narrowed.values_list("pk", *texts), asked)
    hits = _in_order(_evidence_hits(user, keys[: wanted.most]), keys)
    count = counted(keys)
    return FoundGroup(EVIDENCE, hits, **(count | {"is_all": is_all and count["is_all"]}))


def _evidence_hits(user, keys) -> dict[int, Hit]:
    rows = Evidence.objects.filter(pk__in=keys).values_list(
        *("pk", "title", "kind", "document_number", "renaksi", "renaksi__recommendation_number"),
        *("renaksi__position", "renaksi__body", "renaksi__performance_year"),
    )
    kinds = dict(Evidence.Kind.choices)
    return {
        pk: Hit(
            f"{reverse('recommendations:renaksi-detail', args=[renaksi])}#daftar-bukti",
            title,
            f"{renaksi_name(*item)} · {_place(user, body, year)}",
            kinds[kind],
            [number],
        )
        for pk, title, kind, number, renaksi, *item, body, year in (rows if keys else ())
    }


# ── What was opened last ────────────────────────────────────────────────────────────────────────


def load_renaksi(user, keys):
    rows = _few_visible(Renaksi.objects.filter(pk__in=keys), user)
    return _renaksi_hits(user, _first(rows.order_by()))


def load_recommendations(user, keys):
    rows = Recommendation.objects.filter(pk__in=keys).visible_to(user)
    return _recommendation_hits(user, _first(rows.order_by()))


def load_evaluations(user, keys):
    rows = Evaluation.objects.filter(pk__in=keys).visible_to(user).order_by()
    columns = ("pk", "unit", "performance_year", "evaluation_year", "letter_number", "subject")
    return {row[0]: _evaluation_hit(user, *row) for row in rows.values_list(*columns)}


register(find, RENAKSI, RECOMMENDATION, LHE, EVIDENCE)
register_record(ViewedRecord("renaksi", "recommendations:renaksi-detail", load_renaksi))
register_record(
    ViewedRecord("rekomendasi", "recommendations:recommendation-detail", load_recommendations)
)
register_record(ViewedRecord("lhe", "recommendations:evaluation-detail", load_evaluations))
