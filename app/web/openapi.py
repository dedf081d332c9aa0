"""The API's description, told as it is: errors are problem details, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from app.web.examples import answers
from app.web.problems import MEDIA_TYPE

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
            response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
    models = schema["components"]["schemas"]
    for name in UNUSED:
        models.pop(name, None)
    for answer in answers():
        shown = answer.model_dump(mode="json", by_alias=True, exclude_unset=True)
        models[type(answer).__name__].setdefault("examples", []).append(shown)


def responses(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in schema["paths"].values():
        for operation in path.values():
            yield from operation["responses"].items()
