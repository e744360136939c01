"""Notes on recommendations with their captioned photos."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from recommendations.models import Note, NotePhoto
from recommendations.services.recommendations import delete_recommendation
from sakip.history.entries import HistoryEntry
from sakip.uploads import pictures
from tests import factories, photographs
from tests.recommendations import files


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def url(recommendation):
    return f"/rekomendasi/{recommendation.pk}/catatan/"


def typed(*photos, text="<p>Telah <em>dilatih</em></p>", initial=0):
    """Photos are dicts of caption, image, id, ORDER or DELETE."""
    data = {"text": text, "gambar-TOTAL_FORMS": len(photos), "gambar-INITIAL_FORMS": initial}
    for index, photo in enumerate(photos):
        data |= {f"gambar-{index}-{name}": value for name, value in photo.items()}
    return data


def picture(name="foto.png"):
    return SimpleUploadedFile(name, files.picture())


def write(client, recommendation, *photos, **kwargs):
    return client.post(url(recommendation), typed(*photos, **kwargs))


def test_it_is_written_with_one_row_of_history(signed_in, cast, recommendation, media):
    answer = write(
        signed_in(cast.kadir), recommendation, {"caption": "Bimbingan", "image": picture()}
    )
    assert answer.url == recommendation.get_absolute_url()
    photo = NotePhoto.objects.get()
    assert (photo.note.text, photo.caption) == ("<p>Telah <em>dilatih</em></p>", "Bimbingan")
    assert "foto" not in photo.image.name
    [entry] = HistoryEntry.objects.about(recommendation)
    assert (entry.actor, entry.action) == (cast.kadir, "note")
    assert ["Isi catatan", "-", "Telah dilatih"] in entry.in_words


@pytest.mark.parametrize("kind", photographs.STRANGE)
def test_a_photo_of_a_phone_is_kept_as_a_plain_picture(signed_in, cast, recommendation, kind):
    photo = SimpleUploadedFile("foto.jpg", photographs.STRANGE[kind])
    write(signed_in(cast.kadir), recommendation, {"caption": "Bimbingan", "image": photo})
    with NotePhoto.objects.get().image.open() as stored:
        assert pictures.is_plain(stored.read())
    [entry] = HistoryEntry.objects.about(recommendation)
    original = sha256(photographs.STRANGE[kind]).hexdigest()
    assert NotePhoto.objects.get().original_sha256 == original
    assert ["SHA-256 gambar semula", "-", original] in entry.in_words


def test_half_a_photo_is_refused_in_words(signed_in, cast, recommendation):
    photo = SimpleUploadedFile("foto.jpg", photographs.half())
    answer = write(signed_in(cast.kadir), recommendation, {"caption": "Bimbingan", "image": photo})
    assert "Berkas “foto.jpg” rusak atau terpotong" in answer.content.decode()
    assert not NotePhoto.objects.exists()


def test_a_caption_may_stand_without_its_picture(signed_in, cast, recommendation):
    write(signed_in(cast.kadir), recommendation, {"caption": "Menyusul"}, {"caption": ""})
    assert [photo.image.name for photo in NotePhoto.objects.all()] == [""]


def test_photos_change_places_and_go(
    signed_in, cast, recommendation, media, django_capture_on_commit_callbacks
):
    client = signed_in(cast.kadir)
    rows = [{"caption": name, "image": picture()} for name in ("satu", "dua", "tiga")]
    write(client, recommendation, *rows)
    one, two, three = NotePhoto.objects.all()
    rows = [
        {"id": one.pk, "caption": "satu", "ORDER": "3"},
        {"id": two.pk, "caption": "dua", "DELETE": "on"},
        {"id": three.pk, "caption": "tiga!", "ORDER": "1"},
    ]
    with django_capture_on_commit_callbacks(execute=True):
        write(client, recommendation, *rows, initial=3)
    assert [photo.caption for photo in NotePhoto.objects.all()] == ["tiga!", "satu"]
    assert not (media / two.image.name).exists()
    assert (media / one.image.name).exists()


def test_a_picture_without_a_caption_is_refused(signed_in, cast, recommendation):
    page = write(signed_in(cast.kadir), recommendation, {"image": picture()})
    assert "Tulis keterangan gambarnya" in page.text
    assert "dilatih" in page.text
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("foto.png", b"GIF89a not a picture", "bukan gambar yang dikenal"),
        ("foto.svg", b"<svg/>", "tidak dapat diterima karena jenisnya"),
        ("surat.pdf", files.PDF, "bukan gambar. Pilih gambar jpg atau png."),
        ("foto.png", b"", "kosong"),
    ],
)
def test_what_is_no_picture_is_refused(signed_in, cast, recommendation, name, content, sentence):
    upload = SimpleUploadedFile(name, content)
    page = write(signed_in(cast.kadir), recommendation, {"caption": "Foto", "image": upload})
    assert sentence in page.text
    assert not NotePhoto.objects.exists()


def test_photos_without_text_are_refused(signed_in, cast, recommendation):
    page = write(signed_in(cast.kadir), recommendation, {"caption": "Foto"}, text="<p></p>")
    assert page.status_code == 200
    assert page.context["form"].errors["text"]


def test_an_emptied_note_is_gone(signed_in, cast, recommendation):
    client = signed_in(cast.kadir)
    write(client, recommendation)
    write(client, recommendation, text="")
    assert not Note.objects.exists()
    latest = HistoryEntry.objects.about(recommendation).first()
    assert latest.in_words == [["Isi catatan", "Telah dilatih", "-"]]


def test_a_photo_is_handed_out_to_who_sees_its_recommendation(signed_in, cast, recommendation):
    write(signed_in(cast.kadir), recommendation, {"caption": "Foto", "image": picture()})
    address = f"/catatan/gambar/{NotePhoto.objects.get().pk}/"
    answer = signed_in(cast.umar).get(address)
    assert b"".join(answer.streaming_content) == files.picture()
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert signed_in(cast.sari).get(address).status_code == 404


def remove(recommendation, actor):
    delete_recommendation(recommendation=recommendation, actor=actor, at=timezone.now())


def test_the_photos_of_a_deleted_recommendation_go_once_it_is_deleted_for_good(
    signed_in, cast, recommendation, media, django_capture_on_commit_callbacks
):
    write(signed_in(cast.kadir), recommendation, {"caption": "Rapat", "image": picture()})
    stored = media / NotePhoto.objects.get().image.name
    with django_capture_on_commit_callbacks() as callbacks:
        remove(recommendation, cast.kadir)
    assert stored.exists()
    for callback in callbacks:
        callback()
    assert not stored.exists()


def test_a_photo_that_another_note_still_shows_stays(
    signed_in, cast, recommendation, evaluation, media, django_capture_on_commit_callbacks
):
    write(signed_in(cast.kadir), recommendation, {"caption": "Rapat", "image": picture()})
    photo = NotePhoto.objects.get()
    other = Note.objects.create(
        recommendation=factories.make_recommendation(evaluation), text="<p>x</p>"
    )
    other.photos.create(caption="Rapat", image=photo.image.name)
    with django_capture_on_commit_callbacks(execute=True):
        remove(recommendation, cast.kadir)
    assert (media / photo.image.name).exists()
    with django_capture_on_commit_callbacks(execute=True):
        remove(other.recommendation, cast.kadir)
    assert not (media / photo.image.name).exists()
