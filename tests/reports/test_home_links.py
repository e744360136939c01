"""Every link on the first page of everybody of the demonstration leads somewhere."""

import re
from html import unescape

from django.core.signals import request_finished
from django.db import close_old_connections
from django.utils import timezone

from performance.models import Indicator
from reports.seed.demo import load_demo, sign_ins
from sakip.roles import Role
from tests import factories

LINK = re.compile(r'\s(?:href|hx-get)="([^"#]+)"')


def links(page):
    found = {unescape(address) for address in LINK.findall(page)}
    return sorted(address for address in found if not address.startswith("/static/"))


def close(response):
    """Ends a file that is handed out; the end of a request would close the database's connection too."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def test_every_link_of_every_first_page_is_there(db, client):
    load_demo(today=timezone.localdate())
    people = [person for person, _ in sign_ins() if person.is_active]
    assert {person.role for person in people} == set(Role.values)
    broken, followed = [], set()
    for person in people:
        client.force_login(person)
        for address in links(client.get("/").content.decode()):
            if (person.role, address) in followed:
                continue
            followed.add((person.role, address))
            response = client.get(address, follow=True)
            close(response)
            if response.status_code != 200:
                broken.append((person.username, address, response.status_code))
    assert broken == []
    assert len(followed) > 100


def test_figures_are_entered_where_the_own_indicators_stand(signed_in, cast, units):
    """Objectives belong to a body: that of the indicators, which need not be the own one."""
    factories.make_objective(units.setda)
    objective = factories.make_objective(units.province)
    factories.make_indicator(objective, units.organisasi, "Indeks reformasi")
    page = signed_in(cast.rina).get("/").content.decode()
    (address,) = [found for found in links(page) if found.startswith("/kinerja/isi/?")]
    entered = signed_in(cast.rina).get(address)
    assert entered.status_code == 200
    [cell] = [cell for one in entered.context["grids"] for cell in one.cells][-1:]
    assert (cell.indicator, cell.is_open) == (Indicator.objects.get(), True)
