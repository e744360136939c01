"""The follow-up table as the source prints it."""

import re

import pytest

from recommendations.models import Note
from recommendations.rules.status import STATUS_WORDS
from recommendations.selectors.follow_up_table import follow_up_rows
from tests import factories


@pytest.fixture
def table(evaluation, units):
    """Recommendation 1 with three renaksi of two Biro, 2 with a single one."""
    first = factories.make_recommendation(evaluation, follow_up_lead="<p>Sebagai dasar pada:</p>")
    first.points.create(position=1, text="<p>Pemberian <em>reward</em>;</p>")
    first.points.create(position=2, text="<p>Penempatan.</p>")
    a = factories.make_renaksi(first, units.organisasi, follow_up="", status="submitted")
    a.steps.create(position=1, text="<p>Langkah satu;</p>")
    a.steps.create(position=2, text="<p>Langkah dua.</p>")
    factories.make_renaksi(first, units.umum, status="done")
    factories.make_renaksi(first, units.organisasi, follow_up="", plan="<p>Akan disusun.</p>")
    second = factories.make_recommendation(evaluation, component="capaian")
    factories.make_renaksi(second, units.umum, status="returned")
    return evaluation


def address(evaluation):
    return f"/evaluasi/{evaluation.pk}/tindak-lanjut/"


def test_rows_come_in_the_order_of_their_numbers(table, cast):
    rows = table.recommendations.visible_to(cast.kadir).with_renaksi(cast.kadir)
    assert rows.ordered  # a database is free to shuffle what is grouped
    assert [row.number for row in rows] == [1, 2]


def test_rows_hold_what_is_printed(table, cast):
    first, second = follow_up_rows(table, cast.kadir)
    assert (first.number, first.heading, second.heading) == (
        1,
        "Perencanaan Kinerja",
        "Capaian Kinerja",
    )
    assert first.points == ("<p>Pemberian <em>reward</em>;</p>", "<p>Penempatan.</p>")
    assert first.lead == "<p>Sebagai dasar pada:</p>"
    assert [(item.letter, item.printed_status) for item in first.items] == [
        ("a", "Sudah"),
        ("b", "Sudah"),
        ("c", "Belum"),
    ]
    assert first.items[0].steps == ("<p>Langkah satu;</p>", "<p>Langkah dua.</p>")
    assert [(item.letter, item.printed_status) for item in second.items] == [(None, "Belum")]


def test_a_plan_stands_in_until_something_was_done(table, cast):
    item = follow_up_rows(table, cast.kadir)[0].items[2]
    assert (item.text, item.is_plan) == ("<p>Akan disusun.</p>", True)


def test_the_claim_that_it_cannot_be_done_is_told_safely(table, cast, units):
    factories.make_renaksi(
        table.recommendations.last(), units.umum, follow_up="", not_actionable_reason="<b>x</b>"
    )
    item = follow_up_rows(table, cast.kadir)[1].items[1]
    assert item.text == "<p>Tidak dapat ditindaklanjuti: &lt;b&gt;x&lt;/b&gt;</p>"


def test_an_operator_sees_own_items_under_their_true_letters(table, cast, signed_in):
    first, second = follow_up_rows(table, cast.umar)
    assert [(item.letter, item.position) for item in first.items] == [("b", 2)]
    assert (first.hidden, second.hidden) == (2, 0)
    page = signed_in(cast.umar).get(address(table)).text
    assert "Hanya tindak lanjut unit Anda yang ditampilkan." in page
    assert "Akan disusun" not in page
    assert '<li value="2">' in page


def test_a_row_of_other_units_says_so(table, cast, signed_in):
    page = signed_in(cast.rina).get(address(table)).text
    assert "Ditindaklanjuti oleh unit lain." in page


def test_letters_restart_in_every_cell(table, cast, signed_in):
    page = signed_in(cast.kadir).get(address(table)).text
    assert re.findall(r'<li value="(\d+)">', page) == [*"123", *"123", *"1", *"1"]
    assert page.count('class="is-plain"') == 2
    assert "Rencana:" in page


def test_notes_are_numbered_with_their_captions(table, cast, signed_in):
    recommendation = table.recommendations.last()
    note = Note.objects.create(recommendation=recommendation, text="<p>Terlaksana.</p>")
    note.photos.create(caption="Bimbingan Cascading")
    page = signed_in(cast.laila).get(address(table)).text
    assert "2. Capaian Kinerja" in page
    assert "(Keterangan gambar : Bimbingan Cascading)" in page
    assert "Gambar belum ada" in page


def test_printed_words_of_every_status():
    """Transcribed from docs/design.md §2.3."""
    assert {
        status: (words.printed, words.verification, words.kke, words.bpk)
        for status, words in STATUS_WORDS.items()
    } == {
        "open": ("Belum", "-", "Belum ada", "Belum ditindaklanjuti"),
        "in_progress": ("Belum", "-", "Dalam proses", "Belum sesuai / dalam proses"),
        "submitted": (
            "Sudah",
            "Belum diverifikasi",
            "Dalam proses",
            "Belum sesuai / dalam proses",
        ),
        "returned": ("Belum", "Belum sesuai", "Dalam proses", "Belum sesuai / dalam proses"),
        "done": ("Sudah", "Sesuai", "Tuntas", "Sesuai rekomendasi"),
        "not_actionable": (
            "Tidak dapat",
            "TD",
            "Tidak dihitung",
            "Tidak dapat ditindaklanjuti",
        ),
    }


@pytest.mark.parametrize("name", ["kadir", "rina", "dewi"])
def test_fifty_rows_cost_what_one_costs(table, cast, signed_in, units, queries_of, name):
    signed_in(getattr(cast, name))
    for page in (address(table), table.get_absolute_url()):
        few = queries_of(page)
        for _ in range(24):
            recommendation = factories.make_recommendation(table)
            renaksi = factories.make_renaksi(recommendation, units.organisasi)
            renaksi.steps.create(position=1, text="<p>Langkah</p>")
        assert queries_of(page) == few
