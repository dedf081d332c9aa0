"""Every error as problem details (RFC 9457). What was sent is never repeated in the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app import errors
from app.errors import Fault, SlowpropError
from app.services.edits import escaped
from app.web.sentences import sentence_of

MEDIA_TYPE = "application/problem+json"
TYPE = "/docs#problem-{code}"

STATUS: Mapping[type[SlowpropError], int] = {
    errors.BadInput: 422,
    errors.TooMuchWork: 422,
    errors.NotFound: 404,
    errors.OnlyForLooking: 403,
    errors.Conflict: 409,
    errors.StillUnderWay: 409,
    errors.TrainingRuns: 409,
    errors.NoData: 409,
    errors.StepNotKept: 409,
    errors.NotReproducible: 409,
    errors.StaleRevision: 412,
    errors.TooMany: 429,
    errors.Unavailable: 503,
    errors.Crowded: 503,
    errors.OutcomeUnknown: 503,
    errors.WrongSetting: 500,
}


class FaultOut(BaseModel):
    pointer: str = Field(description="A JSON pointer to the fault, into the body or the query.")
    code: str
    detail: str


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FaultOut] | None = Field(default=None, description="With status 422: each fault.")
    nearest: int | None = Field(
        default=None, description="The nearest step that can be used instead."
    )


class NotModified(Exception):
    """If-None-Match named the current revision."""

    def __init__(self, etag: str) -> None:
        super().__init__(etag)
        self.etag = etag


class Refused(HTTPException):
    """A request that is turned away before anybody looks at what it asks for.

    An HTTPException, because FastAPI turns any other error while reading a body into a 400.
    """

    def __init__(self, status: int, code: str, title: str, detail: str) -> None:
        super().__init__(status, detail)
        self.code = code
        self.title = title


def install(app: FastAPI) -> None:
    app.add_exception_handler(SlowpropError, on_slowprop_error)
    app.add_exception_handler(RequestValidationError, on_validation_error)
    app.add_exception_handler(HTTPException, on_http_exception)
    app.add_exception_handler(NotModified, on_not_modified)


def problem(
    status: int,
    code: str,
    title: str,
    detail: str,
    faults: Iterable[Fault] | None = None,
    headers: Mapping[str, str] | None = None,
    nearest: int | None = None,
) -> Response:
    body = details(status, code, title, detail, faults, nearest)
    # A name that was asked for stands in some details; half of a surrogate pair cannot be sent.
    content = body.model_dump_json(exclude_none=True).encode("utf-8", "replace")
    return Response(content, status, headers, MEDIA_TYPE)


def details(
    status: int,
    code: str,
    title: str,
    detail: str,
    faults: Iterable[Fault] | None = None,
    nearest: int | None = None,
) -> Problem:
    return Problem(
        type=TYPE.format(code=code),
        title=title,
        status=status,
        detail=detail,
        errors=None if faults is None else [FaultOut(**fields(fault)) for fault in faults],
        nearest=nearest,
    )


def fields(fault: Fault) -> dict[str, str]:
    return {"pointer": fault.pointer, "code": fault.code, "detail": fault.detail}


async def on_slowprop_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, SlowpropError)  # noqa: S101 — Starlette passes what was registered
    faults = error.faults if isinstance(error, errors.BadInput) else None
    wait = getattr(error, "retry_after", None)
    return problem(
        status=STATUS[type(error)],
        code=error.code,
        title=error.title,
        detail=error.detail,
        faults=faults,
        headers=None if wait is None else {"Retry-After": str(wait)},
        nearest=getattr(error, "nearest", None),
    )


async def on_validation_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    faults = [to_fault(raw) for raw in error.errors()]
    faults = list(dict.fromkeys(faults))
    bad = errors.BadInput(faults)
    return problem(422, bad.code, bad.title, bad.detail, faults[:MOST_FAULTS])


def to_fault(raw: Mapping[str, Any]) -> Fault:
    """A pydantic error as a fault with a remedy."""
    kind = str(raw["type"])
    path = [part for part in raw["loc"][1:] if part != "[key]"]
    pointer = "".join(f"/{escaped(str(part))}" for part in path)
    sentence = sentence_of(kind, str(raw["msg"]), raw.get("ctx", {}))
    return Fault(pointer, kind.replace("_", "-"), sentence)


async def on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    phrase = HTTPStatus(error.status_code).phrase
    code = error.code if isinstance(error, Refused) else phrase.lower().replace(" ", "-")
    detail = DETAILS.get(error.status_code, error.detail)
    if isinstance(error, Refused):
        detail = error.detail
    title = error.title if isinstance(error, Refused) else phrase.capitalize()
    headers = {"Allow": allowed(request)} if error.status_code == 405 else error.headers
    return problem(error.status_code, code, title, detail, headers=headers)


def allowed(request: Request) -> str:
    """All methods of an address: Starlette names only those of the first route that fits."""
    fitting = (r for r in request.app.routes if r.matches(request.scope)[0] is not Match.NONE)
    return ", ".join(sorted({method for route in fitting for method in route.methods or ()}))


async def on_not_modified(_: Request, error: Exception) -> Response:
    assert isinstance(error, NotModified)  # noqa: S101
    return Response(status_code=304, headers={"ETag": error.etag})


MOST_FAULTS = 100
DETAILS = {
    404: "Nothing is served at this address. The API is described at /docs.",
    405: "This address does not answer that method; the header Allow lists those that work.",
}
