"""Every transition raises the version; nobody is told of a conflict where no word changed."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from recommendations.models import Draft, Renaksi
from recommendations.services.evidence import add_evidence
from recommendations.services.quarterly_reports import report_quarter
from recommendations.services.renaksi import write_follow_up
from recommendations.workflow import perform
from tests.recommendations.test_renaksi_edit import posted

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
WORDS = {"reason": "unsigned", "note": "Lengkapi."}


@pytest.fixture
def version(renaksi):
    return lambda: Renaksi.objects.get().version


@pytest.fixture
def do(cast, renaksi):
    """do("submit", "withdraw") performs each in the name of who may."""
    actors = {"submit": "rina", "withdraw": "rina", "reopen": "dewi"}

    def do(*actions):
        for action in actions:
            actor = getattr(cast, actors.get(action, "dewi"))
            perform(action=action, renaksi=renaksi, actor=actor, at=NOON, **WORDS)

    return do


@pytest.mark.parametrize(
    "life", [["submit", "withdraw"], ["submit", "return"], ["submit", "accept", "reopen"]]
)
def test_every_transition_raises_the_version(do, version, life):
    for number, action in enumerate(life, 1):
        do(action)
        assert version() == number


def test_an_edit_raises_it_once(cast, renaksi, version):
    write_follow_up(renaksi=renaksi, actor=cast.rina, at=NOON, version=0, follow_up="<p>Baru</p>")
    assert version() == 1


def test_what_stands_beside_the_text_raises_it_too(cast, renaksi, version):
    about = {"renaksi": renaksi, "actor": cast.rina, "at": NOON}
    for title in ("Notula", "Surat"):
        add_evidence(kind="separate", title=title, **about)
    report_quarter(year=2026, quarter=1, progress=10, **about)
    assert (version(), Renaksi.objects.get().status) == (3, "in_progress")


@pytest.fixture
def form(signed_in, cast, renaksi):
    """The hidden fields and texts of the form as Rina opens it now."""
    address = reverse("recommendations:renaksi-edit", args=[renaksi.pk])

    def opened():
        form = signed_in(cast.rina).get(address).context["work"].follow_up
        hidden = {field.name: field.value() for field in form.hidden_fields()}
        return posted(**hidden, follow_up="<p>Kata Rina</p>")

    return opened


def save(client, renaksi, data):
    return client.post(reverse("recommendations:renaksi-edit", args=[renaksi.pk]), data).status_code


def test_a_form_that_was_open_while_the_item_was_sent_and_withdrawn_is_saved(
    signed_in, cast, renaksi, form, do
):
    data = form()
    do("submit", "withdraw")
    assert save(signed_in(cast.rina), renaksi, data) == 302
    assert Renaksi.objects.get().follow_up == "<p>Kata Rina</p>"


def test_a_form_that_was_open_while_somebody_attached_a_proof_is_saved(
    signed_in, cast, renaksi, form
):
    data = form()
    add_evidence(renaksi=renaksi, actor=cast.kadir, at=NOON, kind="separate", title="Notula")
    assert save(signed_in(cast.rina), renaksi, data) == 302


def test_a_form_on_other_words_is_a_conflict_whatever_its_version(signed_in, cast, renaksi, form):
    data = form()
    Renaksi.objects.update(follow_up="<p>Kata Ada</p>")
    assert save(signed_in(cast.rina), renaksi, data) == 409


def test_a_conflict_is_saved_at_the_second_press(signed_in, cast, renaksi, form):
    data = form()
    Renaksi.objects.update(follow_up="<p>Kata Ada</p>")
    address = reverse("recommendations:renaksi-edit", args=[renaksi.pk])
    page = signed_in(cast.rina).post(address, data).context["work"].follow_up
    again = data | {field.name: field.value() for field in page.hidden_fields()}
    assert save(signed_in(cast.rina), renaksi, again) == 302


def test_a_draft_lives_through_a_withdrawal_without_an_alarm(signed_in, cast, renaksi, form, do):
    client = signed_in(cast.rina)
    client.post(reverse("recommendations:renaksi-draft", args=[renaksi.pk]), form())
    do("submit", "withdraw")
    assert Draft.objects.get().base_version == 2
    page = client.get(reverse("recommendations:renaksi-edit", args=[renaksi.pk]))
    assert "Kata Rina" in page.text
    assert "perubahan lain telah disimpan" not in page.text


def test_a_draft_on_other_words_stays_behind(cast, renaksi, do):
    Draft.objects.create(renaksi=renaksi, author=cast.rina, base_version=0, saved_at=NOON)
    write_follow_up(renaksi=renaksi, actor=cast.kadir, at=NOON, version=0, follow_up="<p>Lain</p>")
    do("submit", "withdraw")
    assert Draft.objects.get().base_version == 0
