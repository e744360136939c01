"""Every address of the API × every person, and the same records as on the pages (docs/design.md §2.4)."""

import re
from types import SimpleNamespace

import pytest
from django.urls import reverse

from api.v1.kinds import KINDS
from api.v1.routes import openapi
from performance.models import Indicator
from recommendations.models import (
    Evaluation,
    Evidence,
    EvidenceRevision,
    Recommendation,
    Renaksi,
)
from reports.models import IssuedReport
from sakip.models import Unit
from tests import factories
from tests.api.asking import Asker
from tests.test_permission_matrix import EVERYONE, picture

BODY = "200 200 200 200 200 404 404"
EVERYBODY = "200 200 200 200 200 200 200"
ITEM = "200 404 200 200 200 404 404"
LETTER = "404 404 200 200 200 404 404"
# Address, what of the world it takes, codes for Rina, Umar, Dewi, Kadir, Laila, Sari and Admin.
MATRIX = {
    **{kind.path: (None, EVERYBODY) for kind in KINDS},  # of which records: below
    "bodies/{pk}": ("body", EVERYBODY),
    "units/{pk}": ("unit", EVERYBODY),
    "evaluations/{pk}": ("evaluation", BODY),
    "recommendations/{pk}": ("recommendation", BODY),
    "renaksi/{pk}": ("renaksi", ITEM),
    "evidence/{pk}": ("evidence", ITEM),
    "evidence/{pk}/file": ("evidence", ITEM),
    "indicators/{pk}": ("indicator", BODY),
    "reports/{pk}": ("report", LETTER),
}
SEEN = {
    "bodies": Unit.objects.evaluated(),
    "units": Unit.objects,
    "evaluations": Evaluation.objects,
    "recommendations": Recommendation.objects,
    "renaksi": Renaksi.objects,
    "evidence": Evidence.objects,
    "indicators": Indicator.objects,
    "reports": IssuedReport.objects,
}


@pytest.fixture
def world(units, cast, renaksi):
    """The records of every kind that stand in the matrix, of the Sekretariat Daerah, and two of others."""
    evaluation = renaksi.recommendation.evaluation
    cast.admin = factories.make_user("admin", "", None, is_superuser=True)
    evidence = factories.make_evidence(renaksi, kind="file")
    EvidenceRevision.objects.create(
        evidence=evidence,
        number=1,
        file=picture(),
        original_name="gambar.png",
        content_type="image/png",
        size=1,
        sha256="0" * 64,
        uploaded_by=cast.rina,
    )
    objective = factories.make_objective(units.setda)
    indicator = factories.make_indicator(objective, units.organisasi, values={2022: 90})
    factories.make_renaksi(renaksi.recommendation, units.dinas, supporting=[units.umum])
    other = factories.make_evaluation(units.dinas, 2021, rubric=evaluation.rubric)
    factories.make_renaksi(factories.make_recommendation(other), units.dinas)
    keys = {
        "body": units.setda.pk,
        "unit": units.organisasi.pk,
        "evaluation": evaluation.pk,
        "recommendation": renaksi.recommendation.pk,
        "renaksi": renaksi.pk,
        "evidence": evidence.pk,
        "indicator": indicator.pk,
        "report": factories.make_issued(units.setda, cast.kadir).pk,
    }
    return SimpleNamespace(cast=cast, keys=keys)


def askers(client, world):
    people = {name: getattr(world.cast, name) for name in EVERYONE}
    return {name: Asker(client, factories.make_token(one)[1]) for name, one in people.items()}


def path_of(world, address):
    takes = MATRIX[address][0]
    return address.replace("{pk}", str(world.keys[takes])) if takes else address


def test_every_address_has_a_row():
    described = {path.removeprefix("/api/v1/") for path in openapi()["paths"]}
    assert described == MATRIX.keys()


def test_each_person_gets_the_answer_written_down(client, world):
    found = {}
    everyone = askers(client, world)
    for address in MATRIX:
        answers = [ask(path_of(world, address)) for ask in everyone.values()]
        for answer in answers:
            b"".join(answer) if answer.streaming else answer.content  # read to its end
        found[address] = " ".join(str(answer.status_code) for answer in answers)
    assert found == {address: codes for address, (_, codes) in MATRIX.items()}


@pytest.mark.parametrize("path", SEEN)
def test_the_api_tells_of_the_records_that_the_pages_show(client, world, path):
    for name, ask in askers(client, world).items():
        told = [row["id"] for row in ask.items(path, limit=2)]
        visible = SEEN[path].visible_to(getattr(world.cast, name))
        assert told == sorted(visible.values_list("pk", flat=True)), name


def test_the_list_on_screen_has_the_same_renaksi(client, world):
    shown = re.compile(r'href="/renaksi/(\d+)/"')
    for name, ask in askers(client, world).items():
        told = {row["id"] for row in ask.items("renaksi")}
        client.force_login(getattr(world.cast, name))
        page = client.get(reverse("recommendations:renaksi-list")).content.decode()
        assert {int(pk) for pk in shown.findall(page)} == told, name
        client.logout()


def test_figures_and_years_stay_within_the_reach(client, world):
    for name, ask in askers(client, world).items():
        person = getattr(world.cast, name)
        bodies = {row["evaluation"] for row in ask.items("body-figures")}
        assert bodies == set(Evaluation.objects.visible_to(person).values_list("pk", flat=True))
        told = sum(row["total"] for row in ask.items("body-figures"))
        seen = Renaksi.objects.visible_to(person).filter(evaluation__in=bodies)
        assert told == seen.count(), name
        indicators = {row["indicator"] for row in ask.items("indicator-years")}
        assert indicators <= set(Indicator.objects.visible_to(person).values_list("pk", flat=True))


def test_without_a_token_nothing_is_answered(client, world):
    for address in MATRIX:
        for person in (None, world.cast.kadir):  # a session is no token
            client.force_login(person) if person else client.logout()
            answer = client.get(f"/api/v1/{path_of(world, address)}")
            assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_is_written_through_the_api(client, method):
    answer = getattr(client, method)("/api/v1/renaksi")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
