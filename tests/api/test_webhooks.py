"""Other programs hear what happens: signed, tried again, given up, and never about what was rolled back."""

import hmac
import json
import re
import socket
import ssl
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from api.models import Webhook, WebhookDelivery
from api.rules.events import EVENTS, WAITS
from api.services import delivery, outgoing, trial, webhooks
from recommendations.models import Notice
from recommendations.workflow import perform
from sakip import background
from sakip.ciphers import decrypt
from sakip.history.entries import HistoryEntry
from sakip.history.write import record
from sakip.models import Unit
from sakip.purging import purge
from tests import factories
from tests.api.receiver import receiving

NOW = datetime(2026, 6, 1, tzinfo=UTC)
State = WebhookDelivery.State


@pytest.fixture
def receiver(tmp_path, monkeypatch, settings):
    settings.WEBHOOK_PRIVATE_HOSTS = ["localhost"]
    with receiving(tmp_path) as (server, trusted):
        monkeypatch.setattr(outgoing, "trusted", trusted)
        yield server


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    monkeypatch.setattr(background, "ensure", lambda: None)


def make(actor, unit, url="https://contoh.go.id/", events=EVENTS, name="e-SAKIP"):
    return webhooks.make_webhook(
        actor=actor, at=NOW, unit=unit, name=name, url=url, events=list(events)
    )


def act(action, renaksi, person, **words):
    return perform(action=action, renaksi=renaksi, actor=person, at=timezone.now(), **words)


def send_all():
    rows = WebhookDelivery.objects.filter(state=State.WAITING).order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        delivery.send(pk)


EXPECTED = ("submitted", "returned", "submitted", "done", "submitted")


# ── What is told ────────────────────────────────────────────────────────────────────────────────
def test_each_event_is_told_once_with_keys_and_codes(receiver, cast, units, renaksi):
    _, secret = make(cast.kadir, units.setda, receiver.url)
    act("submit", renaksi, cast.rina)
    act("return", renaksi, cast.dewi, reason="incomplete", note="Lampirkan notula rapat.")
    act("submit", renaksi, cast.rina)
    act("accept", renaksi, cast.dewi)
    act("revoke", renaksi, cast.dewi)
    send_all()
    told = [json.loads(content) for _, _, content in receiver.received]
    assert [row["event"] for row in told] == list(EXPECTED)
    assert [row["status"] for row in told] == list(EXPECTED)
    path, headers, content = receiver.received[0]
    assert path == "/terima?dari=sakip"
    assert told[0]["record"].endswith(f"/api/v1/renaksi/{renaksi.pk}")
    assert set(told[0]) == {"key", "event", "at", "kind", "id", "body", "record", "page", "status"}
    assert "notula" not in str(receiver.received)  # no text, no name
    assert is_from_sakip(secret, headers["Sakip-Signature"], content)
    assert not is_from_sakip(secret, headers["Sakip-Signature"], content + b" ")
    assert not WebhookDelivery.objects.exclude(state=State.DELIVERED).exists()


def is_from_sakip(secret, signature, content, now=None):
    """As docs/api.md shows it."""
    parts = dict(part.split("=", 1) for part in signature.split(","))
    now = now or datetime.now(UTC).timestamp()
    expected = hmac.new(secret.encode(), f"{parts['t']}.".encode() + content, sha256).hexdigest()
    return hmac.compare_digest(expected, parts["v1"]) and abs(now - int(parts["t"])) <= 300


def test_an_issued_report_is_told(cast, units, evaluation):
    make(cast.kadir, units.setda, events=["issued"])
    issued = factories.make_issued(units.setda, cast.kadir)
    record(actor=cast.kadir, action="issue_report", target=issued, at=NOW)
    [row] = WebhookDelivery.objects.all()
    assert (row.event, row.content["kind"], row.content["id"]) == ("issued", "reports", issued.pk)


def test_only_the_own_bodies_and_the_chosen_events_are_told(cast, units, renaksi):
    everything = make(cast.kadir, units.setda)[0]
    make(cast.sari, units.dinas)
    make(cast.kadir, units.setda, events=["done"], name="Hanya tuntas")
    off = make(cast.kadir, units.setda, name="Mati")[0]
    webhooks.switch_webhook(webhook=off, actor=cast.kadir, at=NOW, is_active=False)
    Webhook.objects.create(
        unit=units.province, name="Provinsi", url="https://a.id/", events=["submitted"], made_at=NOW
    )
    act("submit", renaksi, cast.rina)
    told = {row.webhook.name for row in WebhookDelivery.objects.select_related("webhook")}
    assert told == {everything.name, "Provinsi"}


def test_nothing_is_told_of_what_was_rolled_back(cast, units, renaksi):
    make(cast.kadir, units.setda)
    before = DBTaskResult.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        act("submit", renaksi, cast.rina)
        assert WebhookDelivery.objects.count() == 1
        raise RuntimeError
    assert not WebhookDelivery.objects.exists()
    assert DBTaskResult.objects.count() == before


# ── How it is sent ──────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def message(receiver, cast, units, renaksi):
    make(cast.kadir, units.setda, receiver.url)
    act("submit", renaksi, cast.rina)
    return WebhookDelivery.objects.get()


def test_a_failed_message_waits_longer_each_time_and_is_given_up(message, receiver, cast):
    receiver.answers = [500] * (len(WAITS) + 1)
    for number, wait in enumerate(WAITS, start=1):
        before = timezone.now()
        delivery.send(message.pk)
        message.refresh_from_db()
        assert (message.state, message.tries, message.last_status) == (State.WAITING, number, 500)
        assert (
            timedelta()
            <= message.next_at - before - timedelta(minutes=wait)
            < timedelta(seconds=50)
        )
        assert DBTaskResult.objects.filter(run_after=message.next_at).count() == 1
    delivery.send(message.pk)
    message.refresh_from_db()
    assert (message.state, message.tries) == (State.GIVEN_UP, 6)
    [notice] = Notice.objects.filter(kind="webhook")
    assert notice.person == cast.kadir and "e-SAKIP" in notice.text
    keys = {json.loads(content)["key"] for _, _, content in receiver.received}
    assert keys == {str(message.key)}  # the receiver knows that it is the same


def test_one_that_is_taken_the_second_time_has_arrived(message, receiver):
    receiver.answers = [503]
    delivery.send(message.pk)
    delivery.send(message.pk)
    delivery.send(message.pk)  # it has ended
    message.refresh_from_db()
    assert (message.state, message.tries, message.last_problem) == (State.DELIVERED, 2, "")
    assert len(receiver.received) == 2


def test_no_redirect_is_followed(message, receiver):
    receiver.answers = [302]
    delivery.send(message.pk)
    message.refresh_from_db()
    assert (message.state, message.last_status, len(receiver.received)) == (State.WAITING, 302, 1)


def test_a_claim_of_a_dead_worker_is_a_failed_try(message):
    WebhookDelivery.objects.update(sending_at=timezone.now() - timedelta(hours=1))
    delivery._free_dead_claims(timezone.now())
    message.refresh_from_db()
    assert (message.tries, message.last_problem) == (1, delivery.DIED)


def test_what_keeps_silent_is_left_after_a_while(message, settings):
    settings.WEBHOOK_SECONDS = 0.2
    with socket.create_server(("localhost", 0)) as silent:
        Webhook.objects.update(url=f"https://localhost:{silent.getsockname()[1]}/")
        delivery.send(message.pk)
    message.refresh_from_db()
    assert "Tidak ada jawaban" in message.last_problem


def test_a_machine_of_the_own_network_must_be_named(receiver, settings):
    settings.WEBHOOK_PRIVATE_HOSTS = []
    with pytest.raises(outgoing.Unreachable, match=re.escape(outgoing.NOT_PUBLIC)):
        outgoing.post(receiver.url, b"{}", {})
    assert receiver.received == []


def test_the_certificate_is_checked(receiver, monkeypatch):
    monkeypatch.setattr(outgoing, "trusted", ssl.create_default_context)
    with pytest.raises(outgoing.Unreachable, match=re.escape(outgoing.BAD_CERTIFICATE)):
        outgoing.post(receiver.url, b"{}", {})


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.5", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "::1", "fd00::1", "fe80::1", "::ffff:10.0.0.5", "64:ff9b::a00:5", "2002:a00:5::", "::",
    ],
)  # fmt: skip
def test_addresses_behind_the_wall_are_not_asked(address, monkeypatch, settings):
    settings.WEBHOOK_PRIVATE_HOSTS = []
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    public = (socket.AF_INET, 1, 6, "", ("8.8.8.8", 443))
    found = [public, (family, 1, 6, "", (address, 443))]  # one good one does not help
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    with pytest.raises(outgoing.Unreachable):
        outgoing.address_of("jebakan.example", 443)
    assert outgoing.is_public("8.8.8.8") and outgoing.is_public("2001:4860:4860::8888")


# ── Pages ───────────────────────────────────────────────────────────────────────────────────────
def test_a_coordinator_makes_a_webhook_and_sees_its_secret_once(client, cast, units):
    client.force_login(cast.kadir)
    page = reverse("api:webhook-create")
    sent = {
        "unit": units.setda.pk,
        "name": "e-SAKIP",
        "url": "https://a.go.id/x",
        "events": ["done"],
    }
    asked = client.post(page, sent)
    answer = client.post(asked.url, {"password": "rahasia-sekali-1"}, follow=True)
    secret = re.search(r"whsec_[\w-]{43}", answer.text)[0]
    webhook = Webhook.objects.get()
    assert secret not in webhook.secret
    assert decrypt(webhook.secret, delivery.PURPOSE) == secret
    assert secret not in client.get(reverse("api:webhook-detail", args=[webhook.pk])).text
    entry = HistoryEntry.objects.on(Unit, units.setda.pk).get(action="make_webhook")
    assert entry.actor == cast.kadir
    client.post(reverse("api:webhook-switch", args=[webhook.pk]))
    webhook.refresh_from_db()
    assert webhook.is_active is False


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"url": "http://a.go.id/"}, webhooks.ONLY_HTTPS),
        ({"url": "https://a:b@a.go.id/"}, webhooks.ONLY_ADDRESS),
        ({"url": "tidak ada"}, "Tulis alamat lengkap yang diawali https://."),
        ({"events": []}, "Pilih sedikitnya satu peristiwa."),
        ({"unit": ""}, "Pilih perangkat daerah."),
    ],
)
def test_what_the_form_says_about_a_slip(client, cast, units, changed, sentence):
    client.force_login(cast.kadir)
    client.post(reverse("account_reauthenticate"), {"password": "rahasia-sekali-1"})
    sent = {"unit": units.setda.pk, "name": "A", "url": "https://a.go.id/", "events": ["done"]}
    answer = client.post(reverse("api:webhook-create"), sent | changed)
    assert sentence in answer.text
    assert not Webhook.objects.exists()


def test_a_given_up_message_is_sent_again_by_hand(client, message, receiver, cast):
    WebhookDelivery.objects.update(state=State.GIVEN_UP, ended_at=NOW, tries=6, next_at=None)
    again = reverse("api:delivery-again", args=[message.pk])
    client.force_login(cast.sari)
    assert client.post(again).status_code == 404
    client.force_login(cast.kadir)
    assert "Kirim lagi" in client.get(reverse("api:webhook-detail", args=[message.webhook_id])).text
    assert client.post(again).status_code == 302
    assert client.post(again).status_code == 409  # it waits already
    send_all()
    message.refresh_from_db()
    assert (message.state, message.tries) == (State.DELIVERED, 1)


def test_old_messages_are_forgotten(message):
    delivery.send(message.pk)
    list(purge(at=timezone.now() + timedelta(days=89)))
    assert WebhookDelivery.objects.exists()
    list(purge(at=timezone.now() + timedelta(days=91)))
    assert not WebhookDelivery.objects.exists()


# ── Changed and tested ──────────────────────────────────────────────────────────────────────────
@pytest.fixture
def webhook(receiver, cast, units):
    return make(cast.kadir, units.setda, receiver.url)[0]


@pytest.fixture
def kadir(client, cast):
    client.force_login(cast.kadir)
    client.post(reverse("account_reauthenticate"), {"password": "rahasia-sekali-1"})
    return client


def fields_of(page):
    return dict(re.findall(r'name="(seen)" value="(\w+)"', page))


def test_a_webhook_is_changed_and_keeps_its_secret(kadir, webhook, units):
    page = reverse("api:webhook-edit", args=[webhook.pk])
    shown = kadir.get(page).text
    assert webhook.url in shown and "whsec_" not in shown
    sent = {"name": "SIPD", "url": "https://b.go.id/y", "events": ["done"], **fields_of(shown)}
    assert kadir.post(page, sent).status_code == 302
    secret, unit = webhook.secret, webhook.unit_id
    webhook.refresh_from_db()
    assert (webhook.name, webhook.url, webhook.events) == ("SIPD", "https://b.go.id/y", ["done"])
    assert (webhook.secret, webhook.unit_id) == (secret, unit)
    [entry] = HistoryEntry.objects.on(Unit, units.setda.pk).filter(action="edit_webhook")
    assert "SIPD: b.go.id" in str(entry.changes)
    stale = kadir.post(page, sent | {"name": "Lain"})
    assert stale.status_code == 409
    assert "Orang lain mengubah webhook ini" in stale.text and 'value="Lain"' in stale.text
    assert kadir.post(page, sent | {"name": "Lain"} | fields_of(stale.text)).status_code == 302
    assert (
        kadir.post(
            page, sent | fields_of(kadir.get(page).text) | {"url": "http://b.id/"}
        ).status_code
        == 200
    )
    webhook.refresh_from_db()
    assert (webhook.name, webhook.url) == ("Lain", "https://b.go.id/y")


def test_the_password_is_asked_before_another_address_is_told(client, cast, webhook):
    client.force_login(cast.kadir)
    sent = {"name": "A", "url": "https://jahat.example/", "events": ["done"]}
    answer = client.post(reverse("api:webhook-edit", args=[webhook.pk]), sent)
    assert answer.url.startswith(reverse("account_reauthenticate"))
    webhook.refresh_from_db()
    assert webhook.name == "e-SAKIP"


def test_a_test_message_is_signed_and_its_result_is_shown(kadir, cast, units, receiver):
    webhook, secret = make(cast.kadir, units.setda, receiver.url)
    shown = kadir.post(reverse("api:webhook-test", args=[webhook.pk]), follow=True).text
    assert re.search(r"Kiriman uji diterima: status 204, \d+,\d\d detik\.", shown)
    [(_, headers, content)] = receiver.received
    assert is_from_sakip(secret, headers["Sakip-Signature"], content)
    told = json.loads(content)
    assert (told["event"], told["kind"], told["id"]) == ("test", "webhook", webhook.pk)
    row = webhook.deliveries.get()
    assert (row.state, row.tries, row.last_status) == (State.DELIVERED, 1, 204)
    assert "Kiriman uji" in shown
    entry = HistoryEntry.objects.on(Unit, units.setda.pk).get(action="test_webhook")
    assert entry.actor == cast.kadir


def test_a_test_that_fails_is_not_tried_again(kadir, webhook, receiver, settings):
    receiver.answers = [500]
    page = reverse("api:webhook-test", args=[webhook.pk])
    assert (
        "Kiriman uji tidak diterima. Dijawab dengan status 500."
        in kadir.post(page, follow=True).text
    )
    settings.WEBHOOK_PRIVATE_HOSTS = []
    assert outgoing.NOT_PUBLIC in kadir.post(page, follow=True).text
    assert len(receiver.received) == 1
    assert set(webhook.deliveries.values_list("state", flat=True)) == {State.GIVEN_UP}
    assert not DBTaskResult.objects.exists() and not Notice.objects.exists()


def test_nobody_knocks_without_end_or_at_a_door_that_is_shut(kadir, webhook, receiver):
    page = reverse("api:webhook-test", args=[webhook.pk])
    for _ in range(trial.MOST):
        assert kadir.post(page).status_code == 302
    refused = kadir.post(page)
    assert refused.status_code == 409 and trial.TOO_OFTEN in refused.text
    assert len(receiver.received) == trial.MOST
    Webhook.objects.update(is_active=False)
    assert trial.IS_OFF in kadir.post(page).text
    assert "Kirim uji<" not in kadir.get(reverse("api:webhook-detail", args=[webhook.pk])).text
