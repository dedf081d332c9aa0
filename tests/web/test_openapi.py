"""The API's description: valid, complete, and true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from app.errors import WrongSetting
from app.web.problem_kinds import KINDS
from app.web.problems import STATUS

Refused = Callable[..., dict[str, Any]]
Schema = dict[str, Any]
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def schema(app: FastAPI) -> Schema:
    return app.openapi()


def operations(schema: Schema) -> Iterator[tuple[str, str, Schema]]:
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            assert method in METHODS
            yield method, path, operation


def test_it_is_valid(schema: Schema) -> None:
    validate(schema)


def test_it_names_everything_that_the_issue_asks_for(schema: Schema) -> None:
    network = "/api/v1/networks/{id}"
    found = {f"{method} {path}" for method, path, _ in operations(schema)}
    assert found == {
        "get /healthz",
        "get /readyz",
        "get /metrics",
        "get /api/v1/catalog",
        "post /api/v1/data-previews",
        "get /api/v1/networks",
        "post /api/v1/networks",
        f"get {network}",
        f"patch {network}",
        f"delete {network}",
        f"get {network}/links",
        f"post {network}/links",
        f"delete {network}/links/{{link_id}}",
        f"get {network}/parameters",
        f"patch {network}/parameters",
        f"post {network}/forward",
        f"post {network}/backward",
        f"post {network}/steps",
        f"get {network}/trace",
        f"get {network}/traces",
        f"get {network}/trace-columns",
        f"get {network}/values",
        f"get {network}/values/{{name}}",
        f"get {network}/derivations/{{parameter}}",
        f"get {network}/explanations",
        f"get {network}/history",
        f"post {network}/gradient-checks",
        f"get {network}/alarms",
        f"get {network}/boundary",
        f"get {network}/events",
        f"put {network}/cursor",
        f"post {network}/reset",
        f"post {network}/forks",
        f"get {network}/trainings",
        f"post {network}/trainings",
        f"get {network}/trainings/{{training_id}}",
        f"delete {network}/trainings/{{training_id}}",
        "get /api/v1/sweeps",
        "post /api/v1/sweeps",
        "get /api/v1/sweeps/{id}",
        "delete /api/v1/sweeps/{id}",
        "get /api/v1/sweeps/{id}/trials",
    }


def test_every_operation_declares_what_it_can_answer(schema: Schema) -> None:
    for method, path, operation in operations(schema):
        codes = set(operation["responses"])
        assert {"403", "422", "503"} <= codes, path
        assert "Retry-After" in operation["responses"]["503"]["headers"], path
        assert ("404" in codes) == ("{id}" in path), path
        assert ({"400", "413", "415"} <= codes) == ("requestBody" in operation), path
        if method in {"post", "patch", "delete"} and "/networks/{id}" in path:
            pure = path.endswith(("/forward", "/backward", "/gradient-checks", "/forks"))
            revised = not pure and "trainings" not in path and "links" not in path
            assert ("412" in codes) == revised, path


def test_every_error_is_problem_details(schema: Schema) -> None:
    for _, path, operation in operations(schema):
        for code, response in operation["responses"].items():
            if code >= "400":
                assert list(response["content"]) == ["application/problem+json"], path
    assert not {"HTTPValidationError", "ValidationError"} & schema["components"]["schemas"].keys()


@pytest.mark.anyio
async def test_it_is_served_as_it_is(client: httpx.AsyncClient, schema: Schema) -> None:
    assert (await client.get("http://localhost/openapi.json")).json() == schema


def test_every_model_has_an_example(schema: Schema) -> None:
    models = schema["components"]["schemas"]
    assert [name for name, model in models.items() if not model.get("examples")] == []


def test_the_examples_are_true(schema: Schema) -> None:
    registry = Registry().with_resource("urn:api", DRAFT202012.create_resource(schema))
    for name, model in schema["components"]["schemas"].items():
        check = Draft202012Validator(
            {"$ref": f"urn:api#/components/schemas/{name}"}, registry=registry
        )
        for shown in model["examples"]:
            check.validate(shown)


def test_every_refusal_has_an_example_of_its_own(schema: Schema) -> None:
    for _, path, operation in operations(schema):
        for code, response in operation["responses"].items():
            for content in response.get("content", {}).values() if code >= "400" else ():
                shown = [example["value"] for example in content["examples"].values()]
                assert shown, (path, code)
                assert {example["status"] for example in shown} == {int(code)}, (path, code)


def test_the_kinds_of_problems_are_those_of_the_errors(schema: Schema) -> None:
    known = {kind.code: (kind.status, kind.title) for kind in KINDS}
    assert len(known) == len(KINDS)
    for error, status in STATUS.items():
        if error is not WrongSetting:
            assert known[error.code] == (status, error.title)
    declared = {int(code) for _, _, op in operations(schema) for code in op["responses"]}
    assert {code for code in declared if code >= 400} <= {kind.status for kind in KINDS}


@pytest.mark.anyio
async def test_the_declared_codes_are_the_ones_that_come(
    client: httpx.AsyncClient, network: str, schema: Schema
) -> None:
    """Asks each address for something that works and for something that does not."""
    network_id = network.removeprefix("/networks/")
    training = await client.post(f"{network}/trainings", json={"steps": 5})
    values = {
        "{id}": network_id,
        "{name}": "net_h1",
        "{parameter}": "w1",
        "{training_id}": training.json()["id"],
        "{link_id}": "none",
    }
    for method, path, operation in operations(schema):
        if method == "delete" and path.endswith("{id}"):
            continue
        address = f"http://localhost{path}"
        if path.endswith("/events"):  # a stream of what works does not end
            address = address.replace("{id}", "0")
        for name, value in values.items():
            address = address.replace(name, value)
        for body in (None, {}, {"strange": 1}):
            answer = await client.request(method, address, json=body)
            assert str(answer.status_code) in operation["responses"], (method, path, answer.text)
