"""An item is read beside its proof, decided with one press, and the next one opens."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi, ReviewDecision
from recommendations.services.evidence import add_evidence
from recommendations.workflow import perform
from sakip.history.entries import HistoryEntry
from sakip.history.write import record
from sakip.uploads.check import check_upload
from tests import factories
from tests.recommendations import files

WORDS = {"reason": "unsigned", "note": "Lampirkan yang sudah ditandatangani."}


@pytest.fixture
def queue(recommendation, units):
    """Three items of Biro Organisasi, the oldest first."""
    rows = []
    for days_ago in (9, 5, 1):
        at = timezone.now() - timedelta(days=days_ago)
        row = factories.make_renaksi(
            recommendation, units.organisasi, status="submitted", submitted_at=at
        )
        factories.make_evidence(row)
        rows.append(row)
    return rows


def url_of(renaksi, query=""):
    return reverse("recommendations:review-item", args=[renaksi.pk]) + query


def after(renaksi, address):
    """Where one goes on after deciding on `renaksi`: there it can be taken back."""
    return f"{address}{'&' if '?' in address else '?'}diputuskan={renaksi.pk}"


def decide(client, renaksi, decision, query="", **data):
    return client.post(url_of(renaksi, query), {"decision": decision, **data})


def test_accepting_opens_the_next_item_and_leaves_a_decision(signed_in, cast, queue):
    first, second, _ = queue
    response = decide(signed_in(cast.dewi), first, "accept", note="Sudah lengkap.")
    assert response.url == after(first, url_of(second))
    decision, entry = ReviewDecision.objects.get(), HistoryEntry.objects.get()
    assert (decision.renaksi, decision.evaluator, decision.outcome) == (
        first,
        cast.dewi,
        "accepted",
    )
    assert (decision.reason, decision.note) == ("", "Sudah lengkap.")
    assert (entry.action, entry.target, entry.at) == ("accept", first, decision.decided_at)
    assert Renaksi.objects.get(pk=first.pk).status == "done"


def test_returning_keeps_reason_and_note(signed_in, cast, queue):
    response = decide(signed_in(cast.dewi), queue[0], "return", **WORDS)
    assert response.url == after(queue[0], url_of(queue[1]))
    decision = ReviewDecision.objects.get()
    assert (decision.outcome, decision.reason, decision.note) == (
        "returned",
        "unsigned",
        WORDS["note"],
    )
    assert Renaksi.objects.get(pk=queue[0].pk).status == "returned"


def test_the_filter_goes_along_and_the_end_is_told(signed_in, cast, units, queue):
    Renaksi.objects.filter(pk=queue[1].pk).update(lead_unit=units.umum)
    client, query = signed_in(cast.dewi), f"?unit={units.organisasi.pk}"
    following = decide(client, queue[0], "accept", query).url
    assert following == after(queue[0], url_of(queue[2], query))
    end = decide(client, queue[2], "accept", query).url
    whole = reverse("recommendations:review-list") + query + "&selesai=1"
    assert end == after(queue[2], whole)
    assert "Akhir antrean" in client.get(end).text


def test_what_is_skipped_stays_and_is_not_met_again_on_the_way(signed_in, cast, queue):
    client = signed_in(cast.dewi)
    assert f'href="{url_of(queue[1])}" data-key="l">Lewati' in client.get(url_of(queue[0])).text
    assert decide(client, queue[1], "accept").url == after(queue[1], url_of(queue[2]))
    end = decide(client, queue[2], "accept").url
    assert [row.pk for row in client.get(end).context["page"]] == [queue[0].pk]


@pytest.mark.parametrize(
    ("data", "sentences"),
    [
        ({"decision": "return"}, ["Pilih alasannya.", "Tulis catatan"]),
        ({"decision": "return", "reason": "unsigned", "note": " "}, ["Tulis catatan"]),
        ({"decision": "return", "note": "Kurang."}, ["Pilih alasannya."]),
        ({"decision": "return", "reason": "karena", "note": "Kurang."}, ["Pilihan ini tidak ada"]),
        ({"decision": "accept", "reason": "unsigned"}, ["sekarang sudah dikosongkan"]),
        ({"decision": "reopen"}, ["error-summary"]),
        ({}, ["error-summary"]),
    ],
)
def test_what_does_not_fit_decides_nothing_and_loses_nothing(
    signed_in, cast, queue, data, sentences
):
    response = signed_in(cast.dewi).post(url_of(queue[0]), data)
    assert response.status_code == 200
    for words in [*sentences, data.get("note", "").strip()]:
        assert words in response.text
    assert not ReviewDecision.objects.exists()
    assert Renaksi.objects.get(pk=queue[0].pk).status == "submitted"


def test_a_reason_chosen_by_mistake_is_undone_for_the_second_press(signed_in, cast, queue):
    client = signed_in(cast.dewi)
    assert "checked" not in decide(client, queue[0], "accept", reason="other").text
    assert decide(client, queue[0], "accept").status_code == 302


def test_the_proof_is_shown_in_the_page(signed_in, cast, queue, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    renaksi = queue[0]
    Renaksi.objects.update(status="in_progress")
    for name, content in (
        ("a.pdf", files.PDF),
        ("b.png", files.picture()),
        ("c.docx", files.office()),
    ):
        upload = check_upload(files.upload(name, content))
        add_evidence(
            renaksi=renaksi,
            actor=cast.rina,
            at=timezone.now(),
            kind="file",
            title=name,
            upload=upload,
        )
    renaksi.evidence.create(kind="separate", title="Usang", is_archived=True, position=9)
    Renaksi.objects.update(status="submitted")
    response = signed_in(cast.dewi).get(url_of(renaksi))
    address = {
        row.title: reverse("recommendations:evidence-file", args=[row.pk, 1])
        for row in renaksi.evidence.all()
    }
    assert f'<iframe class="proof-view" src="{address["a.pdf"]}#' in response.text
    assert f'<img class="proof-picture" src="{address["b.png"]}"' in response.text
    assert f'href="{address["c.docx"]}"' in response.text
    numbers = {part: response.text.count(part) for part in ("<iframe", "proof-pages", "proof-pict")}
    # A phone gets the first pages of the PDF as a picture, in the place of the frame.
    assert numbers == {"<iframe": 1, "proof-pages": 1, "proof-pict": 2}
    assert "Usang" not in response.text
    assert "frame-src 'self'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "frame-src" not in signed_in(cast.dewi).get("/reviu/")["Content-Security-Policy"]


def test_how_often_it_went_back_and_what_was_done_since(signed_in, cast, renaksi):
    def do(action, who, **words):
        perform(action=action, renaksi=renaksi, actor=who, at=timezone.now(), **words)

    for words in (WORDS, {"reason": "unreadable", "note": "Pindai ulang."}):
        do("submit", cast.rina)
        do("return", cast.dewi, **words)
    do("edit", cast.rina, changes=[("Tindak lanjut", "Lama", "Sudah dipindai ulang")])
    do("submit", cast.rina)
    text = signed_in(cast.dewi).get(url_of(renaksi)).text
    for words in ("Sudah 2 kali dikembalikan", "Tidak terbaca", "Pindai ulang.", WORDS["note"]):
        assert words in text
    assert "Yang dilakukan unit sejak itu (2)" in text
    assert "Sudah dipindai ulang" in text


def test_the_slower_of_two_evaluators_gets_409_and_the_way_on(signed_in, cast, units, queue):
    eka = factories.make_user("eka", "evaluator", units.inspektorat, evaluates_all=True)
    decide(signed_in(eka), queue[0], "accept")
    response = decide(signed_in(cast.dewi), queue[0], "return", **WORDS)
    assert response.status_code == 409
    for words in ("Tuntas", "diterima oleh Eka", WORDS["note"], url_of(queue[1])):
        assert words in response.text
    assert signed_in(cast.dewi).get(url_of(queue[0])).status_code == 409
    assert ReviewDecision.objects.count() == 1


def test_who_wrote_it_is_told_that_another_must_judge(signed_in, cast, queue):
    record(actor=cast.dewi, action="tick_step", target=queue[0])
    for response in (
        signed_in(cast.dewi).get(url_of(queue[0])),
        decide(signed_in(cast.dewi), queue[0], "accept"),
    ):
        assert response.status_code == 403
        assert "evaluator lain" in response.text
    assert not ReviewDecision.objects.exists()


@pytest.mark.parametrize(
    ("who", "code"), [("rina", 403), ("kadir", 403), ("laila", 403), ("umar", 404), ("sari", 404)]
)
def test_nobody_else_reviews(signed_in, cast, queue, who, code):
    client = signed_in(getattr(cast, who))
    assert client.get(url_of(queue[0])).status_code == code
    assert decide(client, queue[0], "accept").status_code == code
    assert client.put(url_of(queue[0])).status_code == 405
    assert not ReviewDecision.objects.exists()


@pytest.mark.parametrize("status", ["open", "in_progress", "returned", "done"])
def test_what_does_not_wait_is_not_judged(signed_in, cast, queue, status):
    Renaksi.objects.update(status=status)
    response = decide(signed_in(cast.dewi), queue[0], "accept")
    assert response.status_code == 409
    assert "tidak menunggu reviu lagi" in response.text


def test_as_many_queries_with_fifty_pieces_of_proof(signed_in, cast, queue, queries_of):
    signed_in(cast.dewi)
    one = queries_of(url_of(queue[0]))
    for _ in range(49):
        factories.make_evidence(queue[0])
    assert queries_of(url_of(queue[0])) == one
