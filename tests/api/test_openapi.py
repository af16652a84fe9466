"""The schema: valid, complete, and every answer of every operation as it says."""

import json
import os
from itertools import product

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from luoshi.base.verbs import all_verbs
from luoshi.rules.rights import Role
from luoshi.site.api import BY_HAND, house
from luoshi.site.checks import doors
from luoshi.site.wsgi import application
from tests.conftest import SIZE
from tests.doors.conftest import streets, walked
from tests.doors.test_api_walk import Knock

__all__ = ["streets", "walked"]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def described():
    return json.loads(json.dumps(house.get_openapi_schema(path_prefix="api/v1"), default=str))


def test_the_schema_is_valid(described):
    validate(described)
    assert described["openapi"].startswith("3.1")


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does(described):
    found = [each for path in described["paths"].values() for each in path.values()]
    assert len({each["operationId"] for each in found}) == len(found) > 100
    for each in found:
        assert each["description"], each["operationId"]
        assert each["security"] == [{"Bearer": []}], each["operationId"]
        assert {"401", "403", "422"} <= {str(status) for status in each["responses"]}


def test_every_verb_has_an_operation_or_a_reason_why_not():
    used = {
        verb.name
        for _address, view in doors()
        for verb in (*getattr(view, "verbs", {}).values(), *getattr(view, "exported", ()))
    }
    assert used | set(BY_HAND) == set(all_verbs())
    assert not used & set(BY_HAND)
    assert all(BY_HAND.values())


@pytest.fixture
def one_connection():
    """A server closes its connection after each request; here it is the test's."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("role", [role for role in Role if role != Role.PUBLIC])
@pytest.mark.filterwarnings("ignore")
def test_whatever_is_sent_the_answer_is_as_the_schema_says(streets, described, role):
    knock = Knock(streets, role)
    schema = schemathesis.openapi.from_dict(described)
    schema.app = application
    examples = int(os.environ.get("N_E") or max(2, SIZE["examples"] // 20))
    samples = {name: str(value) for name, value in streets.samples().items()}
    broken = []
    for operation, mode in product(schema.get_all_operations(), GenerationMode):
        found = operation.ok()

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=found.as_strategy(generation_mode=mode))
        def tried(case):
            for name in case.path_parameters:
                if name in samples and case.path_parameters[name] != "":
                    case.path_parameters[name] = samples[name]
            answer = case.call(headers={"Authorization": f"Bearer {knock.secret}"})
            case.validate_response(answer, checks=CHECKS)

        try:
            tried()
        except Unsatisfiable:
            continue  # nothing wrong can be sent to an operation that takes nothing
        except (Exception, BaseExceptionGroup) as cause:  # noqa: BLE001 - all is told at once
            broken.append(f"{found.label}: {type(cause).__name__} {str(cause)[:1500]}")
    assert not broken, "\n\n".join(broken)
