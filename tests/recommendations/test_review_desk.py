"""The evaluator's desk: order and filters of the queue, last year's item, earlier notes, who else looks."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi, ReviewDecision, ReviewPresence
from recommendations.selectors import review_order, review_queue
from recommendations.selectors.own_decisions import own_notes
from recommendations.workflow import perform
from sakip.roles import Role
from tests import factories
from tests.browsing import fields_of

LIST = reverse("recommendations:review-list")
NOW = timezone.now()
NOTE = "Lampirkan yang sudah ditandatangani."


@pytest.fixture
def submit(recommendation):
    def make(unit, recommendation=recommendation, *, kind="separate", **fields):
        fields = {"status": "submitted", "submitted_at": NOW} | fields
        renaksi = factories.make_renaksi(recommendation, unit, **fields)
        if kind:
            url = "https://contoh.example/" if kind == "link" else ""
            factories.make_evidence(renaksi, kind=kind, url=url)
        return renaksi

    return make


@pytest.fixture
def eka(units):
    return factories.make_user("eka", Role.EVALUATOR, units.inspektorat, evaluates_all=True)


def listed(client, **query):
    rows = client.get(LIST, query).context["page"]
    return [Renaksi.objects.get(pk=row.pk) for row in rows]


def url_of(renaksi, name="review-item"):
    return reverse(f"recommendations:{name}", args=[renaksi.pk])


def judge(renaksi, who, outcome="returned", reason="unsigned", note=NOTE, days_ago=0):
    return ReviewDecision.objects.create(
        renaksi=renaksi,
        evaluator=who,
        decided_at=NOW - timedelta(days=days_ago),
        outcome=outcome,
        reason=reason if outcome == "returned" else "",
        note=note,
    )


# ── Order ───────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def two_bodies(units, evaluation, recommendation, submit):
    """Items in the order of the LHE, sent in another order; the last two are of another body."""
    units.dinas.position = 9
    units.dinas.save()
    second = factories.make_recommendation(evaluation)
    theirs = factories.make_recommendation(factories.make_evaluation(units.dinas))
    newer = factories.make_evaluation(units.setda, 2023)
    of_newer = factories.make_recommendation(newer)
    rows = {
        "dinas a": submit(units.dinas, theirs, submitted_at=None),
        "2.a": submit(units.umum, second, submitted_at=NOW - timedelta(days=5)),
        "newer": submit(units.umum, of_newer, submitted_at=NOW - timedelta(days=3)),
        "1.a": submit(units.organisasi, submitted_at=NOW - timedelta(days=1)),
        "1.b": submit(units.umum, submitted_at=NOW - timedelta(days=9)),
        "dinas b": submit(units.dinas, theirs, submitted_at=NOW),
    }
    return [rows[key] for key in ("1.a", "1.b", "2.a", "newer", "dinas a", "dinas b")]


def test_body_after_body_in_the_order_of_the_lhe(signed_in, cast, two_bodies):
    client = signed_in(cast.dewi)
    assert listed(client) == two_bodies
    response = client.get(LIST)
    told = [(group.evaluation.unit.name, group.evaluation.performance_year, group.count, group.start)
            for group in response.context["groups"]]  # fmt: skip
    assert told == [
        ("Sekretariat Daerah", 2022, 3, 1),
        ("Sekretariat Daerah", 2023, 1, 4),
        ("Dinas Pariwisata", 2022, 2, 5),
    ]
    assert "Dinas Pariwisata · kinerja 2022" in response.text


@pytest.mark.parametrize("order", list(review_order.ORDERS))
def test_a_long_queue_is_paged_forth_and_back(signed_in, cast, two_bodies, settings, order):
    settings.PAGE_LENGTH = settings.MOST_COUNTED = 2
    client = signed_in(cast.dewi)
    rows = [row.pk for row in review_order.ordered(review_queue.queue(cast.dewi), order)]
    page = client.get(LIST, {"urut": order}).context["page"]
    assert page.count_words == "lebih dari 2"
    there = [page.rows]
    while page.next_link:
        page = client.get(LIST + page.next_link).context["page"]
        there.append(page.rows)
    assert [row.pk for row in sum(there, [])] == rows
    back = [page.rows]
    while page.previous_link:
        page = client.get(LIST + page.previous_link).context["page"]
        back.append(page.rows)
    assert back[::-1] == there


@pytest.mark.parametrize("order", list(review_order.ORDERS))
def test_whoever_walks_meets_every_item_once(cast, two_bodies, order):
    rows = review_order.ordered(review_queue.queue(cast.dewi), order)
    found = [rows.first()]
    while following := review_order.following(rows, found[-1], order):
        found.append(Renaksi.objects.get(pk=following))
    assert found == list(rows)
    assert len(found) == len(two_bodies)


def test_the_next_item_follows_the_chosen_order(signed_in, cast, two_bodies):
    first, second, *_ = two_bodies
    client = signed_in(cast.dewi)
    following = client.post(url_of(first), {"decision": "accept"}).url
    assert following.partition("?")[0] == url_of(second)
    oldest = listed(client, urut="lama")
    answer = client.post(url_of(oldest[0]) + "?urut=lama", {"decision": "accept"})
    assert answer.url.startswith(url_of(oldest[1]) + "?urut=lama&")


# ── Filters ─────────────────────────────────────────────────────────────────────────────────────
def test_due_date_year_returns_and_kind_of_evidence_narrow(signed_in, cast, units, submit, eka):
    today = timezone.localdate()
    late = submit(units.umum, due_date=today - timedelta(days=1), kind="file")
    soon = submit(units.umum, due_date=today + timedelta(days=7), kind="link")
    far = submit(units.umum, due_date=today + timedelta(days=8), kind=None)
    never = submit(units.umum)
    judge(soon, eka)
    judge(far, eka, "accepted")
    factories.make_evidence(never, kind="file", is_archived=True)
    client = signed_in(cast.dewi)
    for query, expected in (
        ({"batas": "lewat"}, [late]),
        ({"batas": "pekan"}, [soon]),
        ({"batas": "nanti"}, [far]),
        ({"batas": "tanpa"}, [never]),
        ({"kembali": "ya"}, [soon]),
        ({"kembali": "belum"}, [late, far, never]),
        ({"bukti": "file"}, [late]),
        ({"bukti": "link"}, [soon]),
        ({"bukti": "separate"}, [never]),
        ({"bukti": "tanpa"}, [far]),
        ({"tahun": 2022}, [late, soon, far, never]),
        ({"tahun": 2021}, []),
        ({"batas": "lewat", "bukti": "link"}, []),
        (
            {"batas": "besok", "bukti": "x", "kembali": "?", "urut": "acak"},
            [late, soon, far, never],
        ),
    ):
        assert listed(client, **query) == expected, query


def test_due_today_is_not_late(cast, units, submit):
    row = submit(units.umum, due_date=date(2026, 6, 30))
    rows = review_queue.queue(cast.dewi)
    today = {"today": date(2026, 6, 30)}
    assert list(review_queue.narrowed(rows, due="pekan", **today)) == [row]
    assert not review_queue.narrowed(rows, due="lewat", **today)


def test_only_years_of_the_own_queue_are_offered(signed_in, cast, units, submit):
    submit(units.umum)
    other = factories.make_recommendation(factories.make_evaluation(units.dinas, 2030))
    submit(units.dinas, other)
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.add(units.setda)
    assert ">2030<" in signed_in(cast.dewi).get(LIST).text
    assert ">2030<" not in signed_in(irban).get(LIST).text


def test_as_many_queries_for_many_bodies_years_and_readers(
    signed_in, cast, units, submit, eka, queries_of
):
    signed_in(cast.dewi)
    submit(units.umum)
    one = queries_of(LIST)
    for number in range(20):
        body = factories.make_unit(f"Dinas {number}", parent=units.province, kind="dinas")
        lhe = factories.make_evaluation(body, 2010 + number)
        row = submit(body, factories.make_recommendation(lhe))
        ReviewPresence.objects.create(
            renaksi=row, person=eka, opened_at=timezone.now(), seen_at=timezone.now()
        )
    assert queries_of(LIST) == one


# ── The same recommendation last year ───────────────────────────────────────────────────────────
@pytest.fixture
def repeated(units, evaluation, recommendation):
    """Last year's recommendation with one item of each Biro."""
    before = factories.make_evaluation(units.setda, 2021)
    earlier = factories.make_recommendation(before, text="<p>Perbaiki target.</p>")
    recommendation.previous = earlier
    recommendation.save()
    return [
        factories.make_renaksi(earlier, unit, status="done", follow_up=f"<p>Kata {unit.name}.</p>")
        for unit in (units.organisasi, units.umum)
    ]


def test_last_year_stands_beside_the_review(signed_in, cast, units, submit, repeated, eka):
    judge(repeated[0], eka, note="Tahun lalu kurang notulen.")
    factories.make_evidence(repeated[0], "Notulen 2021")
    factories.make_evidence(repeated[0], "Usang", is_archived=True)
    text = signed_in(cast.dewi).get(url_of(submit(units.organisasi))).text
    for words in ("tahun 2021", "Perbaiki target.", "Kata Biro Umum.", "Notulen 2021",
                  "Tahun lalu kurang notulen.", "Belum ditandatangani"):  # fmt: skip
        assert words in text
    assert "Usang" not in text


def test_last_year_shows_only_what_the_evaluator_sees(signed_in, units, submit, repeated):
    """The body's recommendation was carried over from a body that is not this evaluator's."""
    elsewhere = factories.make_recommendation(factories.make_evaluation(units.dinas))
    elsewhere.previous = repeated[0].recommendation
    elsewhere.save()
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.add(units.dinas)
    text = signed_in(irban).get(url_of(submit(units.dinas, elsewhere))).text
    assert "Rekomendasi yang sama" not in text
    assert "Perbaiki target." not in text


def test_as_many_queries_for_a_long_last_year(signed_in, cast, units, submit, repeated, queries_of):
    row = submit(units.organisasi)
    judge(repeated[0], cast.dewi)
    factories.make_evidence(repeated[0])
    signed_in(cast.dewi)
    few = queries_of(url_of(row))
    for number in range(20):
        item = factories.make_renaksi(repeated[0].recommendation, units.umum)
        factories.make_evidence(item)
        judge(item, cast.dewi, note=f"Catatan {number}")
    assert queries_of(url_of(row)) == few


# ── Own earlier notes ───────────────────────────────────────────────────────────────────────────
def test_own_notes_on_the_same_recommendation_come_first(cast, units, evaluation, submit, eka):
    row = submit(units.organisasi)
    elsewhere = submit(units.umum, factories.make_recommendation(evaluation))
    judge(row, cast.dewi, note="Lama tetapi sama.", days_ago=90)
    judge(elsewhere, cast.dewi, note="Baru di tempat lain.")
    judge(elsewhere, cast.dewi, note="Baru di tempat lain.", days_ago=2)
    judge(elsewhere, cast.dewi, "accepted", note="Diterima.")
    judge(row, eka, note="Bukan catatan saya.")
    found = [decision.note for decision in own_notes(cast.dewi, row)]
    assert found == ["Lama tetapi sama.", "Baru di tempat lain."]


def test_a_note_on_what_is_out_of_reach_is_not_offered(units, submit):
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.add(units.setda)
    row = submit(units.organisasi)
    theirs = submit(
        units.dinas, factories.make_recommendation(factories.make_evaluation(units.dinas))
    )
    judge(theirs, irban)
    assert own_notes(irban, row) == []


def test_a_note_is_taken_over_without_scripts_and_decides_nothing(
    signed_in, cast, units, submit, eka
):
    row = submit(units.organisasi)
    earlier = judge(row, cast.dewi, reason="unreadable")
    foreign = judge(row, eka, note="Catatan Eka.")
    client, url = signed_in(cast.dewi), url_of(row)
    opened = fields_of(client.get(url))
    page = client.post(url, opened | {"note": "Selain itu:", "pakai": earlier.pk})
    fields = fields_of(page)
    assert (page.status_code, fields["reason"]) == (200, "unreadable")
    assert fields["note"].strip().splitlines() == ["Selain itu:", NOTE]
    assert (fields["version"], fields["last_entry"]) == (opened["version"], opened["last_entry"])
    assert "Catatan Eka." not in fields_of(client.post(url, {"pakai": foreign.pk}))["note"]
    assert ReviewDecision.objects.filter(decided_at__gt=NOW).count() == 0
    assert client.post(url, fields | {"decision": "return"}).status_code == 302
    assert row.decisions.first().note.splitlines() == ["Selain itu:", NOTE]


# ── Who else has it open ────────────────────────────────────────────────────────────────────────
def test_another_evaluator_sees_who_has_it_open(signed_in, cast, units, submit, eka):
    row = submit(units.organisasi)
    assert "Sedang dibuka" not in signed_in(eka).get(url_of(row)).text
    assert "Sedang dibuka" not in signed_in(eka).get(LIST).text
    since = timezone.localtime(ReviewPresence.objects.get().opened_at)
    text = signed_in(cast.dewi).get(url_of(row)).text
    assert "Sedang dibuka <strong>Eka</strong>" in text
    assert f"sejak {since:%H.%M}" in text
    assert "Sedang dibuka Eka" in signed_in(cast.dewi).get(LIST).text
    assert "Dewi" in signed_in(eka).post(url_of(row, "review-presence")).text


def test_it_is_forgotten_after_two_minutes_and_renewed_before(signed_in, cast, units, submit, eka):
    row = submit(units.organisasi)
    client = signed_in(eka)
    client.get(url_of(row))
    long_ago = timezone.now() - timedelta(seconds=60)
    ReviewPresence.objects.update(opened_at=long_ago, seen_at=long_ago)
    client.post(url_of(row, "review-presence"))
    found = ReviewPresence.objects.get()
    assert found.opened_at == long_ago
    assert found.seen_at > long_ago
    ReviewPresence.objects.update(seen_at=timezone.now() - timedelta(seconds=121))
    assert "Sedang dibuka" not in signed_in(cast.dewi).get(url_of(row)).text
    assert [one.person for one in ReviewPresence.objects.all()] == [cast.dewi]


def test_who_decided_is_no_longer_there(signed_in, cast, units, submit, eka):
    row, other = submit(units.organisasi), submit(units.umum)
    client = signed_in(eka)
    client.get(url_of(row))
    client.get(url_of(other))
    client.post(url_of(row), {"decision": "accept"})
    assert [one.renaksi for one in ReviewPresence.objects.all()] == [other]


def test_an_open_page_hears_that_another_has_decided(signed_in, cast, units, submit, eka):
    row = submit(units.organisasi)
    signed_in(cast.dewi).get(url_of(row))
    perform(action="accept", renaksi=row, actor=eka, at=NOW)
    text = signed_in(cast.dewi).post(url_of(row, "review-presence")).text
    for words in ("tidak menunggu reviu lagi", "Diterima oleh Eka", "masih ada di halaman ini"):
        assert words in text


def test_the_slower_one_reads_both_notes_and_keeps_her_own(signed_in, cast, units, submit, eka):
    row = submit(units.organisasi)
    opened = fields_of(signed_in(cast.dewi).get(url_of(row)))
    perform(
        action="return", renaksi=row, actor=eka, at=NOW, reason="unreadable", note="Pindai ulang."
    )
    answer = signed_in(cast.dewi).post(
        url_of(row), opened | {"decision": "return", "reason": "unsigned", "note": NOTE}
    )
    assert answer.status_code == 409
    assert "Pindai ulang." in answer.text
    typed = fields_of(answer)["text"].strip()
    assert typed == NOTE
    client = signed_in(cast.dewi)
    assert client.post(url_of(row, "comment-create"), {"text": typed}).status_code == 302
    assert row.comments.get().text == NOTE


# ── After a decision ────────────────────────────────────────────────────────────────────────────
def test_the_message_names_and_links_what_was_decided(signed_in, cast, units, submit):
    row = submit(units.organisasi)
    client = signed_in(cast.dewi)
    text = client.post(url_of(row), {"decision": "accept"}, follow=True).text
    assert (
        f'Renaksi 1.a · Sekretariat Daerah · LHE 2022: diterima · <a href="{row.get_absolute_url()}">Buka</a>'
        in text
    )
    assert Renaksi.objects.get().status == "done"
