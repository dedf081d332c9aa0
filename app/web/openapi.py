"""The API's description, told as it is: errors are problem details, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from app.web.examples import answers
from app.web.problem_kinds import KINDS, Kind
from app.web.problems import MEDIA_TYPE, details
from app.web.schemas.live import NetworkEvent, PointerOut

FEW = 3
EVENTS = (NetworkEvent, PointerOut)
UNUSED = ("HTTPValidationError", "ValidationError")
NOTE = """Backpropagation in slow motion. Numbers are float64, written with the fewest digits that
read back to the same float; those that are not finite come as "NaN", "Infinity", "-Infinity".
Errors are problem details (RFC 9457) that say what would have worked."""


def install(app: FastAPI) -> None:
    describe = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            corrected(describe())
        return describe()

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way


def corrected(schema: dict[str, Any]) -> None:
    """Changes the description in place."""
    for code, response in responses(schema):
        if code >= "400" and "application/json" in response.get("content", {}):
            shown = {"examples": problem_examples(int(code))}
            response["content"] = {MEDIA_TYPE: response["content"]["application/json"] | shown}
    models = schema["components"]["schemas"]
    models |= event_models()
    for name in UNUSED:
        models.pop(name, None)
    for answer in answers():
        shown = json.loads(answer.model_dump_json(by_alias=True, exclude_unset=True))
        models[type(answer).__name__].setdefault("examples", []).append(shown)
    for kind in KINDS:
        models["Problem"].setdefault("examples", []).append(example_of(kind))
    for model in list(models.values()):
        for shown in model.get("examples", []):
            Parts(models).show(model, shown)


def event_models() -> dict[str, Any]:
    """What streams say is no answer of its own, so FastAPI does not know of it."""
    told = models_json_schema(
        [(model, "serialization") for model in EVENTS], ref_template="#/components/schemas/{model}"
    )
    found: dict[str, Any] = told[1]["$defs"]
    return found


def problem_examples(status: int) -> dict[str, Any]:
    """Every kind of problem with that status, by its code."""
    return {
        kind.code: {"summary": kind.title, "value": example_of(kind)}
        for kind in KINDS
        if kind.status == status
    }


def example_of(kind: Kind) -> dict[str, Any]:
    told = details(kind.status, kind.code, kind.title, kind.detail, kind.faults, kind.nearest)
    return told.model_dump(exclude_none=True)


@dataclass(frozen=True, slots=True)
class Parts:
    """Shows the parts of an example where the description has models for them."""

    models: dict[str, Any]

    def show(self, schema: dict[str, Any], value: object) -> None:
        """The first example of each model is kept."""
        for part in (schema, *schema.get("anyOf", [])):
            if "$ref" in part:
                self.show_model(self.models[part["$ref"].rpartition("/")[2]], value)
            self.show_inside(part, value)

    def show_model(self, model: dict[str, Any], value: object) -> None:
        if isinstance(value, dict):
            model.setdefault("examples", [value])
            self.show(model, value)

    def show_inside(self, schema: dict[str, Any], value: object) -> None:
        if isinstance(value, list) and "items" in schema:
            for item in value[:FEW]:
                self.show(schema["items"], item)
        elif isinstance(value, dict):
            others = schema.get("additionalProperties", False)
            for name, inner in value.items():
                known = schema.get("properties", {}).get(name, others)
                if isinstance(known, dict):
                    self.show(known, inner)


def responses(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in schema["paths"].values():
        for operation in path.values():
            yield from operation["responses"].items()
