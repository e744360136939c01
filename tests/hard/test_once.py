"""Twenty identical posts over HTTP, to four workers: one record, twenty answers that lead to it."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.browsing import fields_of
from tests.hard.office import pressed

TIMES = 20
COUNT = "from {module} import {model}; print({model}.objects.count())"


def crowd(office, username):
    """Twenty browsers of one person, who signed in once."""
    first = office.client(username)
    clients = []
    for _ in range(TIMES):
        client = type(first)(office.url)
        client.cookies.update(first.cookies)
        clients.append(client)
    return first, clients


def first_link(page, pattern):
    return re.search(pattern, page.text)[0]


def renaksi_form(client):
    lhe = first_link(client.get("/evaluasi/"), r"/evaluasi/\d+/")
    recommendation = first_link(client.get(lhe), r"/rekomendasi/\d+/")
    page = client.get(recommendation)
    return first_link(page, r"/rekomendasi/\d+/renaksi/[\w/-]*"), {
        "plan": "<p>Susun pohon kinerja.</p>"
    }


def comment_form(client):
    item = first_link(client.get("/renaksi/"), r"/renaksi/\d+/")
    return f"{item}komentar/", {"text": "Sudah dirapatkan."}


def unit_form(client):
    return "/pengaturan/unit/baru/", {"name": "Biro Uji", "code": "uji", "kind": "bureau"}


FORMS = {
    "renaksi": (renaksi_form, "recommendations.models", "Renaksi"),
    "comment": (comment_form, "recommendations.models", "Comment"),
    "unit": (unit_form, "sakip.models", "Unit"),
}


@pytest.fixture
def running(office):
    office.start(workers=4)
    return office


def count(office, module, model):
    return int(office.python(COUNT.format(module=module, model=model)))


def chosen(page, fields):
    """The fields of the page, with the first choice in each list that asks for one."""
    form = fields_of(page) | fields
    for name in ("lead_unit", "parent"):
        if form.get(name, None) == "":
            form[name] = re.search(rf'name="{name}".*?<option value="(\d+)"', page.text, re.DOTALL)[
                1
            ]
    return form


@pytest.mark.parametrize("name", FORMS)
def test_twenty_identical_posts_make_one_record(running, figure, name):
    make, *table = FORMS[name]
    first, clients = crowd(running, "koordinator")
    before = count(running, *table)
    path, fields = make(first)
    page = first.get(path)
    form = chosen(page, fields)
    assert form["kunci"]

    again = []

    def post(client):
        return pressed(lambda: client.post(path, data=form), again)

    began = time.monotonic()
    with ThreadPoolExecutor(TIMES) as pool:
        answers = list(pool.map(post, clients))
    seconds = time.monotonic() - began
    assert {answer.status_code for answer in answers} == {302}, answers[0].text[:3000]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert count(running, *table) == before + 1
    figure(f"{name}: {TIMES} identical posts, 4 workers", f"1 record, 1 address, {seconds:.1f} s")
