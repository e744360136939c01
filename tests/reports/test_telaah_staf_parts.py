"""Sections and what stands in them: added, renamed, moved, removed, put back; nothing typed is lost."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from reports.models import TelaahStafBlock
from reports.services import telaah_staf_parts as parts
from sakip.errors import Gone
from sakip.history.entries import HistoryEntry
from sakip.history.sentences import tell
from sakip.models import UnsavedText
from sakip.roles import Role
from tests import factories

AT = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def telaah_staf(evaluation):
    """I. Satu: a, b. II. Dua: c. III. Tiga: nothing."""
    telaah_staf = factories.make_telaah_staf(evaluation)
    telaah_staf.sections.all().delete()
    for position, (heading, texts) in enumerate((("Satu", "ab"), ("Dua", "c"), ("Tiga", "")), 1):
        section = telaah_staf.sections.create(position=position, heading=heading)
        for number, text in enumerate(texts, 1):
            section.blocks.create(position=number, text=f"<p>{text}</p>", is_drafted=True)
    return telaah_staf


def outline(telaah_staf):
    rows = [
        (section.heading, "".join(block.text[3:-4] or "T" for block in section.blocks.all()))
        for section in telaah_staf.sections.all()
    ]
    for section in telaah_staf.sections.all():
        positions = [block.position for block in section.blocks.all()]
        assert positions == list(range(1, len(positions) + 1))
    return rows


def block(telaah_staf, letter):
    return TelaahStafBlock.objects.get(section__telaah_staf=telaah_staf, text=f"<p>{letter}</p>")


def post(signed_in, cast, name, key, **data):
    return signed_in(cast.kadir).post(reverse(f"reports:telaah-staf-{name}", args=[key]), data)


def test_a_text_moves_within_its_section_and_over_its_edge(telaah_staf, cast, signed_in):
    for letter, where, expected in (
        ("b", "naik", [("Satu", "ba"), ("Dua", "c"), ("Tiga", "")]),
        ("b", "naik", [("Satu", "ba"), ("Dua", "c"), ("Tiga", "")]),  # first of all: stays
        ("a", "turun", [("Satu", "b"), ("Dua", "ac"), ("Tiga", "")]),
        ("c", "turun", [("Satu", "b"), ("Dua", "a"), ("Tiga", "c")]),
        ("a", "naik", [("Satu", "ba"), ("Dua", ""), ("Tiga", "c")]),
    ):
        post(signed_in, cast, "block-move", block(telaah_staf, letter).pk, arah=where)
        assert outline(telaah_staf) == expected


def test_a_section_moves_with_what_stands_in_it(telaah_staf, cast, signed_in):
    second = telaah_staf.sections.get(heading="Dua")
    post(signed_in, cast, "section-move", second.pk, arah="naik")
    assert outline(telaah_staf) == [("Dua", "c"), ("Satu", "ab"), ("Tiga", "")]
    assert parts.move_section(section=second, actor=cast.kadir, at=AT, up=True) is False
    post(signed_in, cast, "section-move", second.pk, arah="turun")
    assert outline(telaah_staf)[1] == ("Dua", "c")


def test_sections_are_added_renamed_and_removed(telaah_staf, cast, signed_in):
    assert post(signed_in, cast, "section-create", telaah_staf.pk, heading=" ").status_code == 200
    post(signed_in, cast, "section-create", telaah_staf.pk, heading="Empat")
    third = telaah_staf.sections.get(heading="Tiga")
    post(signed_in, cast, "section", third.pk, heading="Simpulan", version=third.version)
    post(signed_in, cast, "section-delete", telaah_staf.sections.get(heading="Satu").pk)
    assert outline(telaah_staf) == [("Dua", "c"), ("Simpulan", ""), ("Empat", "")]
    assert [section.position for section in telaah_staf.sections.all()] == [1, 2, 3]
    told = [str(tell(entry)) for entry in HistoryEntry.objects.about(telaah_staf)]
    assert told == [
        "Kadir menghapus isi dari Telaah Staf.",
        "Kadir mengubah judul bagian Telaah Staf dari Tiga menjadi Simpulan.",
        "Kadir menambahkan isi pada Telaah Staf.",
    ]
    assert ["Satu", "a", "-"] in HistoryEntry.objects.about(telaah_staf).first().in_words


def test_texts_and_tables_are_added_and_removed(telaah_staf, cast, signed_in):
    third = telaah_staf.sections.get(heading="Tiga")
    post(signed_in, cast, "text-create", third.pk, text="<p>d</p>")
    post(signed_in, cast, "table-create", third.pk, jenis="score_comparison")
    assert outline(telaah_staf)[2] == ("Tiga", "dT")
    post(signed_in, cast, "block-delete", block(telaah_staf, "d").pk)
    assert outline(telaah_staf)[2] == ("Tiga", "T")
    assert post(signed_in, cast, "table-create", third.pk, jenis="text").status_code == 404


def test_an_empty_text_is_refused_with_a_sentence(telaah_staf, cast, signed_in):
    for text in ("", "<p> </p>"):
        answer = post(signed_in, cast, "text", block(telaah_staf, "a").pk, text=text)
        assert "Tulis isi teksnya." in answer.text
    assert outline(telaah_staf)[0] == ("Satu", "ab")


def test_a_changed_text_is_a_person_s(telaah_staf, cast, signed_in):
    post(signed_in, cast, "text", block(telaah_staf, "a").pk, text="<p>a</p>", version=0)
    assert block(telaah_staf, "a").is_drafted  # saved without a change
    post(signed_in, cast, "text", block(telaah_staf, "a").pk, text="<p>x</p>", version=0)
    assert not block(telaah_staf, "x").is_drafted
    (entry,) = HistoryEntry.objects.about(telaah_staf)
    assert str(tell(entry)) == "Kadir mengubah satu · Teks Telaah Staf dari a menjadi x."


def test_only_those_who_may_edit_see_the_tools(telaah_staf, cast, signed_in):
    assert 'id="kerangka"' in signed_in(cast.kadir).get(telaah_staf.get_absolute_url()).text
    page = signed_in(cast.laila).get(telaah_staf.get_absolute_url()).text
    assert 'id="kerangka"' not in page and 'method="post" action="/telaah-staf' not in page


def test_what_somebody_deleted_meanwhile_is_refused_in_words(telaah_staf, cast):
    by = {"actor": cast.kadir, "at": AT}
    section = telaah_staf.sections.first()
    part = TelaahStafBlock.objects.select_related("section__telaah_staf").get(text="<p>c</p>")
    telaah_staf.sections.all().delete()
    section.pk = part.pk = 987654
    with pytest.raises(Gone, match="ini sudah tidak ada"):
        parts.rename_section(section=section, heading="Lain", **by)
    with pytest.raises(Gone, match="ini sudah tidak ada"):
        parts.write_text(block=part, text="<p>x</p>", is_incomplete=False, **by)
    telaah_staf.delete()
    telaah_staf.pk = 987654
    with pytest.raises(Gone, match="ini sudah tidak ada"):
        parts.add_section(telaah_staf=telaah_staf, heading="Lain", **by)


# ── The place by hand ───────────────────────────────────────────────────────────────────────────
def test_a_text_goes_to_the_number_that_was_typed(telaah_staf, cast, signed_in):
    keys = {row.heading: row.pk for row in telaah_staf.sections.all()}
    for letter, where, expected in (
        ("b", {"nomor": 1}, [("Satu", "ba"), ("Dua", "c"), ("Tiga", "")]),
        ("a", {"bagian": keys["Dua"], "nomor": 1}, [("Satu", "b"), ("Dua", "ac"), ("Tiga", "")]),
        ("b", {"bagian": keys["Tiga"], "nomor": 9}, [("Satu", ""), ("Dua", "ac"), ("Tiga", "b")]),
        ("a", {"bagian": keys["Dua"], "nomor": 9}, [("Satu", ""), ("Dua", "ca"), ("Tiga", "b")]),
    ):
        post(signed_in, cast, "block-move", block(telaah_staf, letter).pk, **where)
        assert outline(telaah_staf) == expected
    post(signed_in, cast, "section-move", keys["Tiga"], nomor=1)
    assert [heading for heading, _ in outline(telaah_staf)] == ["Tiga", "Satu", "Dua"]


@pytest.mark.parametrize("number", ["", "dua", "0"])
def test_a_place_that_is_no_number_is_asked_again(telaah_staf, cast, signed_in, number):
    answer = post(signed_in, cast, "block-move", block(telaah_staf, "a").pk, nomor=number)
    assert "Tulis nomor tempatnya" in answer.text
    assert outline(telaah_staf)[0] == ("Satu", "ab")


def test_no_text_goes_into_the_section_of_another_telaah_staf(telaah_staf, cast, signed_in):
    other = factories.make_telaah_staf(telaah_staf.evaluation, telaah_staf.signatory)
    where = {"bagian": other.sections.get().pk, "nomor": 1}
    post(signed_in, cast, "block-move", block(telaah_staf, "a").pk, **where)
    assert outline(telaah_staf)[0] == ("Satu", "ab") and other.sections.get().blocks.count() == 1


# ── Put back ────────────────────────────────────────────────────────────────────────────────────
def test_what_was_removed_comes_back_to_its_place(telaah_staf, cast, signed_in):
    before = outline(telaah_staf)
    for name, key in (
        ("block-delete", block(telaah_staf, "a").pk),
        ("section-delete", telaah_staf.sections.get(heading="Satu").pk),
    ):
        post(signed_in, cast, name, key)
        assert outline(telaah_staf) != before
        assert "Kembalikan" in signed_in(cast.kadir).get(telaah_staf.get_absolute_url()).text
        post(signed_in, cast, "restore", telaah_staf.pk)
        assert outline(telaah_staf) == before
    assert block(telaah_staf, "a").is_drafted  # as it was
    assert post(signed_in, cast, "restore", telaah_staf.pk).status_code == 409
    assert str(tell(HistoryEntry.objects.about(telaah_staf).first())) == (
        "Kadir menambahkan isi pada Telaah Staf."
    )


def test_a_text_does_not_come_back_into_a_section_that_is_gone(telaah_staf, cast, signed_in):
    post(signed_in, cast, "block-delete", block(telaah_staf, "c").pk)
    telaah_staf.sections.filter(heading="Dua").delete()
    answer = post(signed_in, cast, "restore", telaah_staf.pk)
    assert answer.status_code == 409 and "sudah tidak ada" in answer.text


# ── Typed and not saved ─────────────────────────────────────────────────────────────────────────
def test_what_is_typed_stays_until_it_is_saved(telaah_staf, cast, signed_in):
    part = block(telaah_staf, "a")
    answer = post(signed_in, cast, "text-draft", part.pk, text="<p>Setengah</p>", version=0)
    assert answer.text.startswith("Draf tersimpan ")
    page = signed_in(cast.kadir).get(telaah_staf.get_absolute_url()).text
    assert "Setengah" in page and "belum disimpan" in page
    other = factories.make_user("karim", Role.COORDINATOR, cast.kadir.unit)
    assert "Setengah" not in signed_in(other).get(telaah_staf.get_absolute_url()).text
    assert block(telaah_staf, "a").text == "<p>a</p>"
    post(signed_in, cast, "text", part.pk, text="<p>Utuh</p>", version=0)
    assert not UnsavedText.objects.exists()


def test_a_new_text_that_was_begun_waits_too(telaah_staf, cast, signed_in):
    third = telaah_staf.sections.get(heading="Tiga")
    post(signed_in, cast, "new-draft", third.pk, text="<p>Setengah</p>")
    assert "Setengah" in signed_in(cast.kadir).get(telaah_staf.get_absolute_url()).text
    post(signed_in, cast, "text-create", third.pk, text="<p>Utuh</p>")
    assert not UnsavedText.objects.exists()


def test_a_character_that_no_database_keeps_is_left_out(telaah_staf, cast, signed_in):
    part = block(telaah_staf, "a")
    post(signed_in, cast, "text-draft", part.pk, text="<p>Sete\0ngah</p>", version=0)
    assert UnsavedText.objects.get().content["text"] == "<p>Setengah</p>"


def test_what_is_typed_can_be_thrown_away(telaah_staf, cast, signed_in):
    part = block(telaah_staf, "a")
    post(signed_in, cast, "text-draft", part.pk, text="<p>Setengah</p>", version=0)
    post(signed_in, cast, "text-draft", part.pk, buang="1")
    assert not UnsavedText.objects.exists()


def test_a_text_saved_by_another_meanwhile_stands_beside_the_typed_one(
    telaah_staf, cast, signed_in
):
    karim = factories.make_user("karim", Role.COORDINATOR, cast.kadir.unit)
    part = block(telaah_staf, "a")
    post(signed_in, cast, "text-draft", part.pk, text="<p>Setengah</p>", version=0)
    by = {"actor": karim, "at": AT}
    parts.write_text(block=part, text="<p>Lain</p>", is_incomplete=False, **by)
    page = signed_in(cast.kadir).get(telaah_staf.get_absolute_url()).text
    assert "Setengah" in page and "orang lain menyimpan perubahan" in page


def test_a_saved_text_says_when(telaah_staf, cast, signed_in):
    assert "Disusun dari data" in signed_in(cast.kadir).get(telaah_staf.get_absolute_url()).text
    post(signed_in, cast, "text", block(telaah_staf, "a").pk, text="<p>x</p>", version=0)
    assert "Tersimpan " in signed_in(cast.kadir).get(telaah_staf.get_absolute_url()).text


def test_who_else_writes_there_is_told_and_not_what(telaah_staf, cast, signed_in):
    karim = factories.make_user("karim", Role.COORDINATOR, cast.kadir.unit)
    part = block(telaah_staf, "a")
    address = reverse("reports:telaah-staf-text-draft", args=[part.pk])
    signed_in(karim).post(address, {"text": "<p>Rahasia</p>", "version": 0})
    page = signed_in(cast.kadir).get(telaah_staf.get_absolute_url()).text
    assert "Karim sedang menulis di sini" in page and "Rahasia" not in page
    post(signed_in, cast, "block-delete", part.pk)
    assert not UnsavedText.objects.filter(author=karim).exists()
