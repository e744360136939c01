"""Comments on a renaksi: read by all who see it, naming only those who do."""

import pytest
from django.urls import reverse

from recommendations.models import Comment, Notice
from recommendations.services.comments import MENTION


@pytest.fixture
def address(renaksi):
    return reverse("recommendations:comment-create", args=[renaksi.pk])


def names():
    return sorted(Notice.objects.values_list("person__username", "kind"))


def test_a_comment_is_shown_escaped_and_tells_whom_it_names(signed_in, cast, renaksi, address):
    client = signed_in(cast.rina)
    response = client.post(address, {"text": "<b>Mohon</b> dilihat, @dewi dan @Kadir."})
    comment = Comment.objects.get()
    assert response.url == f"{renaksi.get_absolute_url()}#komentar-{comment.pk}"
    page = client.get(response.url).content.decode()
    assert "&lt;b&gt;Mohon&lt;/b&gt; dilihat, <strong>@dewi</strong> dan" in page
    assert names() == [("dewi", "mentioned"), ("kadir", "mentioned")]
    assert set(comment.mentioned.all()) == {cast.dewi, cast.kadir}


@pytest.mark.parametrize("name", ["umar", "sari", "tono", "hantu"])
def test_who_may_not_see_it_cannot_be_named_and_nothing_typed_is_lost(
    signed_in, cast, address, name
):
    response = signed_in(cast.rina).post(address, {"text": f"Halo @{name} dan @dewi"})
    page = response.content.decode()
    assert f"@{name} tidak ditemukan atau tidak dapat melihat rencana aksi ini." in page
    assert f"Halo @{name} dan @dewi</textarea>" in page
    assert not Comment.objects.exists()
    assert names() == []


def test_naming_oneself_tells_nobody(signed_in, cast, address):
    signed_in(cast.rina).post(address, {"text": "Catatan untuk @rina"})
    assert Comment.objects.exists()
    assert names() == []


@pytest.mark.parametrize("text", ["", "  \n ", "a" * 2001])
def test_nothing_and_too_much_are_refused(signed_in, cast, address, text):
    response = signed_in(cast.rina).post(address, {"text": text})
    assert response.status_code == 200
    assert not Comment.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("laila", 302), ("dewi", 302), ("umar", 404)])
def test_all_who_see_it_may_speak(signed_in, cast, address, name, status):
    client = signed_in(getattr(cast, name))
    assert client.post(address, {"text": "Terima kasih."}).status_code == status
    assert client.put(address).status_code == 405


def test_the_names_are_offered_in_place(signed_in, cast, address):
    client = signed_in(cast.rina)
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "@dewi" in part
    assert "<form" not in part
    for name in ("@rina", "@umar", "@sari", "@tono"):
        assert name not in part


def test_what_counts_as_a_name():
    text = "@rina, @rina.kedua. (@dewi) surat@contoh.example @ a@b #@x"
    assert MENTION.findall(text) == ["rina", "rina.kedua", "dewi", "x"]
