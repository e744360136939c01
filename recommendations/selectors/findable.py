"""What the search of the header finds here: renaksi, recommendations, LHE and evidence.

Registered in `sakip.finding.kinds`; the AppConfig imports this module.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from recommendations.models import Evaluation, Evidence, Recommendation, Renaksi
from recommendations.models.renaksi import DOCUMENT
from recommendations.permissions import renaksi_policy
from recommendations.selectors import renaksi_paths, search
from recommendations.selectors.renaksi_choices import RenaksiChoices
from recommendations.selectors.renaksi_list import UNNARROWED, address
from sakip.finding.asked import Asked, says
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
from sakip.richtext import plain_text
from sakip.selectors.unit_tree import unit_tree

RENAKSI = FindableKind("renaksi", "Rencana aksi", 1)
RECOMMENDATION = FindableKind("rekomendasi", "Rekomendasi", 2)
LHE = FindableKind("lhe", "LHE", 3)
EVIDENCE = FindableKind("bukti", "Bukti dukung", 5)
LATEST = ("-evaluation__performance_year", "evaluation", "number")
# So many of the newest pieces are looked through for words that nearly every renaksi has.
MOST_TRIED = 2_000


def find(user, asked: Asked, wanted: Wanted):
    numbered = _numbered(user, asked) if asked.item else None
    if numbered is not None:
        yield from _found_by_number(user, wanted, *numbered)
    else:
        yield from _found_by_words(user, asked, wanted)
    if wanted.has(LHE):
        yield _evaluations(user, asked, wanted)


# ── By number ───────────────────────────────────────────────────────────────────────────────────


def _numbered(user, asked):
    """The keys of the renaksi and of the recommendations with this number that the reader may see.

    None when there is none: the text is then looked for as words.
    """
    item = asked.item
    parents = Recommendation.objects.filter(number=item.number)
    if item.year:
        of_year = Q(evaluation__performance_year=item.year)
        parents = parents.filter(of_year | Q(evaluation__evaluation_year=item.year))
    if item.body:
        parents = parents.filter(evaluation__unit__in=_bodies(user, item.body))
    keys = list(parents.order_by(*LATEST).values_list("pk", flat=True))
    rows = Renaksi.objects.filter(recommendation__in=keys)
    if item.position:
        rows = rows.filter(position=item.position)
    renaksi = list(rows.visible_to(user).order_by(*DOCUMENT).values_list("pk", flat=True)[:_MORE])
    seen = Recommendation.objects.filter(pk__in=keys).visible_to(user)
    own = [] if item.position else list(seen.order_by(*LATEST).values_list("pk", flat=True)[:_MORE])
    return (renaksi, own) if renaksi or own else None


def _bodies(user, words):
    """The units whose names have these words, by key. No query once the units are read."""
    tree = unit_tree(user)
    return [pk for pk, unit in tree.units.items() if says(_names(unit), words)]


def _names(unit):
    return f"{unit.name} {unit.short_name}"


def _found_by_number(user, wanted, renaksi, recommendations):
    if wanted.has(RENAKSI):
        hits = _renaksi_hits(user, renaksi[: wanted.most])
        yield FoundGroup(RENAKSI, hits, **counted(renaksi), by_number=True)
    if wanted.has(RECOMMENDATION):
        hits = _recommendation_hits(user, recommendations[: wanted.most])
        yield FoundGroup(RECOMMENDATION, hits, **counted(recommendations), by_number=True)


# ── By words ────────────────────────────────────────────────────────────────────────────────────


def _found_by_words(user, asked, wanted):
    if wanted.has(RENAKSI) or wanted.has(EVIDENCE):
        few = search.keys(asked.text, settings.MOST_COUNTED)
        visible = None if few is None else _visible(user, few)
        if wanted.has(RENAKSI):
            yield _renaksi(user, asked, wanted, visible)
        if wanted.has(EVIDENCE):
            yield _evidence(user, asked, wanted, visible)
    if wanted.has(RECOMMENDATION):
        yield _recommendations(user, asked, wanted)


def _visible(user, keys):
    """Those of a few renaksi that the reader may see, in the order of the documents."""
    rows = Renaksi.objects.filter(pk__in=keys).visible_to(user) if keys else Renaksi.objects.none()
    return list(rows.order_by(*DOCUMENT).values_list("pk", flat=True))


def _renaksi(user, asked, wanted, visible):
    if visible is None:
        chosen = UNNARROWED | {"text": asked.text}
        walk = renaksi_paths.walk(RenaksiChoices(user), chosen, "number", timezone.localdate())
        visible = [key for key, *_ in walk.keys(0, _MORE)]
    more = address(urlencode({"q": asked.text}))
    hits = _renaksi_hits(user, visible[: wanted.most])
    return FoundGroup(RENAKSI, hits, **counted(visible), more=more)


def _renaksi_hits(user, keys) -> list[Hit]:
    found = _load_renaksi(user, keys)
    return [found[key] for key in keys if key in found]


def _load_renaksi(user, keys) -> dict[int, Hit]:
    """`keys` of which some may not be visible, or may be gone. One query."""
    if not keys:
        return {}
    rows = Renaksi.objects.filter(pk__in=keys).visible_to(user)
    rows = rows.select_related("recommendation__component", "recommendation__evaluation__unit")
    return {row.pk: _renaksi_hit(user, row) for row in rows}


def _renaksi_hit(user, row):
    parent = row.recommendation
    texts = (plain_text(text) for text in (row.plan, row.follow_up, parent.text))
    return Hit(
        row.get_absolute_url(),
        str(row),
        row.place_for(user),
        row.get_status_display(),
        (*texts, parent.title),
    )


def _recommendations(user, asked, wanted):
    few = search.keys(asked.text, settings.MOST_COUNTED, search.OF_RECOMMENDATIONS)
    rows = Recommendation.objects.visible_to(user)
    if few is None:
        rows = search.containing(rows, asked.text, "search_words__text").order_by("-pk")
    else:
        rows = rows.filter(pk__in=few).order_by(*LATEST)
    keys = [] if few == [] else list(rows.values_list("pk", flat=True)[:_MORE])
    return FoundGroup(
        RECOMMENDATION, _recommendation_hits(user, keys[: wanted.most]), **counted(keys)
    )


def _recommendation_hits(user, keys) -> list[Hit]:
    found = _load_recommendations(user, keys)
    return [found[key] for key in keys if key in found]


def _load_recommendations(user, keys) -> dict[int, Hit]:
    if not keys:
        return {}
    rows = Recommendation.objects.filter(pk__in=keys).visible_to(user)
    rows = rows.select_related("component", "evaluation__unit").prefetch_related("points")
    return {
        row.pk: Hit(
            row.get_absolute_url(),
            str(row),
            row.place_for(user),
            texts=[plain_text(part.text) for part in (row, *row.points.all())],
        )
        for row in rows
    }


def _evaluations(user, asked, wanted):
    """There are few LHE, so each word is compared with those of the number, the body and the years."""
    rows = Evaluation.objects.visible_to(user).order_by("-performance_year", "unit__name")
    columns = ("pk", "letter_number", "subject", "performance_year", "evaluation_year", "unit_id")
    names, keys = unit_tree(user).units, []
    words = [word for word in asked.words if word != "lhe"]
    for pk, number, subject, year, of_work, unit in rows.values_list(*columns):
        if words and says(f"{number} {subject} {year} {of_work} {_names(names[unit])}", words):
            keys.append(pk)
    found = _load_evaluations(user, keys[: wanted.most])
    hits = [found[key] for key in keys[: wanted.most] if key in found]
    return FoundGroup(LHE, hits, **counted(keys[:_MORE]))


def _load_evaluations(user, keys) -> dict[int, Hit]:
    if not keys:
        return {}
    rows = Evaluation.objects.filter(pk__in=keys).visible_to(user).select_related("unit")
    return {
        row.pk: Hit(
            row.get_absolute_url(),
            str(row),
            " · ".join(filter(None, [f"evaluasi {row.evaluation_year}", row.letter_number])),
            texts=[row.subject, row.unit.name if row.unit.short_name else ""],
        )
        for row in rows
    }


def _evidence(user, asked, wanted, visible):
    """The words of evidence are among those of its renaksi: `visible` are all that can have it, None is many."""
    rows = Evidence.objects.filter(is_archived=False)
    if visible is not None:
        rows = rows.filter(renaksi__in=visible) if visible else rows.none()
    elif renaksi_policy.allows_all(user, "view"):
        newest = Evidence.objects.order_by("-pk").values("pk")[:MOST_TRIED]
        rows = rows.filter(pk__gte=min((row["pk"] for row in newest), default=0))
    else:
        rows = rows.visible_to(user)
    columns = ("pk", "title", "document_number")
    keys = []
    for pk, title, number in rows.order_by("-pk").values_list(*columns).iterator():
        if says(f"{title} {number}", asked.words):
            keys.append(pk)
            if len(keys) == _MORE:
                break
    is_all = visible is not None and len(keys) < _MORE
    hits = _evidence_hits(user, keys[: wanted.most])
    return FoundGroup(EVIDENCE, hits, count=min(len(keys), MOST_COUNTED), is_all=is_all)


def _evidence_hits(user, keys) -> list[Hit]:
    if not keys:
        return []
    rows = Evidence.objects.filter(pk__in=keys).visible_to(user)
    parents = "renaksi__recommendation"
    rows = rows.select_related(f"{parents}__component", f"{parents}__evaluation__unit")
    return [
        Hit(
            f"{row.get_absolute_url()}#daftar-bukti",
            row.title,
            row.renaksi.named_for(user),
            row.get_kind_display(),
            [row.document_number],
        )
        for row in rows.order_by("-pk")
    ]


_MORE = MOST_COUNTED + 1

register(find)
register_record(ViewedRecord("renaksi", "recommendations:renaksi-detail", _load_renaksi))
register_record(
    ViewedRecord("rekomendasi", "recommendations:recommendation-detail", _load_recommendations)
)
register_record(ViewedRecord("lhe", "recommendations:evaluation-detail", _load_evaluations))
