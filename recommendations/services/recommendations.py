"""Writes recommendations with their points, and the notes on them."""

import uuid
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import F

from recommendations.models import (
    Evaluation,
    Note,
    NotePhoto,
    Recommendation,
    RecommendationPoint,
)
from recommendations.permissions import evaluation_policy, recommendation_policy
from recommendations.selectors import search
from recommendations.transitions import WORKABLE
from sakip.editing import StaleEdit, digest, require_version
from sakip.errors import WrongState, require, still_there
from sakip.history.entries import HistoryEntry
from sakip.history.words import about, part_code
from sakip.history.write import record
from sakip.numbers import list_letter
from sakip.richtext import plain_text
from sakip.uploads.serving import remove_after_commit
from sakip.writing import raise_version, write, write_part

# Two points may never have the same position; so before sorting, all get a position above this.
OUT_OF_THE_WAY = 10_000
IMAGE = NotePhoto._meta.get_field("image")


def next_number(evaluation) -> int:
    return evaluation.last_number + 1


def deleted_numbers(evaluation) -> set[int]:
    """Returns the numbers of deleted recommendations, which must not be used again. One query."""
    entries = HistoryEntry.objects.about(evaluation).filter(action="delete_recommendation")
    return {int(changes[0][1]) for changes in entries.values_list("changes", flat=True)}


@transaction.atomic
def create_recommendation(
    *, evaluation, actor, at, number, points: Sequence[dict] = (), batch=None, **fields
) -> Recommendation:
    """`points` are rows of id (None when new) and text, in their order."""
    evaluation = still_there(Evaluation.objects.select_for_update(of=("self",)), evaluation)
    require(evaluation_policy.check(actor, "edit", evaluation))
    _check_number(evaluation, number)
    _hold_previous(fields)
    recommendation = Recommendation(evaluation=evaluation)
    changes = write(recommendation, number=number, **fields)
    changes += _write_points(recommendation, points)
    evaluation.last_number = max(evaluation.last_number, number)
    evaluation.save(update_fields=["last_number"])
    record(actor=actor, at=at, action="create", target=recommendation, changes=changes, batch=batch)
    search.refresh_recommendations([recommendation.pk])
    return recommendation


def _check_number(evaluation, number):
    """Refuses a number that is or was in use (docs/design.md §2.2)."""
    advice = f"Tulis nomor lain, misalnya {next_number(evaluation)}."
    if taken := evaluation.recommendations.filter(number=number).first():
        raise ValidationError({"number": f"Nomor {number} sudah dipakai oleh {taken}. {advice}"})
    if number in deleted_numbers(evaluation):
        message = f"Nomor {number} pernah dipakai lalu dihapus, dan tidak dipakai ulang. {advice}"
        raise ValidationError({"number": message})


def _hold_previous(fields):
    """Locks the earlier recommendation that this one repeats, so that nobody can delete it."""
    previous = fields.get("previous")
    held = Recommendation.objects.select_for_update(of=("self",))
    if previous and not held.filter(pk=previous.pk):
        message = "Rekomendasi tahun lalu ini sudah dihapus. Pilih yang lain atau “Tidak ada”."
        raise ValidationError({"previous": message})


def _lock(recommendation, actor):
    rows = Recommendation.objects.select_for_update(of=("self",))
    rows = rows.select_related("evaluation__unit", "component")
    recommendation = still_there(rows, recommendation)
    require(recommendation_policy.check(actor, "edit", recommendation))
    return recommendation


@transaction.atomic
def edit_recommendation(
    *, recommendation, actor, at, version, points: Sequence[dict] = (), batch=None, **fields
) -> Recommendation:
    """Raises StaleEdit when `version`, the one that the page showed, is no longer current."""
    recommendation = _lock(recommendation, actor)
    require_version(recommendation, version, "rekomendasi")
    _hold_previous(fields)
    changes = write_part(recommendation, **fields)
    changes += _write_points(recommendation, points)
    if changes:
        raise_version(recommendation)
        record(
            actor=actor, at=at, action="edit", target=recommendation, changes=changes, batch=batch
        )
        search.refresh(recommendation.renaksi.values_list("pk", flat=True))
        search.refresh_recommendations([recommendation.pk])
    return recommendation


def _write_points(recommendation, points):
    """Updates existing points instead of creating new ones, because renaksi refer to them."""
    old = {point.pk: point for point in recommendation.points.all()}
    before, texts = _listed(old.values()), [point.text for point in old.values()]
    places = {point.pk: point.position for point in old.values()}
    points = [row for row in points if plain_text(row["text"])]
    _remove_points([point for pk, point in old.items() if pk not in {row["id"] for row in points}])
    recommendation.points.update(position=F("position") + OUT_OF_THE_WAY)
    for position, row in enumerate(points, 1):
        point = old.get(row["id"]) or RecommendationPoint(recommendation=recommendation)
        if places.get(point.pk, position) != position:
            _require_movable(point)
        point.position, point.text = position, row["text"]
        point.full_clean()
        point.save()
    now = list(recommendation.points.all())
    is_changed = texts != [point.text for point in now]  # a new format is a change, too
    return [("points", before, _listed(now))] if is_changed else []


def _remove_points(points):
    for point in points:
        if answer := point.renaksi.first():
            raise ValidationError(
                f"Butir {list_letter(point.position)} dijawab oleh {answer}, jadi tidak dapat dihapus."
            )
        point.delete()


def _require_movable(point):
    """A plan that was sent or accepted names the point by its letter, which it keeps."""
    if answer := point.renaksi.exclude(status__in=WORKABLE).first():
        raise ValidationError(
            f"Butir {list_letter(point.position)} dijawab oleh {answer}, yang sudah dikirim atau selesai, "
            "jadi hurufnya tetap. Kembalikan urutannya, atau buka kembali dahulu."
        )


def _listed(points):
    lines = [f"{list_letter(point.position)}. {plain_text(point.text)}" for point in points]
    return "\n".join(lines)


@transaction.atomic
def delete_recommendation(*, recommendation, actor, at):
    """Writes the number to the history of the evaluation, so that it is not used again."""
    recommendation = _lock(recommendation, actor)
    require_deletable(recommendation, actor)
    record(
        actor=actor,
        at=at,
        action="delete_recommendation",
        target=recommendation.evaluation,
        changes=[
            (part_code(recommendation, "number"), recommendation.number, ""),
            (part_code(recommendation, "text"), plain_text(recommendation.text), ""),
        ],
    )
    photos = NotePhoto.objects.filter(note__recommendation=recommendation)
    remove_after_commit(IMAGE, list(photos.values_list("image", flat=True)))
    recommendation.delete()


def require_deletable(recommendation, actor):
    require(recommendation_policy.check(actor, "edit", recommendation))
    if count := recommendation.renaksi.count():
        raise WrongState(
            f"Rekomendasi ini mempunyai {count} rencana aksi, jadi tidak dapat dihapus."
        )
    if recommendation.repeated_by.exists():
        raise WrongState("Rekomendasi ini dirujuk oleh rekomendasi tahun berikutnya.")


@transaction.atomic
def write_note(
    *, recommendation, actor, at, text, photos: Sequence[dict] = (), seen=""
) -> Recommendation:
    """`photos` are rows of id (None when new), caption and image (a CheckedFile or None), in their order.

    Without text and photos the note is deleted. Raises StaleEdit when the note no longer has the
    digest `seen`.
    """
    recommendation = _lock(recommendation, actor)
    note = Note.objects.filter(recommendation=recommendation).first()
    if seen not in ("", digest_of_note(note)) and not _is_written(note, text, photos):
        raise StaleEdit("catatan", note)
    changes = []
    if plain_text(text) or photos:
        note = note or Note(recommendation=recommendation)
        changes = about(note, write(note, text=text)) + _write_photos(note, photos)
    elif note:
        changes = [(part_code(note, "text"), plain_text(note.text), ""), *_write_photos(note, [])]
        note.delete()
    if changes:
        record(actor=actor, at=at, action="note", target=recommendation, changes=changes)
    return recommendation


def digest_of_note(note) -> str:
    return digest([note.text, _captions(note.photos.all())]) if note else digest(())


def _is_written(note, text, photos):
    """Says whether exactly this is already stored, for example after a second press of the button."""
    if note is None or any(row["image"] for row in photos):
        return False
    captions = [photo.caption for photo in note.photos.all()]
    text = note._meta.get_field("text").clean(text, note)
    return text == note.text and captions == [row["caption"] for row in photos]


def _write_photos(note, photos):
    old = {photo.pk: photo for photo in note.photos.all()}
    before = _captions(old.values())
    replaced, originals = [], []
    for pk, photo in old.items():
        if pk not in {row["id"] for row in photos}:
            replaced.append(photo.image.name)
            photo.delete()
    for position, row in enumerate(photos, 1):
        photo = old.get(row["id"]) or NotePhoto(note=note)
        photo.position, photo.caption = position, row["caption"]
        if upload := row["image"]:
            replaced.append(photo.image.name)
            photo.image = File(upload.file, name=f"{uuid.uuid4().hex}.{upload.extension}")
            photo.original_sha256 = upload.original_sha256
            originals += upload.changes
        photo.full_clean()
        photo.save()
    remove_after_commit(IMAGE, replaced)
    after = _captions(note.photos.all())
    return [("photos", before, after), *originals] if before != after else []


def _captions(photos):
    """Returns the captions with the stored file names, so that a replaced picture is a change."""
    lines = [f"{photo.caption} ({photo.image.name or 'belum ada gambar'})" for photo in photos]
    return "\n".join(lines)
