"""docs/design.md §2.4, transcribed by hand: every action × status × person, on the page and behind it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from recommendations.models import Renaksi
from recommendations.transitions import STATUSES as KNOWN
from recommendations.transitions import TRANSITIONS
from sakip.history.entries import HistoryEntry
from sakip.roles import Role
from tests import factories

# Rina leads, Sinta supports; Umar is of a third unit, Sari and Lukas of another body.
OWN = ("rina", "sinta", "dewi", "kadir", "laila")
OTHER = ("umar", "sari", "lukas", "irban", "tanpa_peran")
MAY = {
    "edit": {"rina", "sinta", "kadir"},
    "submit": {"rina"},
    "withdraw": {"rina"},
    "accept": {"dewi"},
    "return": {"dewi"},
    "reopen": {"dewi", "kadir"},
}
FROM = {
    "edit": {"open", "in_progress", "returned"},
    "submit": {"open", "in_progress", "returned"},
    "withdraw": {"submitted"},
    "accept": {"submitted"},
    "return": {"submitted"},
    "reopen": {"done", "not_actionable"},
}
TO = {
    "edit": "in_progress",
    "submit": "submitted",
    "withdraw": "in_progress",
    "accept": "not_actionable",
    "return": "returned",
    "reopen": "returned",
}
STATUSES = ("open", "in_progress", "submitted", "returned", "done", "not_actionable")
POSTED = {
    "version": "0",
    "follow_up": "<p>Sudah dirapatkan.</p>",
    "not_actionable_reason": "Peraturan dicabut.",
    "form-TOTAL_FORMS": "0",
    "form-INITIAL_FORMS": "0",
    "reason": "incomplete",
    "note": "Lengkapi lampirannya.",
}


@pytest.fixture
def people(units, cast):
    make = factories.make_user
    bantuan = factories.make_unit("Biro Hukum", parent=units.setda)
    cast.sinta = make("sinta", Role.OPERATOR, bantuan)
    cast.lukas = make("lukas", Role.LEADER, units.dinas)
    cast.irban = make("irban", Role.EVALUATOR, units.inspektorat)
    cast.irban.assigned_bodies.add(units.dinas)
    cast.tanpa_peran = make("tanpa", "", units.organisasi)
    return cast


def expected(action, who, status):
    if who in OTHER:
        return 404
    if who not in MAY[action]:
        return 403
    return 302 if status in FROM[action] else 409


@pytest.mark.parametrize("who", OWN + OTHER)
@pytest.mark.parametrize("action", MAY)
def test_the_table_of_rights(signed_in, people, renaksi, action, who):
    renaksi.supporting_units.add(people.sinta.unit)
    client = signed_in(getattr(people, who))
    url = reverse(f"recommendations:renaksi-{action}", args=[renaksi.pk])
    for status in STATUSES:
        Renaksi.objects.update(status=status, version=0, not_actionable_reason="Dicabut.")
        rows, code = HistoryEntry.objects.count(), expected(action, who, status)
        assert client.get(url).status_code == (200 if code == 302 else code), status
        assert client.post(url, POSTED).status_code == code, status
        after = Renaksi.objects.get().status
        assert after == (TO[action] if code == 302 else status)
        assert HistoryEntry.objects.count() == rows + (code == 302)


@pytest.mark.parametrize("action", MAY)
def test_other_methods_are_refused(signed_in, cast, renaksi, action):
    url = reverse(f"recommendations:renaksi-{action}", args=[renaksi.pk])
    assert signed_in(cast.rina).put(url).status_code == 405
    assert signed_in(cast.rina).delete(url).status_code == 405


@pytest.mark.parametrize("action", MAY)
def test_strangers_are_sent_to_sign_in(client, renaksi, action):
    response = client.post(reverse(f"recommendations:renaksi-{action}", args=[renaksi.pk]))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def rows_of_the_design():
    """The rows of docs/design.md §2.4 that lead to a status, without blanks."""
    text = (Path(settings.BASE_DIR) / "docs/design.md").read_text()
    section = text.partition("### 2.4")[2].partition("###")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in row] for row in rows]
    return [row for row in rows if any(status in KNOWN for status in statuses_in(row[3]))]


def statuses_in(cell):
    return {word.strip(",;") for word in cell.split()} & set(KNOWN)


def test_the_design_names_the_same_transitions():
    rows = rows_of_the_design()
    assert [row[0].split()[0] for row in rows] == list(TRANSITIONS)
    for (_, who, before, after, asked), row in zip(rows, TRANSITIONS.values(), strict=True):
        assert {role for role in Role.values if role in who} == {role for role, _ in row.who}
        assert ("never wrote" in who) == row.bars_authors
        assert statuses_in(before) == set(row.sources)
        assert statuses_in(after) == {row.target, row.if_impossible} - {""}
        assert ("note" in asked, "evidence" in asked) == (row.needs_note, row.needs_work)
