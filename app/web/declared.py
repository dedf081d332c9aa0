"""What every endpoint declares about its answers: each status code it can give."""

from __future__ import annotations

from typing import Any, TypeAlias

from app.web.problems import Problem

API = "/api/v1"
BESIDE = "slowprop-compare-authorization"

Responses: TypeAlias = dict[int | str, dict[str, Any]]

MEANINGS = {
    400: "Malformed JSON",
    403: "Addressed to a name that this server does not answer to, or with a link for looking only",
    404: "Unknown id, name or step",
    408: "The body came too slowly",
    409: "Not possible now: a training runs, there is no data, or a step cannot be reproduced",
    412: "If-Match does not name the current revision",
    413: "The body is over the limit",
    415: "The body is not application/json",
    422: "Understood, but it cannot be used; every fault with its place",
    429: "More than one client's share; only where access is by links",
    431: "The headers are over the limit",
    503: "The database does not answer, or too many are being served",
}
ALWAYS = (403, 422, 429, 431, 503)
WITH_BODY = (400, 408, 413, 415)

ETAG = {
    "ETag": {
        "description": 'The revision, e.g. `"r3"`.',
        "schema": {"type": "string", "pattern": '^"r[0-9]+"$'},
    }
}
SHAPE = {
    "Slowprop-Shape": {
        "description": "Rows and columns of the array, e.g. `10000,75`.",
        "schema": {"type": "string", "pattern": "^[0-9]+(,[0-9]+)?$"},
    }
}
RETRY_AFTER = {
    "Retry-After": {
        "description": "Seconds after which it may work.",
        "schema": {"type": "integer", "minimum": 1},
    }
}
HEADERS = {429: {"headers": RETRY_AFTER}, 503: {"headers": RETRY_AFTER}}
"""What comes with a refusal, besides its problem."""
BINARY = "application/octet-stream"
EVENTS = "text/event-stream"
EXAMPLE_EVENT = """id: 12.13.0
event: network
data: {"revision":13,"after_seq":11,"seq":12,"step":12,"loss":0.2194,"training":null}
"""


def problems(*codes: int, body: bool = False) -> Responses:
    """The errors of an endpoint; `body` adds those of reading one."""
    named = sorted({*ALWAYS, *codes, *(WITH_BODY if body else ())})
    return {
        code: {"model": Problem, "description": MEANINGS[code]} | HEADERS.get(code, {})
        for code in named
    }


def tagged(status: int = 200) -> Responses:
    """A successful answer carries the revision."""
    return {status: {"headers": ETAG}}


NOT_MODIFIED: Responses = {304: {"description": "If-None-Match names the current revision"}}


def located(status: int) -> Responses:
    location = {"Location": {"description": "Where it is now.", "schema": {"type": "string"}}}
    return {status: {"headers": location | ETAG}}


def event_stream() -> Responses:
    data = {"network": "NetworkEvent", "cursor": "PointerOut"}
    told = {name: {"$ref": f"#/components/schemas/{model}"} for name, model in data.items()}
    schema = {"type": "string", "x-event-data": told}
    content = {EVENTS: {"schema": schema, "example": EXAMPLE_EVENT}}
    return {200: {"description": "Server-sent events", "content": content}} | problems(404)


METRICS: Responses = {
    200: {
        "description": "Prometheus text",
        "content": {
            "text/plain": {"schema": {"type": "string"}, "example": "slowprop_event_streams 3.0"}
        },
    }
}


def binary(description: str) -> Responses:
    """Float64, little-endian, row by row."""
    content = {BINARY: {"schema": {"type": "string", "format": "binary"}}}
    return {200: {"description": description, "content": content, "headers": SHAPE}}
