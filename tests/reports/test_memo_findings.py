"""A Telaah Staf that differs from the table it embeds; what it says rightly is left alone."""

import pytest

from reports.rules.memo_consistency import Item, items_of, letters, statuses
from reports.selectors.findings import on_memos
from tests import factories

ITEMS = [
    Item(2, "a", ("pemberian", "reward", "dan", "punishment"), "submitted"),
    Item(2, "b", ("penempatan", "penghapusan", "jabatan", "struktural"), "submitted"),
    Item(2, "c", ("pengusulan", "penyesuaian", "refocusing", "organisasi"), "open"),
]


def messages(check, text, items=ITEMS):
    return [data["held"] for _, data in check(text, items)]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (
            "pada a. Penempatan/Penghapusan Jabatan dan b. Pengusulan penyesuaian (refocusing);",
            ["b dan c"],
        ),
        ("pada b. Penempatan/Penghapusan Jabatan dan c. Pengusulan penyesuaian (refocusing).", []),
        ("a) Penempatan/penghapusan jabatan.", ["b"]),
        ("a. Rapat koordinasi tahunan.", []),
        ("a.n. Sekretaris Daerah, s.d. Desember", []),
    ],
)
def test_letters_are_those_of_the_table(text, held):
    assert messages(letters, text) == held


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("Seluruh rekomendasi telah ditindaklanjuti.", True),
        ("Semua rencana aksi sudah selesai.", True),
        ("Dari seluruh rencana aksi tersebut, 2 belum selesai dan 1 tuntas.", False),
        ("Masih terdapat rencana aksi yang belum selesai.", False),
        ("Sebanyak 2 dari 3 rencana aksi bertanda Sudah.", False),
        ("Sebanyak 3 dari 3 rencana aksi bertanda Sudah.", True),
        ("Sebanyak 1 dari 3 renaksi belum ditindaklanjuti, 0 dari 3 renaksi tuntas.", False),
        ("Sebanyak 2 dari 4 rencana aksi bertanda Sudah.", True),
        ("Renaksi 2.c sudah dilaksanakan.", True),
        ("Renaksi 2.c belum dilaksanakan.", False),
        ("Renaksi 2.a belum diverifikasi.", False),
    ],
)
def test_statuses_are_those_of_the_table(text, is_wrong):
    assert bool(messages(statuses, text)) is is_wrong


def test_something_open_is_told_although_all_is_done():
    assert messages(statuses, "Masih terdapat renaksi yang belum selesai.", ITEMS[:2])
    assert not messages(statuses, "Seluruh renaksi telah dilaksanakan.", ITEMS[:2])


@pytest.fixture
def memo(evaluation, renaksi):
    memo = factories.make_telaah_staf(evaluation)
    section = memo.sections.get()
    section.blocks.create(position=8, text="<p>Seluruh rekomendasi telah selesai.</p>")
    section.blocks.create(position=9, kind="follow_up_table")
    return memo


def codes(memo):
    return [one.finding.code for one in on_memos([memo.evaluation_id])]


def test_a_draft_is_compared_with_today_an_issued_one_is_not(memo):
    assert codes(memo) == ["memo-status"]
    type(memo).objects.filter(pk=memo.pk).update(
        status="issued", frozen={}, issued_at="2026-01-01T00:00Z", date="2026-01-01", number="1"
    )
    assert codes(memo) == []


def test_a_sentence_of_the_program_is_left_to_its_own_figures(memo):
    text = {
        "key": "k",
        "text": "Seluruh rekomendasi telah selesai.",
        "figures": {"tindak": "selesai"},
    }
    memo.sections.get().blocks.filter(position=8).update(sentences=[text])
    assert codes(memo) == []


def test_a_memo_without_the_table_cannot_differ_from_it(memo):
    memo.sections.get().blocks.filter(kind="follow_up_table").delete()
    assert codes(memo) == []


@pytest.mark.parametrize(("attachment", "count"), [("1 (satu) berkas", 1), ("-", 0), ("", 0)])
def test_an_attachment_that_is_not_there(evaluation, attachment, count):
    memo = factories.make_telaah_staf(evaluation)
    type(memo).objects.filter(pk=memo.pk).update(attachment=attachment)
    assert codes(memo).count("attachment-absent") == count


def test_items_are_points_and_renaksi(recommendation, renaksi):
    recommendation.points.create(position=2, text="<p>Penempatan <em>jabatan</em>.</p>")
    letters = [(item.letter, item.status) for item in items_of([recommendation])]
    assert letters == [("b", None), ("a", renaksi.status)]
