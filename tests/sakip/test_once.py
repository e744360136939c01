"""A form with a key makes one record, however often it is sent."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Comment, Evidence
from sakip import purging
from sakip.models import Submission, User
from sakip.services import submissions
from tests.browsing import fields_of
from tests.recommendations import files


@pytest.fixture
def address(renaksi):
    return reverse("recommendations:comment-create", args=[renaksi.pk])


@pytest.fixture
def rina(signed_in, cast):
    return signed_in(cast.rina)


@pytest.fixture
def kadir(signed_in, cast):
    return signed_in(cast.kadir)


def test_the_second_is_led_to_what_the_first_made(rina, address):
    form = fields_of(rina.get(address)) | {"text": "Sudah dirapatkan."}
    first, second = rina.post(address, form), rina.post(address, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.url == first.url
    assert Comment.objects.count() == 1
    assert "Yang tersimpan hanya satu" in rina.get(second.url).content.decode()


def test_every_page_has_a_key_of_its_own(rina, address):
    assert fields_of(rina.get(address))["kunci"] != fields_of(rina.get(address))["kunci"]


def test_a_refused_form_may_be_sent_again_with_its_key(rina, address):
    form = fields_of(rina.get(address))
    assert rina.post(address, form | {"text": " "}).status_code == 200
    assert not Submission.objects.exists()
    assert rina.post(address, form | {"text": "Sudah dirapatkan."}).status_code == 302
    assert Comment.objects.count() == 1


def test_a_changed_form_with_an_old_key_keeps_what_was_typed_and_asks(rina, address):
    form = fields_of(rina.get(address)) | {"text": "Sudah dirapatkan."}
    made = rina.post(address, form).url
    answer = rina.post(address, form | {"text": "Belum dirapatkan."})
    assert answer.status_code == 200
    (sentence,) = answer.context["form"].non_field_errors()
    assert f"<a href='{made}'>lihat hasilnya</a>" in sentence
    assert sentence in answer.content.decode()
    again = fields_of(answer)
    assert again["text"].strip() == "Belum dirapatkan."
    assert rina.post(address, again).status_code == 302
    assert [one.text for one in Comment.objects.order_by("pk")] == [
        "Sudah dirapatkan.", "Belum dirapatkan.",
    ]  # fmt: skip


def test_the_key_of_one_person_is_nothing_to_another(rina, kadir, signed_in, cast, address):
    form = {"text": "Sudah dirapatkan.", "kunci": str(uuid4())}
    signed_in(cast.rina).post(address, form)
    signed_in(cast.kadir).post(address, form)
    assert Comment.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x", "\0", "9" * 5000])
def test_a_form_without_a_sound_key_is_a_form_as_before(rina, address, key):
    assert rina.post(address, {"text": "Sudah.", "kunci": key}).status_code == 302
    assert Comment.objects.count() == 1


def test_files_belong_to_the_content(rina, renaksi, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    address = reverse("recommendations:evidence-create", args=[renaksi.pk])
    form = fields_of(rina.get(address)) | {"kind": "file", "title": "Notula"}
    name = next(name for name in rina.get(address).context["form"].fields if name == "file")

    def send(content):
        return rina.post(address, form | {name: files.upload(content=content)})

    first = send(files.PDF)
    assert first.status_code == 302
    assert send(files.PDF).url == first.url
    changed = send(files.PDF + b"\n%%EOF\n")
    assert changed.status_code == 200
    assert "Pilih lagi berkasnya" in changed.content.decode()
    assert Evidence.objects.filter(title="Notula").count() == 1


def test_an_account_whose_answer_is_no_redirect(kadir, cast, units):
    address = reverse("sakip:user-create")
    form = fields_of(kadir.get(address))
    form |= {"name": "Nur", "username": "nur", "role": "operator", "unit": units.umum.pk}
    assert kadir.post(address, form).status_code == 200
    second = kadir.post(address, form)
    made = User.objects.get(username="nur")
    assert (second.status_code, second.url) == (302, reverse("sakip:user-edit", args=[made.pk]))


def test_an_edit_has_no_key(kadir, units):
    assert "kunci" in fields_of(kadir.get(reverse("sakip:unit-create")))
    assert "kunci" not in fields_of(kadir.get(reverse("sakip:unit-edit", args=[units.umum.pk])))


def test_a_failure_leaves_the_key_free(rina, address, monkeypatch):
    form = fields_of(rina.get(address)) | {"text": "Sudah dirapatkan."}
    rina.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("recommendations.views.comments.messages.success", lambda *_: 1 / 0)
        assert rina.post(address, form).status_code == 500
    assert (Comment.objects.count(), Submission.objects.count()) == (0, 0)
    assert rina.post(address, form).status_code == 302


def test_old_keys_are_removed(cast):
    now = timezone.now()
    for days in (0, 29, 31):
        key, at = uuid4(), now - timedelta(days=days)
        submissions.claim(person=cast.rina, key=key, digest="x", at=at)
    assert dict(purging.purge(at=now))["formulir yang terkirim"] == 1
    assert Submission.objects.count() == 2
