"""The API does what its description says: schemathesis asks whatever the description allows, and what it forbids.

API_EXAMPLES=500 asks more of each address.
"""

import os
from copy import deepcopy

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.v1.routes import openapi
from tests import factories

EXAMPLES = int(os.environ.get("API_EXAMPLES", "3"))
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
)


@pytest.fixture
def headers(renaksi, units, cast):
    factories.make_evidence(renaksi, kind="link", url="https://contoh.go.id/")
    objective = factories.make_objective(units.setda)
    factories.make_indicator(objective, units.organisasi, values={2022: 90, 2023: None})
    factories.make_issued(units.setda, cast.kadir)
    text = factories.make_token(cast.kadir)[1]
    return {"Authorization": f"Bearer {text}", "Accept-Encoding": "identity"}


def test_every_answer_is_one_that_is_described(headers, settings_of_api):
    schema = schemathesis.openapi.from_dict(deepcopy(openapi()))
    schema.app = get_wsgi_application()
    for found in schema.get_all_operations():
        _ask(found.ok().as_strategy(), headers, CHECKS)


@pytest.mark.parametrize("path", ["renaksi", "unit-figures", "renaksi/{pk}"])
def test_what_is_not_described_is_refused(headers, settings_of_api, path):
    schema = schemathesis.openapi.from_dict(deepcopy(openapi()))
    schema.app = get_wsgi_application()
    wrong = schema[f"/api/v1/{path}"]["GET"].as_strategy(generation_mode=GenerationMode.NEGATIVE)
    _ask(wrong, headers, [not_a_server_error, negative_data_rejection, content_type_conformance])


@pytest.fixture
def settings_of_api(settings):
    settings.API_REQUESTS = 10**6
    settings.ALLOWED_HOSTS = ["*"]


def _ask(cases, headers, checks):
    @given(case=cases)
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        case.call_and_validate(headers=headers, checks=checks)

    ask()
