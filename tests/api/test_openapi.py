"""The schema: valid, complete, and every answer of every operation as it says."""

import json
from itertools import product

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
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
from luoshi.site.api import BY_HAND, ROUTERS, house
from luoshi.site.checks import doors
from luoshi.site.describing import verbs_of_operations
from luoshi.site.wsgi import application
from tests.conftest import SIZE
from tests.doors.conftest import streets, walked
from tests.doors.test_api_walk import Knock

__all__ = ["streets", "walked"]
VERB_OF = verbs_of_operations()
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


@pytest.fixture(scope="module")
def knocks(walked):
    """What knocks with the token of each role."""
    return {role: Knock(walked, role) for role in Role}


def who_knocks(verb):
    """The roles to which the table gives an operation, and one that it turns away."""
    may = [role for role in Role if any(role == granted for granted, _scope in verb.grants)]
    others = [role for role in Role if role not in may and role != Role.PUBLIC]
    return [role for role in may if role != Role.PUBLIC] + others[:1]


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("room", dict.fromkeys(router.tags[0] for router in ROUTERS))
@pytest.mark.filterwarnings("ignore")  # of the tool itself
def test_whatever_is_sent_by_whom_the_answer_is_as_the_schema_says(
    streets, knocks, described, room
):
    schema = schemathesis.openapi.from_dict(described)
    schema.app = application
    samples = {name: str(value) for name, value in streets.samples().items()}
    broken = []
    for operation, mode in product(schema.include(tag=room).get_all_operations(), GenerationMode):
        found = operation.ok()
        roles = who_knocks(VERB_OF[found.definition.raw["operationId"]])

        @settings(
            max_examples=SIZE["api_examples"],
            phases=[Phase.generate],
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=found.as_strategy(generation_mode=mode), role=st.sampled_from(roles))
        def tried(case, role):
            for name in case.path_parameters:
                if name in samples and case.path_parameters[name] != "":
                    case.path_parameters[name] = samples[name]
            answer = case.call(headers={"Authorization": f"Bearer {knocks[role].secret}"})
            case.validate_response(answer, checks=CHECKS)

        try:
            tried()
        except Unsatisfiable:
            continue  # nothing wrong can be sent to an operation that takes nothing
        except (Exception, BaseExceptionGroup) as cause:  # noqa: BLE001 - all is told at once
            broken.append(f"{found.label}: {type(cause).__name__} {str(cause)[:1500]}")
    assert not broken, "\n\n".join(broken)
