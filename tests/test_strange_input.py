"""What nobody types by mistake but some send: an answer in words on both databases, never a failure."""

import pytest
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse

from sakip.converters import key_of
from sakip.models import Unit
from tests.test_permission_matrix import EVERYONE, MATRIX, NO, world  # noqa: F401 (a fixture)

STRANGE = ("²", "9" * 5000, "9" * 20, "é–'\"%\\")
NUL = "a\x00b"


@pytest.fixture
def asked_for(monkeypatch):
    """The names that a view and its forms look up in what was sent, as they are looked up."""
    names = set()

    def spied(original):
        def look_up(data, name, *more):
            names.add(name)
            return original(data, name, *more)

        return look_up

    for method in ("get", "getlist", "__getitem__", "__contains__"):
        monkeypatch.setattr(QueryDict, method, spied(getattr(QueryDict, method)))
    return names


def send(client, method, address, data):
    """The status, with everything the request changed undone."""
    with transaction.atomic():
        response = client.get(address, data) if method == "GET" else client.post(address, data)
        if response.streaming:
            b"".join(response)
        transaction.set_rollback(True)
    return response.status_code


def who_may(codes):
    """Kadir where he may, who sees most; else the first who does."""
    names = dict(zip(EVERYONE, codes.split(), strict=True))
    allowed = [name for name, code in names.items() if code in {"200", "302", "400"}]
    return "kadir" if "kadir" in allowed else allowed[0]


def fillings(method, names):
    """Each of the values in each of the fields, many at a time."""
    names = sorted(names)
    for turn in range(len(STRANGE)):
        yield {name: STRANGE[(place + turn) % len(STRANGE)] for place, name in enumerate(names)}
    if method == "POST":  # in a question it goes no further than the middleware
        yield dict.fromkeys(names, NUL)


def fields_of(client, method, address, asked_for):
    """The names of the fields, and the counts of rows without which the rows are not looked at."""
    asked_for.clear()
    send(client, method, address, {})
    counts = {name for name in asked_for if name.endswith("_FORMS")}
    counts = {name: "2" if "TOTAL" in name else "0" for name in counts}
    if counts:
        send(client, method, address, counts)
    return asked_for - counts.keys() - {"csrfmiddlewaretoken"}, counts


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_page_fails_on_strange_values(client, world, asked_for, method):  # noqa: F811
    client.raise_request_exception = False
    failed = set()
    for route, takes, *codes in MATRIX:
        allowed = codes[method == "POST"]
        if allowed == NO:
            continue
        client.force_login(getattr(world.cast, who_may(allowed)))
        address = reverse(route, kwargs=world.arguments[takes])
        names, counts = fields_of(client, method, address, asked_for)
        for data in fillings(method, names) if names - {"page"} else ():
            if send(client, method, address, data | counts) >= 500:
                failed.add((route, next(iter(data.values()))[:10]))
    assert failed == set()


@pytest.mark.parametrize("value", [*STRANGE, "0"])
@pytest.mark.parametrize("field", ["status", "unit", "petugas", "tahun", "evaluasi", "page", "q"])
def test_a_filter_alone_is_not_understood_or_finds_nothing(signed_in, cast, renaksi, field, value):
    page = signed_in(cast.kadir).get(reverse("recommendations:renaksi-list"), {field: value})
    assert page.status_code == 200


@pytest.mark.parametrize(
    "address", ["/renaksi/?q=a%00b", "/renaksi/?%00=1", "/riwayat/?teks=%00", "/?page=%00"]
)
def test_the_character_nul_in_a_question_is_refused_in_words(signed_in, cast, address):
    answer = signed_in(cast.rina).get(address)
    assert answer.status_code == 400
    assert "Permintaan tidak dapat dibaca" in answer.content.decode()


def test_the_character_nul_in_a_cookie_is_refused(client, db):
    client.cookies["sessionid"] = '"\\000aaaaaaaaaaaa"'
    assert client.get("/", headers={"cookie": 'sessionid="\\000aaaaaaaaaaaa"'}).status_code == 400


def test_the_character_nul_in_a_form_names_its_field_and_keeps_what_was_typed(
    signed_in, cast, renaksi
):
    address = reverse("recommendations:comment-create", args=[renaksi.pk])
    answer = signed_in(cast.rina).post(address, {"text": "Sudah\x00 dirapatkan"})
    form = answer.context["form"]
    assert (answer.status_code, "null" in str(form.errors["text"])) == (200, True)
    assert form["text"].value() == "Sudah\x00 dirapatkan"


def test_the_character_nul_in_a_choice_of_an_import_chooses_nothing(client, world):  # noqa: F811
    client.force_login(world.cast.kadir)
    address = reverse("workbooks:import-choose", kwargs=world.arguments["run"])
    assert client.post(address, {"Unit!A\x001": "sheet"}).status_code == 302


@pytest.mark.parametrize("key", ["%00", "²", "9" * 5000, "a%2Fb", "%C2%B2"])
def test_an_address_of_a_calendar_that_nobody_has_is_no_page(client, db, key):
    assert client.get(f"/kalender/{key}.ics").status_code == 404


@pytest.mark.parametrize("number", ["9" * 19, "9" * 5000, "²", "-1", "%00"])
def test_the_address_of_a_record_that_cannot_be_is_no_page(signed_in, cast, renaksi, number):
    for path in ("renaksi", "rekomendasi", "indikator", "pengaturan/unit"):
        assert signed_in(cast.kadir).get(f"/{path}/{number}/").status_code == 404


@pytest.mark.parametrize("typed", STRANGE)
def test_a_unit_that_cannot_be_is_refused_in_words(signed_in, cast, units, typed):
    data = {"name": "Nur", "username": "nur", "role": "operator", "unit": typed}
    answer = signed_in(cast.kadir).post(reverse("sakip:user-create"), data)
    assert answer.context["form"].errors["unit"]
    assert answer.context["form"]["name"].value() == "Nur"


def test_a_list_of_keys_may_hold_what_no_record_has(units):
    found = Unit.objects.filter(pk__in=[units.umum.pk, 10**30, -(10**30)])
    assert list(found) == [units.umum]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("7", 7),
        (7, 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("²", None),
        ("٣", None),
        ("", None),
    ],
)
def test_what_names_a_record(text, key):
    assert key_of(text) == key
