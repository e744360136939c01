"""Invitations: everybody chooses the own password, and nobody knows another's."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from sakip.models import User
from sakip.roles import Role
from sakip.services import invitations
from sakip.sign_in.accounts import AccountAdapter
from tests import factories
from tests.workbooks.books import upload
from workbooks.services import imports

NEW_USER, LIST = "/pengaturan/pengguna/baru/", "/pengaturan/pengguna/undangan/"
ACCEPT = "/akun/undangan/"
PASSWORD = "kuda-baterai-stapler-7"
CHOSEN = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def kadir(signed_in, cast):
    return signed_in(cast.kadir)


def links_in(response):
    return re.findall(r"<code>http://testserver(/akun/undangan/\S+?)</code>", text_of(response))


def text_of(response):
    return response.content.decode()


def invited(cast, person, at=None):
    at = at or timezone.now()
    (user,) = invitations.invite(people=[person], actor=cast.kadir, at=at)
    return user


def new(kadir, units, **changes):
    data = {"name": "Nur Contoh", "username": "nur", "role": "operator", "unit": units.umum.pk}
    return kadir.post(NEW_USER, data | {"is_active": "on"} | changes)


def test_a_new_person_chooses_the_own_password(kadir, units, client):
    response = new(kadir, units)
    (link,) = links_in(response)
    assert response["Cache-Control"] == "no-store"
    nur = User.objects.get(username="nur")
    assert not nur.has_usable_password()
    guest = Client()
    opened = guest.get(link)
    assert (opened.status_code, opened.url) == (302, ACCEPT)
    page = guest.get(ACCEPT)
    assert "Nur Contoh" in text_of(page) and "<strong>nur</strong>" in text_of(page)
    assert guest.post(ACCEPT, CHOSEN).url == "/akun/masuk/"
    signed = guest.post("/akun/masuk/", {"login": "nur", "password": PASSWORD})
    assert signed.url == "/"
    told = [entry.action for entry in HistoryEntry.objects.about(nur)]
    assert told == ["accept_invitation", "invite", "create"]


def test_the_secret_stays_out_of_headers_caches_and_the_history(kadir, units):
    (link,) = links_in(new(kadir, units))
    guest = Client()
    for response, policy in ((guest.get(link), "no-referrer"), (guest.get(ACCEPT), "same-origin")):
        assert response["Referrer-Policy"] == policy
        assert response["Cache-Control"] == "no-store"
        assert link.rstrip("/").rpartition("/")[2] not in text_of(response)
    secret = link.rstrip("/").rpartition("/")[2]
    nur = User.objects.get(username="nur")
    assert secret not in str(list(HistoryEntry.objects.about(nur).values()))
    assert secret not in str(User.objects.filter(pk=nur.pk).values())


def test_a_link_works_once(kadir, units):
    (link,) = links_in(new(kadir, units))
    first, second = Client(), Client()
    first.get(link)
    second.get(link)
    first.post(ACCEPT, CHOSEN)
    late = second.post(ACCEPT, {"password1": "lain-sekali-99-x", "password2": "lain-sekali-99-x"})
    assert (late.status_code, "sudah dipakai" in text_of(late)) == (410, True)
    assert Client().get(link).status_code == 410
    assert User.objects.get(username="nur").check_password(PASSWORD)


def test_two_at_once_choose_once(cast):
    umar = invited(cast, cast.umar)
    token, at = invitations.token_of(umar), timezone.now()
    invitations.accept(token=token, password=PASSWORD, at=at)
    with pytest.raises(WrongState):
        invitations.accept(token=token, password="lain-sekali-99-x", at=at)


def test_a_new_link_kills_the_old_one(cast):
    old = invitations.path_of(invited(cast, cast.umar))
    new_link = invitations.path_of(invited(cast, cast.umar))
    assert Client().get(old).status_code == 410
    assert Client().get(new_link).status_code == 302


def test_a_link_dies_of_age(cast, settings):
    now = timezone.now()
    umar = invited(cast, cast.umar, now - timedelta(days=settings.INVITATION_DAYS))
    assert Client().get(invitations.path_of(umar)).status_code == 410
    umar = invited(cast, cast.umar, now - timedelta(days=settings.INVITATION_DAYS, hours=-1))
    assert Client().get(invitations.path_of(umar)).status_code == 302


def test_who_is_switched_off_has_no_link(cast):
    umar = invited(cast, cast.umar)
    guest = Client()
    guest.get(invitations.path_of(umar))
    User.objects.filter(pk=umar.pk).update(is_active=False)
    assert Client().get(invitations.path_of(umar)).status_code == 410
    assert guest.post(ACCEPT, CHOSEN).status_code == 410
    with pytest.raises(ValidationError, match="tidak aktif"):
        invited(cast, cast.tono)


def test_a_forged_link_opens_nothing(cast):
    rina, umar = invited(cast, cast.rina), invited(cast, cast.umar)
    secret = invitations.token_of(umar).partition("-")[2]
    mine = invitations.token_of(rina).partition("-")[0]
    for token in (f"{mine}-{secret}", mine, f"{mine}-", "é", "z" * 60, "-", "zz-aaaa"):
        assert Client().get(reverse("invitation-open", args=[token])).status_code == 410, token
    assert Client().get(ACCEPT).status_code == 410


def test_guessing_is_limited(db):
    guest = Client()
    for _ in range(20):
        assert guest.get("/akun/undangan/1-aaaa/").status_code == 410
    assert guest.get("/akun/undangan/1-aaaa/").status_code == 429


def test_a_weak_password_is_refused(cast):
    guest = Client()
    guest.get(invitations.path_of(invited(cast, cast.umar)))
    page = guest.post(ACCEPT, {"password1": "12345678", "password2": "12345678"})
    assert page.context["form"].errors["password1"]
    assert guest.post(ACCEPT, CHOSEN).status_code == 302


def test_somebody_else_at_this_browser_is_signed_out(cast, signed_in):
    other = signed_in(cast.laila)
    other.get(invitations.path_of(invited(cast, cast.umar)))
    other.post(ACCEPT, CHOSEN)
    assert other.get("/").url.startswith("/akun/masuk/")


def test_an_invitation_ends_sessions_and_the_old_password(kadir, cast):
    other = Client()
    other.force_login(cast.umar)
    page = kadir.post(reverse("sakip:user-invite", args=[cast.umar.pk]), {"undang": "ya"})
    assert len(links_in(page)) == 1
    assert other.get("/").status_code == 302
    assert not User.objects.get(pk=cast.umar.pk).has_usable_password()
    assert HistoryEntry.objects.about(cast.umar).get().action == "invite"


def test_a_password_made_new_by_mail_needs_no_invitation(cast):
    umar = invited(cast, cast.umar)
    link = invitations.path_of(umar)
    AccountAdapter().set_password(umar, PASSWORD)
    assert Client().get(link).status_code == 410


# ── By mail ─────────────────────────────────────────────────────────────────────────────────────
def deliver():
    task = DBTaskResult.objects.order_by("enqueued_at").last()
    task.task.call(*task.args_kwargs["args"])


def test_who_has_an_address_gets_the_link_by_mail_alone(kadir, units):
    response = new(kadir, units, email="nur@example.go.id")
    assert links_in(response) == []
    assert "nur@example.go.id" in text_of(response)
    deliver()
    (letter,) = mail.outbox
    assert letter.to == ["nur@example.go.id"]
    link = re.search(r"https?://[^/]+(/akun/undangan/\S+)", letter.body)[1]
    assert Client().get(link).status_code == 302
    assert link.rstrip("/").rpartition("/")[2] not in str(list(DBTaskResult.objects.values()))


def test_the_coordinator_may_hand_the_link_over(kadir, cast):
    User.objects.filter(pk=cast.umar.pk).update(email="salah@example.go.id")
    address = reverse("sakip:user-invite", args=[cast.umar.pk])
    response = kadir.post(address, {"undang": "ya", "shown": "on"})
    assert len(links_in(response)) == 1
    assert not DBTaskResult.objects.exists()


# ── Many at once ────────────────────────────────────────────────────────────────────────────────
def forty(actor):
    rows = [[f"baru{n:02}", f"Orang {n:02}", "Operator", "Biro Umum"] for n in range(40)]
    head = ["Nama pengguna", "Nama", "Peran", "Unit"]
    book = upload({"Pengguna": [head, *rows]})
    run = imports.start(kind="units", upload=book, actor=actor, at=timezone.now())
    imports.preview(run)
    imports.carry_out(run, at=timezone.now())
    return run


def test_forty_from_a_workbook_are_invited_together(kadir, cast):
    run = forty(cast.kadir)
    assert LIST in text_of(kadir.get(reverse("workbooks:import-detail", args=[run.pk])))
    page = kadir.get(LIST)
    assert text_of(page).count(" checked>") == 40
    people = [person.pk for person in page.context["people"]]
    links = links_in(kadir.post(LIST, {"people": people}))
    assert len(set(links)) == 40
    guest = Client()
    guest.get(links[7])
    guest.post(ACCEPT, CHOSEN)
    assert User.objects.without_password().count() == 39
    assert " checked>" not in text_of(kadir.get(LIST))  # a second press kills no link by mistake


def test_the_list_and_the_links_cost_the_same_for_many(kadir, cast):
    forty(cast.kadir)
    few, many = [], []
    everybody = User.objects.without_password().order_by("pk")
    for people, counts in ((everybody[:2], few), (everybody[:30], many)):
        with CaptureQueriesContext(connection) as queries:
            kadir.post(LIST, {"people": [person.pk for person in people]})
        counts.append(len(queries))
    assert few == many
    with CaptureQueriesContext(connection) as queries:
        kadir.get(LIST)
    assert len(queries) < 12


# ── Reach ───────────────────────────────────────────────────────────────────────────────────────
def test_nobody_is_invited_beyond_the_reach(kadir, cast, units, signed_in):
    stranger = factories.make_user("asing", Role.OPERATOR, units.dinas)
    stranger.set_unusable_password()
    stranger.save()
    assert "Asing" not in text_of(kadir.get(LIST))
    assert kadir.post(LIST, {"people": [stranger.pk]}).context["form"].errors["people"]
    for person in (stranger, cast.dewi, cast.sari):
        with pytest.raises(PermissionDenied):
            invitations.invite(people=[cast.umar, person], actor=cast.kadir, at=timezone.now())
    cast.umar.refresh_from_db()
    assert cast.umar.has_usable_password()


def test_the_own_password_is_changed_elsewhere(kadir, cast):
    address = reverse("sakip:user-invite", args=[cast.kadir.pk])
    assert kadir.post(address, {"undang": "ya"}).url == reverse("account_change_password")
    assert User.objects.get(pk=cast.kadir.pk).has_usable_password()
