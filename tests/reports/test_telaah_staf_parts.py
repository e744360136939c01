"""Sections and what stands in them: added, renamed, moved, removed."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from reports.models import TelaahStafBlock
from reports.services import telaah_staf_parts as parts
from sakip.errors import Gone
from sakip.history.entries import HistoryEntry
from sakip.history.sentences import tell
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
    assert "Ubah teks" in signed_in(cast.kadir).get(telaah_staf.get_absolute_url()).text
    assert "Ubah teks" not in signed_in(cast.laila).get(telaah_staf.get_absolute_url()).text


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
