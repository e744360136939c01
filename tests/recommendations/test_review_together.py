"""Several items decided at once: each is checked by a tick, decided for itself, and answered for truthfully."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi, ReviewDecision
from recommendations.services.bulk_review import decide_many
from recommendations.workflow import perform
from sakip.history.entries import HistoryEntry
from sakip.history.write import record
from sakip.roles import Role
from tests import factories
from tests.browsing import fields_of

PAGE = reverse("recommendations:review-together")
NOW = timezone.now()
WORDS = {"reason": "unsigned", "note": "Lampirkan yang sudah ditandatangani."}


@pytest.fixture
def three(recommendation, units):
    rows = [
        factories.make_renaksi(recommendation, units.organisasi, status="submitted")
        for _ in range(3)
    ]
    for row in rows:
        factories.make_evidence(row, f"Bukti {row.letter}")
    return rows


@pytest.fixture
def eka(units):
    return factories.make_user("eka", Role.EVALUATOR, units.inspektorat, evaluates_all=True)


def keys(rows):
    return [row.pk for row in rows]


def press(client, shown, ticked, decision, **data):
    """What the page sends when it was opened with `shown` and some of them were ticked."""
    page = client.get(PAGE, {"renaksi": keys(shown)})
    sent = {name: value for name, value in fields_of(page).items() if name.startswith("version-")}
    sent |= {"tampil": keys(shown), "renaksi": keys(ticked), "decision": decision}
    return lambda: client.post(PAGE, sent | data)


def statuses(rows):
    return [Renaksi.objects.get(pk=row.pk).status for row in rows]


def test_the_page_shows_each_with_its_text_and_proof(signed_in, cast, three):
    text = signed_in(cast.dewi).get(PAGE, {"renaksi": keys(three[:2])}).text
    for words in ("2 dari Sekretariat Daerah", "Bukti a", "Bukti b", "Target telah dianalisis."):
        assert words in text
    assert "Bukti c" not in text
    assert "checked" not in text


def test_only_the_ticked_ones_are_decided(signed_in, cast, three):
    answer = press(signed_in(cast.dewi), three, three[:2], "accept")()
    assert answer.url == reverse("recommendations:review-list")
    assert statuses(three) == ["done", "done", "submitted"]
    text = signed_in(cast.dewi).get(answer.url).text
    assert "2 diterima: " in text
    assert (
        f'<a href="{three[0].get_absolute_url()}">Renaksi 1.a, Sekretariat Daerah 2022</a>' in text
    )
    assert len(set(HistoryEntry.objects.values_list("batch", flat=True))) == 1


def test_a_return_carries_one_reason_and_note(signed_in, cast, three):
    press(signed_in(cast.dewi), three, three, "return", **WORDS)()
    assert statuses(three) == ["returned"] * 3
    assert set(ReviewDecision.objects.values_list("reason", "note")) == {tuple(WORDS.values())}


@pytest.mark.parametrize(
    ("ticked", "data", "sentence"),
    [
        (0, {"decision": "accept"}, "Centang paling sedikit satu"),
        (3, {"decision": "return", "note": "Kurang."}, "Pilih alasannya."),
        (3, {"decision": "return", "reason": "unsigned", "note": " "}, "Tulis catatan"),
        (3, {"decision": "return", "reason": "karena", "note": "Kurang."}, "Pilihan ini tidak ada"),
        (3, {"decision": "accept", "reason": "unsigned"}, "sekarang sudah dikosongkan"),
        (3, {"decision": "reopen"}, "error-summary"),
    ],
)
def test_what_does_not_fit_decides_nothing_and_keeps_ticks_and_words(
    signed_in, cast, three, ticked, data, sentence
):
    rows = three[:ticked]
    answer = press(signed_in(cast.dewi), three, rows, **data)()
    kept = re.findall(r'id="periksa-\d+" checked>', answer.text)
    assert (answer.status_code, len(kept)) == (200, ticked)
    for words in (sentence, data.get("note", "").strip()):
        assert words in answer.text
    assert not ReviewDecision.objects.exists()


def test_what_another_decided_is_told_and_stops_nothing(signed_in, cast, three, eka):
    send = press(signed_in(cast.dewi), three, three, "return", **WORDS)
    perform(action="accept", renaksi=three[1], actor=eka, at=NOW)
    answer = send()
    assert answer.status_code == 409
    assert statuses(three) == ["returned", "done", "returned"]
    for words in ("2 dikembalikan kepada unit", "1 tidak dikembalikan kepada unit", "sudah diterima oleh Eka",
                  WORDS["note"]):  # fmt: skip
        assert words in answer.text
    again = send()
    assert "sudah dikembalikan oleh Anda sendiri" in again.text
    assert ReviewDecision.objects.count() == 3


def test_what_changed_since_is_shown_anew(signed_in, cast, three):
    send = press(signed_in(cast.dewi), three, three[:2], "accept")
    Renaksi.objects.filter(pk=three[0].pk).update(version=5, follow_up="<p>Lain sekali.</p>")
    answer = send()
    assert answer.status_code == 409
    assert statuses(three) == ["submitted", "done", "submitted"]
    for words in ("berubah sejak halaman ini dibuka", "Lain sekali."):
        assert words in answer.text
    assert "checked" not in answer.text


def test_claims_and_unproved_items_are_accepted_on_their_own_page(signed_in, cast, three):
    Renaksi.objects.filter(pk=three[0].pk).update(not_actionable_reason="Peraturan dicabut.")
    three[1].evidence.update(is_archived=True)
    answer = press(signed_in(cast.dewi), three, three, "accept")()
    assert statuses(three) == ["submitted", "submitted", "done"]
    for words in ("Peraturan dicabut.", "diklaim tidak dapat", "tanpa bukti dukung"):
        assert words in answer.text
    press(signed_in(cast.dewi), three, three[:2], "return", **WORDS)()
    assert statuses(three) == ["returned", "returned", "done"]


def test_own_work_is_neither_shown_nor_decided(signed_in, cast, three):
    record(actor=cast.dewi, action="tick_step", target=three[0])
    assert "Bukti a" not in signed_in(cast.dewi).get(PAGE, {"renaksi": keys(three)}).text
    answer = press(signed_in(cast.dewi), three, three, "accept")()
    assert statuses(three) == ["submitted", "done", "done"]
    assert "evaluator lain" in answer.text


def test_what_is_out_of_reach_is_neither_shown_nor_decided(signed_in, units, three):
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.add(units.dinas)
    client = signed_in(irban)
    for answer in (
        client.get(PAGE, {"renaksi": keys(three)}),
        press(client, three, three, "accept")(),
    ):
        assert "Bukti a" not in answer.text
        assert "Sekretariat Daerah" not in answer.text
    assert statuses(three) == ["submitted"] * 3


@pytest.mark.parametrize("nonsense", [[], ["x"], ["9" * 30], ["0"], ["²"]])
def test_nothing_chosen_leads_back(signed_in, cast, nonsense):
    answer = signed_in(cast.dewi).get(PAGE, {"renaksi": nonsense, "saringan": "?batas=lewat"})
    assert "Belum ada yang dipilih" in answer.text
    assert "?batas=lewat" in answer.text


def test_the_list_opens_it_with_what_was_ticked(signed_in, cast, three):
    text = signed_in(cast.dewi).get(reverse("recommendations:review-list")).text
    assert f'action="{PAGE}"' in text
    assert f'name="renaksi" value="{three[0].pk}"' in text


def test_as_many_queries_for_many(signed_in, cast, three, units, recommendation, queries_of):
    signed_in(cast.dewi)
    few = queries_of(f"{PAGE}?renaksi={three[0].pk}")
    rows = [
        factories.make_renaksi(recommendation, units.umum, status="submitted") for _ in range(20)
    ]
    for row in rows:
        factories.make_evidence(row)
    assert queries_of(f"{PAGE}?" + "&".join(f"renaksi={row.pk}" for row in rows)) == few


def test_the_service_needs_no_page(cast, three):
    rows = list(Renaksi.objects.with_evidence())
    outcome = decide_many(
        items=[(row, None) for row in rows], action="accept", actor=cast.rina, at=NOW
    )
    assert outcome.done == []
    assert {reason for _, reason in outcome.refused} == {"Hanya evaluator yang dapat menerima."}
