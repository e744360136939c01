"""A Telaah Staf is drafted, the records change, it is read, mended, issued and replaced.

At each step every sentence is checked against the records by `memo_checks`, and the program must mark
exactly those that are false.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from recommendations.models import ComponentScore, Renaksi
from recommendations.workflow import perform
from reports.documents.telaah_staf import document
from reports.models import TelaahStaf
from reports.selectors.telaah_staf_marks import marks
from reports.services import telaah_staf as services
from tests import factories
from tests.reports.memo_checks import false_sentences, sentences_of

AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


@pytest.fixture
def records(units, cast):
    """Three scored years; five renaksi: reopened, returned, late, sent, and in progress."""
    rubric = factories.make_rubric()
    for year, score in ((2020, "20"), (2021, "21")):
        factories.make_evaluation(
            units.setda, year, rubric=rubric, scores=(score, "15", "11", "7", "11")
        )
    evaluation = factories.make_evaluation(
        units.setda, 2022, rubric=rubric, scores=("22.20", "14.80", "11", "7.50", "12"),
        letter_number="700/1/IX", letter_date=date(2023, 9, 5),
    )  # fmt: skip
    first = factories.make_recommendation(evaluation)
    second = factories.make_recommendation(evaluation, component="pengukuran")
    for recommendation, unit, due in (
        (first, units.organisasi, "2026-12-31"), (first, units.umum, "2026-07-01"),
        (first, units.umum, "2026-05-31"), (first, units.organisasi, None), (second, units.umum, None),
    ):  # fmt: skip
        factories.make_evidence(factories.make_renaksi(recommendation, unit, due_date=due))
    reopened, returned, _, sent, started = Renaksi.objects.order_by("pk")
    do("submit", reopened, cast.rina)
    do("accept", reopened, cast.dewi)
    do("reopen", reopened, cast.kadir)
    do("submit", returned, cast.umar)
    do("return", returned, cast.dewi)
    do("submit", sent, cast.rina)
    Renaksi.objects.filter(pk=started.pk).update(status="in_progress")
    return evaluation


def do(action, renaksi, person):
    reason = "incomplete" if action == "return" else ""
    perform(
        action=action, renaksi=renaksi, actor=person, at=AT, note="Periksa lagi.", reason=reason
    )


@pytest.fixture
def memo(records, units, cast):
    return services.create_telaah_staf(
        evaluation=records, actor=cast.kadir, at=AT, components=[], from_data=True, two_endings=False,
        signatory=factories.make_official(units.setda), title="TELAAH STAF", addressee="Sekda",
        sender="Biro", subject="Hal", number="7/2026", date=TODAY,
    )  # fmt: skip


@pytest.fixture
def marked(cast):
    def marked(memo):
        found = marks(document.load(cast.kadir, memo.pk), cast.kadir, on=TODAY)
        assert not found["against"]
        return [row for rows in found["stale"].values() for row in rows], found["new"]

    return marked


@pytest.fixture
def mend(marked, cast, signed_in):
    """Presses the button beside every stale sentence, and adds every new one."""

    def mend(memo):
        client, stale = signed_in(cast.kadir), marked(memo)[0]
        for row in stale:
            row.block.refresh_from_db()
            data = {"key": row.key, "version": row.block.version, "seen": row.seen}
            client.post(reverse("reports:telaah-staf-reword", args=[row.block.pk]), data)
        for pk, rows in marked(memo)[1].items():
            for row in rows:
                address = reverse("reports:telaah-staf-sentence-create", args=[pk])
                client.post(address, {"key": row.key, "seen": row.seen})
        return len(stale)

    return mend


def test_a_memo_says_what_the_records_say_until_it_is_replaced(memo, marked, mend, cast, signed_in):
    client = signed_in(cast.kadir)
    said = " ".join(sentences_of(memo))
    assert "dibuka kembali oleh koordinator, yaitu renaksi 1.a (Biro Organisasi" in said
    assert "dikembalikan evaluator karena" in said and "yaitu renaksi 1.b (Biro Umum" in said
    assert "renaksi 2 (Biro Umum, tanpa batas waktu)" in said
    assert "naik dua tahun berturut-turut: 64,00 (2020), 65,00 (2021), dan 67,50 (2022)" in said
    assert false_sentences(memo, TODAY) == set() == set(marked(memo)[0])

    change_everything(cast)
    wrong = false_sentences(memo, TODAY)
    assert len(wrong) >= 10
    assert {row.words for row in marked(memo)[0]} == wrong
    page = client.get(memo.get_absolute_url()).text
    assert page.count("Susun ulang kalimat ini") + page.count("Hapus kalimat ini") == len(wrong)

    with pytest.raises(services.Contradicted):
        services.issue_telaah_staf(memo, cast.kadir, AT)
    untouched = set(sentences_of(memo)) - wrong
    assert mend(memo) == len(wrong)
    assert false_sentences(memo, TODAY) == set()
    assert untouched <= set(sentences_of(memo))
    memo = services.issue_telaah_staf(memo, cast.kadir, AT)
    assert (memo.status, memo.contradiction_reason) == ("issued", "")

    do("submit", Renaksi.objects.get(recommendation__number=2), cast.umar)
    client.post(reverse("reports:telaah-staf-supersede", args=[memo.pk]))
    new = TelaahStaf.objects.get(replaces=memo)
    wrong = false_sentences(new, TODAY)
    assert wrong and {row.words for row in marked(new)[0]} == wrong
    mend(new)
    assert false_sentences(new, TODAY) == set() == set(marked(new)[0])
    TelaahStaf.objects.filter(pk=new.pk).update(number="8/2026", date=TODAY)
    assert services.issue_telaah_staf(new, cast.kadir, AT).status == "issued"


def change_everything(cast):
    """A score rises, the reopened one is accepted, the late one is sent, the returned one is done."""
    ComponentScore.objects.filter(
        evaluation__performance_year=2022, component__code="pengukuran"
    ).update(score=Decimal("16.00"))
    reopened, returned, late, sent, _ = Renaksi.objects.order_by("pk")
    do("submit", reopened, cast.rina)
    do("accept", reopened, cast.dewi)
    do("submit", late, cast.umar)
    do("submit", returned, cast.umar)
    do("accept", returned, cast.dewi)
    do("return", sent, cast.dewi)
