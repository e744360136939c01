"""The history reads like a sentence somebody would say."""

import pytest

from sakip.history import ACTION_LABELS, record
from sakip.sentences import DEEDS, tell, tell_many


@pytest.fixture
def said(cast, renaksi):
    def say(action, changes=(), note="", actor=cast.rina):
        entry = record(actor=actor, action=action, target=renaksi, changes=changes, note=note)
        return str(tell(entry))

    return say


def test_every_action_has_its_words():
    assert ACTION_LABELS.keys() - DEEDS.keys() == set()


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
    assert said("plan", [("NIP", "1", "-")]) == "Rina mengosongkan NIP Renaksi 1.a, semula 1."


def test_what_the_deed_says_is_not_said_again(said):
    status = ("Status", "Dalam proses", "Menunggu reviu")
    assert said("submit", [status]) == "Rina mengirim Renaksi 1.a untuk direviu."
    assert said("return", [("Alasan", "-", "Belum lengkap")], "Lampirkan.\nHalaman 2") == (
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


def test_one_act_on_many_is_one_sentence(cast, renaksi):
    def entry(action, changes):
        return record(actor=cast.kadir, action=action, target=renaksi, changes=changes)

    dated = [entry("plan", [("Batas waktu", day, "1 Juli 2026")]) for day in ("-", "1 Juni 2026")]
    assert str(tell_many(dated, "rencana aksi")) == (
        "Kadir mengubah batas waktu 2 rencana aksi menjadi 1 Juli 2026."
    )
    assert str(tell_many([*dated, entry("submit", [])], "data")) == "Kadir melakukan 3 tindakan."
