"""The history reads like a sentence somebody would say."""

from uuid import uuid4

import pytest
from django.urls import reverse

from sakip.history.sentences import story_of, tell, tell_many
from sakip.history.words import ACTIONS
from sakip.history.write import record
from tests import factories


@pytest.fixture
def said(cast, renaksi):
    def say(action, changes=(), note="", actor=cast.rina):
        entry = record(actor=actor, action=action, target=renaksi, changes=changes, note=note)
        return str(tell(entry))

    return say


def test_every_action_has_its_words():
    assert [code for code, action in ACTIONS.items() if "{}" not in action.deed] == []
    assert [code for code, action in ACTIONS.items() if not action.label] == []


def test_one_change_is_told_with_its_reason(said):
    moved = [("Batas waktu", "1 Juli 2026", "1 Agustus 2026")]
    assert said("plan", moved, "Menunggu data.") == (
        "Rina mengubah batas waktu Renaksi 1.a dari 1 Juli 2026 menjadi 1 Agustus 2026 "
        "karena “Menunggu data”."
    )


def test_a_first_value_is_filled_in_and_a_last_one_emptied(said):
    assert said("plan", [("Batas waktu", "-", "1 Juli 2026")]) == (
        "Rina mengisi batas waktu Renaksi 1.a: 1 Juli 2026."
    )
    assert said("plan", [("Rencana aksi", "-", "Susun.")]) == (
        "Rina mengisi rencana aksi Renaksi 1.a: Susun."
    )
    assert said("plan", [("NIP", "1", "-")]) == "Rina mengosongkan NIP Renaksi 1.a, semula 1."


def test_what_the_deed_says_is_not_said_again(said):
    status = ("status", "in_progress", "submitted")
    assert said("submit", [status]) == "Rina mengirim Renaksi 1.a untuk direviu."
    assert said("return", [("reason", "", "incomplete")], "Lampirkan.\nHalaman 2") == (
        "Rina mengembalikan Renaksi 1.a karena belum lengkap: “Lampirkan. Halaman 2”."
    )


def test_long_texts_and_several_changes_are_unfolded(cast, renaksi):
    long = [("Tindak lanjut", "-", "kata " * 30)]
    entry = record(actor=None, action="edit", target=renaksi, changes=long)
    assert str(tell(entry)) == "Sistem mengubah tindak lanjut Renaksi 1.a."
    assert tell(entry).details == (tuple(long[0]),)
    two = [("Rencana aksi", "a", "b"), ("Batas waktu", "-", "c")]
    entry = record(actor=cast.kadir, action="plan", target=renaksi, changes=two)
    assert str(tell(entry)) == "Kadir mengubah rencana Renaksi 1.a."
    assert tell(entry).details == tuple(two)


def test_an_unknown_action_is_still_told(said):
    assert said("terbang") == "Rina mencatat “terbang” pada Renaksi 1.a."


def test_one_act_on_many_is_one_sentence(cast, renaksi, units):
    other = factories.make_renaksi(renaksi.recommendation, units.umum)

    def entry(target, action, changes=()):
        return record(actor=cast.kadir, action=action, target=target, changes=changes)

    dated = [entry(row, "plan", [("Batas waktu", "-", "1 Juli 2026")]) for row in (renaksi, other)]
    assert str(tell_many(dated, "rencana aksi")) == (
        "Kadir mengubah batas waktu 2 rencana aksi menjadi 1 Juli 2026."
    )
    assert str(tell_many([*dated, entry(renaksi, "submit")], "data")) == (
        "Kadir melakukan 3 tindakan."
    )


def test_one_act_on_one_record_names_every_deed_once(cast, renaksi):
    batch = uuid4()

    def entry(action, *changes):
        record(actor=cast.rina, action=action, target=renaksi, changes=changes, batch=batch)

    entry("edit", ("Tindak lanjut", "-", "Sudah"))
    entry("add_evidence", ("evidence.title", "", "surat {}"))
    entry("add_evidence", ("evidence.title", "", "foto"))
    (act,) = story_of(renaksi).acts
    assert str(act.sentence) == (
        "Rina mengubah dan menambahkan bukti dukung “surat …”, “foto” pada Renaksi 1.a."
    )
    assert [str(part) for part in act.parts] == [
        "Rina mengisi tindak lanjut Renaksi 1.a: Sudah.",
        "Rina menambahkan bukti dukung “surat …” pada Renaksi 1.a.",
        "Rina menambahkan bukti dukung “foto” pada Renaksi 1.a.",
    ]


@pytest.mark.parametrize(
    ("action", "label", "words"),
    [
        ("archive_evidence", "surat", "mengarsipkan bukti dukung “surat” pada Renaksi 1.a"),
        ("edit_evidence", "surat · Judul", "mengubah keterangan bukti dukung “surat” pada"),
        ("report_quarter", "Triwulan I 2026 · Solusi", "mengisi laporan Triwulan I 2026 Renaksi"),
        ("tick_step", "Langkah (1) Rapat", "menandai selesai “Langkah (1) Rapat” pada Renaksi"),
    ],
)
def test_what_a_deed_is_about_is_named(said, action, label, words):
    assert words in said(action, [(label, "-", "ya")])


def test_the_page_of_a_record_holds_the_latest_acts(
    signed_in, cast, renaksi, django_assert_num_queries
):
    for day in range(1, 33):
        changes = [("Batas waktu", "-", f"{day} Juli 2026")]
        record(actor=cast.kadir, action="plan", target=renaksi, changes=changes)
    with django_assert_num_queries(1):
        story = story_of(renaksi)
    assert (len(story.acts), story.is_cut) == (30, True)
    page = signed_in(cast.rina).get(renaksi.get_absolute_url()).content.decode()
    assert "<strong>Kadir</strong> mengisi batas waktu Renaksi 1.a: 32 Juli 2026." in page
    whole = f"{reverse('reports:history')}?jenis=renaksi&amp;data={renaksi.pk}"
    assert whole in page
    page = signed_in(cast.rina).get(whole.replace("&amp;", "&")).content.decode()
    assert ": 1 Juli 2026." in page
    page = signed_in(cast.rina).get(whole.replace("&amp;", "&") + "9").content.decode()
    assert "Tidak ada riwayat yang cocok." in page
