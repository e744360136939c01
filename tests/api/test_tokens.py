"""A token: made once, shown once, dead when it should be."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from api.models import ApiToken
from api.services import allowance, tokens
from sakip.history.entries import HistoryEntry
from sakip.models import User
from sakip.purging import purge
from sakip.roles import Role
from sakip.services import posts
from tests import factories
from tests.api.asking import Asker

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PASSWORD = "rahasia-sekali-1"


def detail(answer):
    return answer.status_code, answer.json()["detail"]


def test_the_person_makes_a_token_after_the_password_and_sees_it_once(client, cast):
    client.force_login(cast.rina)
    page = reverse("api:token-create")
    key = re.search(r'name="kunci" value="([^"]+)"', client.get(page).text)[1]
    sent = {"name": "e-SAKIP", "scopes": ["renaksi", "evidence"], "days": 90, "kunci": key}
    asked = client.post(page, sent)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    answer = client.post(asked.url, {"password": PASSWORD}, follow=True)
    text = re.search(r"sakip_[\w-]{43}", answer.text)[0]
    token = ApiToken.objects.get()
    assert (token.person, token.scopes) == (cast.rina, ["renaksi", "evidence"])
    assert token.digest == tokens.digest_of(text) and text not in str(vars(token))
    assert text not in client.get(reverse("api:token-list")).text
    client.post(page, sent)  # sent twice
    assert ApiToken.objects.count() == 1
    assert HistoryEntry.objects.on(User, cast.rina.pk).filter(action="make_token").count() == 1


def test_what_the_form_says_about_a_slip(client, cast):
    client.force_login(cast.rina)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.post(reverse("api:token-create"), {"name": "", "days": 4000})
    for sentence in (
        "Tulis nama program",
        "Pilih sedikitnya satu data yang dibaca.",
        "Pilih masa berlaku yang lain.",
    ):
        assert sentence in answer.text
    assert not ApiToken.objects.exists()


def test_a_revoked_token_reads_nothing_and_the_history_says_who(client, cast):
    token, text = factories.make_token(cast.rina)
    client.force_login(cast.umar)
    assert client.post(reverse("api:token-revoke", args=[token.pk])).status_code == 404
    client.force_login(cast.rina)
    client.post(reverse("api:token-revoke", args=[token.pk]))
    assert detail(Asker(client, text)("units")) == (401, tokens.REVOKED)
    entry = HistoryEntry.objects.on(User, cast.rina.pk).get(action="revoke_token")
    assert entry.actor == cast.rina


@pytest.mark.parametrize("days", [30, 365])
def test_a_token_ends_by_itself(client, cast, days, passing):
    ask = Asker(client, factories.make_token(cast.rina, days=days)[1])
    passing((days * 24 - 1) * 60)
    assert ask("units").status_code == 200
    passing(2 * 60)
    assert ask("units").status_code == 401
    assert "berlaku sampai" in ask("units").json()["detail"]


def test_a_token_of_somebody_who_left_is_dead(client, cast):
    ask = Asker(client, factories.make_token(cast.rina)[1])
    User.objects.filter(pk=cast.rina.pk).update(is_active=False)
    assert detail(ask("units")) == (401, tokens.NO_PERSON)


def test_a_token_that_nobody_has_is_dead(client, cast):
    answer = Asker(client, "sakip_tebakan")("units")
    assert detail(answer) == (401, tokens.UNKNOWN)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_reads_in_its_post_and_ends_with_it(client, cast, units, renaksi):
    cast.rina.other_posts.create(role=Role.COORDINATOR, unit=units.dinas)
    ask = Asker(client, factories.make_token(cast.rina)[1])
    posts.take_up(user=cast.rina, role=Role.COORDINATOR, unit_id=units.dinas.pk)
    assert [row["id"] for row in ask.items("renaksi")] == [renaksi.pk]  # still as the operator
    User.objects.get(pk=cast.rina.pk).other_posts.all().delete()
    assert detail(ask("renaksi")) == (401, tokens.NO_POST)


def test_who_must_have_a_second_factor_reads_nothing_without_one(client, cast, settings):
    ask = Asker(client, factories.make_token(cast.kadir)[1])
    settings.MFA_REQUIRED_FOR = ["coordinators"]
    assert detail(ask("units")) == (401, tokens.NO_FACTOR)


def test_a_token_reads_only_what_it_was_made_for(client, cast, renaksi):
    ask = Asker(client, factories.make_token(cast.rina, scopes=["units"])[1])
    assert ask("units").status_code == 200
    for path in ("renaksi", f"renaksi/{renaksi.pk}", "evidence/1/file", "body-figures"):
        code, sentence = detail(ask(path))
        assert (code, "tidak untuk membaca" in sentence) == (403, True)


def test_nobody_has_more_tokens_than_one_can_look_after(cast, settings):
    for _ in range(settings.API_TOKENS_PER_PERSON):
        token, _text = factories.make_token(cast.rina)
    with pytest.raises(tokens.ValidationError, match="Cabut dahulu"):
        factories.make_token(cast.rina)
    tokens.revoke_token(token=token, actor=cast.rina, at=NOW)
    factories.make_token(cast.rina, name="Satu lagi")
    with pytest.raises(tokens.ValidationError, match="nama"):
        factories.make_token(cast.umar, name="a") and factories.make_token(cast.umar, name="A")


def test_a_use_is_noted_once_an_hour(client, cast, passing, django_assert_num_queries):
    token, text = factories.make_token(cast.rina)
    ask = Asker(client, text)
    for minutes, noted in ((0, True), (30, False), (31, True)):
        before = ApiToken.objects.get().last_used_at
        passing(minutes)
        ask("units")
        assert (ApiToken.objects.get().last_used_at != before) is noted


def test_one_token_is_limited_and_another_is_not(client, cast, settings, passing):
    settings.API_REQUESTS = 2 * allowance.HANDFUL
    first, second = (Asker(client, factories.make_token(cast.rina)[1]) for _ in range(2))
    codes = [first("openapi.json").status_code for _ in range(3)]
    codes += [first("units").status_code for _ in range(2 * allowance.HANDFUL)]
    assert set(codes) == {200}
    refused = first("units")
    assert (refused.status_code, "terlalu sering" in refused.json()["detail"]) == (429, True)
    assert 0 < int(refused["Retry-After"]) <= settings.API_MINUTES * 60
    assert second("units").status_code == 200
    passing(settings.API_MINUTES + 1)
    assert first("units").status_code == 200


def test_dead_tokens_are_forgotten_after_a_year(cast):
    old = NOW - timedelta(days=500)
    factories.make_token(cast.rina, at=old)
    revoked, _ = factories.make_token(cast.rina, at=NOW)
    tokens.revoke_token(token=revoked, actor=cast.rina, at=NOW)
    list(purge(at=NOW + timedelta(days=300)))
    assert list(ApiToken.objects.all()) == [revoked]
    list(purge(at=timezone.now() + timedelta(days=900)))
    assert not ApiToken.objects.exists()
