"""Pictures of a Word file put in their places, after its table was imported: each an act of its own."""

import zipfile
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from recommendations.models import Evidence, Recommendation, Renaksi
from recommendations.services.evidence import add_evidence
from recommendations.services.recommendations import write_note
from recommendations.transitions import WORKABLE
from sakip.errors import WrongState, require
from sakip.uploads.check import CheckedFile, check_upload
from workbooks.permissions import workbook_policy
from workbooks.word.extras import Extras, Picture
from workbooks.word.offers import caption_of

GONE = "Gambar ini tidak dapat dibaca dari berkasnya."


@dataclass(frozen=True)
class Placement:
    """One picture and the note or the renaksi where it goes. A caption may stand without a picture."""

    picture: Picture
    target: Recommendation | Renaksi
    caption: str


def pictures_of(extras: Extras) -> list[Picture]:
    """The pictures, then the captions that have none."""
    alone = [Picture(one.place, "", one.text, one.number) for one in extras.captions]
    found = [*extras.pictures, *alone]
    return [replace(one, caption=caption_of(one.caption)) for one in found]


def notes_of(evaluation, user):
    """Recommendations with a note, on which photos stand. One query."""
    rows = Recommendation.objects.visible_to(user).filter(evaluation=evaluation)
    return rows.exclude(note=None).select_related("note", "component").order_by("number")


def renaksi_of(evaluation, user):
    """Renaksi that take evidence now. One query."""
    rows = Renaksi.objects.visible_to(user).filter(recommendation__evaluation=evaluation)
    return rows.filter(status__in=WORKABLE).select_related("recommendation")


def checked(run, picture: Picture, longest=None) -> CheckedFile:
    """The picture as it may be stored. Raises ValidationError with a sentence."""
    try:
        with run.opened() as file:
            file.seek(0)
            with zipfile.ZipFile(file) as package:
                content = package.read(picture.part)
    except (KeyError, OSError, zipfile.BadZipFile) as error:
        raise ValidationError(GONE) from error
    name = picture.part.rpartition("/")[2]
    return check_upload(SimpleUploadedFile(name, content), longest)


@transaction.atomic
def place(*, run, placements: list[Placement], actor, at):
    """All or nothing. Raises ValidationError where a picture or its place is refused."""
    require(workbook_policy.check(actor, "import"))
    if not run.is_done:
        raise WrongState("Tulis dahulu impornya, lalu tempatkan gambarnya.")
    photos: dict[Recommendation, list[Placement]] = {}
    for one in placements:
        if isinstance(one.target, Recommendation):
            photos.setdefault(one.target, []).append(one)
        else:
            upload = checked(run, one.picture)
            add_evidence(
                renaksi=one.target, actor=actor, at=at, kind=Evidence.Kind.FILE,
                title=one.caption, upload=upload,
            )  # fmt: skip
    for recommendation, some in photos.items():
        _add_photos(run, recommendation, some, actor, at)


def _add_photos(run, recommendation, placements, actor, at):
    note = recommendation.note
    rows = [
        {"id": photo.pk, "caption": photo.caption, "image": None} for photo in note.photos.all()
    ]
    for one in placements:
        if any(row["caption"] == one.caption for row in rows):
            raise ValidationError(
                f"{note} sudah mempunyai gambar dengan keterangan “{one.caption[:80]}”."
            )
        image = checked(run, one.picture) if one.picture.part else None
        rows.append({"id": None, "caption": one.caption, "image": image})
    write_note(recommendation=recommendation, actor=actor, at=at, text=note.text, photos=rows)
