"""The cast: a province with two bodies, the Biro of one of them, and a person in every role.

Rina writes for Biro Organisasi, Umar for Biro Umum, which should see nothing of hers. Dewi evaluates
every body from the Inspektorat, Kadir coordinates the Sekretariat Daerah, Laila leads it, Tono has left.
Dinas Pariwisata is another body: its coordinator Sari has no business in the Sekretariat Daerah.
"""

import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from hypothesis import settings

from sakip.models import Unit
from sakip.roles import Role
from tests import factories

settings.register_profile("sakip", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("sakip")


@pytest.fixture
def units(db):
    # A process asks for these once; tests that count queries must not be the first to ask.
    ContentType.objects.get_for_models(*apps.get_models())
    body, bureau = Unit.Kind.BODY, Unit.Kind.BUREAU
    province = factories.make_unit("Provinsi", kind=Unit.Kind.PROVINCE)
    setda = factories.make_unit("Sekretariat Daerah", parent=province, kind=body)
    return SimpleNamespace(
        province=province,
        setda=setda,
        inspektorat=factories.make_unit("Inspektorat", parent=province, kind=body),
        dinas=factories.make_unit("Dinas Pariwisata", parent=province, kind=body),
        organisasi=factories.make_unit("Biro Organisasi", parent=setda, kind=bureau),
        umum=factories.make_unit("Biro Umum", parent=setda, kind=bureau),
    )


@pytest.fixture
def cast(units):
    make = factories.make_user
    return SimpleNamespace(
        rina=make("rina", Role.OPERATOR, units.organisasi),
        umar=make("umar", Role.OPERATOR, units.umum),
        dewi=make("dewi", Role.EVALUATOR, units.inspektorat, evaluates_all=True),
        kadir=make("kadir", Role.COORDINATOR, units.setda),
        laila=make("laila", Role.LEADER, units.setda),
        sari=make("sari", Role.COORDINATOR, units.dinas),
        tono=make("tono", Role.OPERATOR, units.organisasi, is_active=False),
    )


@pytest.fixture
def evaluation(units):
    """The LHE of the Sekretariat Daerah for 2022, with the source document's scores and weights."""
    rubric = factories.make_rubric("Perkiraan", (30, 20, 10, 20, 20), is_estimate=True)
    scores = ("22.20", "14.80", "7.70", "14.00", "15.20")
    return factories.make_evaluation(units.setda, 2022, rubric=rubric, scores=scores)


@pytest.fixture
def recommendation(evaluation):
    return factories.make_recommendation(evaluation)


@pytest.fixture
def renaksi(recommendation, units):
    """Open, led by Biro Organisasi, with text and one piece of evidence: ready to be submitted."""
    renaksi = factories.make_renaksi(recommendation, units.organisasi)
    factories.make_evidence(renaksi)
    return renaksi


@pytest.fixture
def passing(monkeypatch):
    """passing(minutes) lets time go on for whatever is counted in the cache."""
    begin, passed = time.time(), [0]
    monkeypatch.setattr(time, "time", lambda: begin + passed[0])
    monkeypatch.setattr("sakip.rate_limits.time", lambda: begin + passed[0])
    monkeypatch.setattr(
        "django.core.cache.backends.db.tz_now",
        lambda: datetime.fromtimestamp(begin + passed[0], UTC),
    )

    def let_pass(minutes):
        passed[0] += minutes * 60

    return let_pass


@pytest.fixture
def signed_in(client):
    """signed_in(user) gives the test client with that person signed in."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
