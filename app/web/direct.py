"""A way past FastAPI's general machinery, for the endpoints that are asked most.

FastAPI finds out anew with every request what each dependency might be, which takes several
times as long as a pass through a small network. Here that is found out once. A request that is
not plainly right goes FastAPI's way, which says what is wrong with it; so both give one answer.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, TypeAlias, get_args, get_origin, get_type_hints

from fastapi import Request, Response
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from app.web import deps
from app.web.clients import Client, client_of
from app.web.once import HEADER, TICKET, Keeper, Once
from app.web.request import JSON, StrictRequest, StrictRoute, again
from app.web.schemas.base import Answer, Asked, AskedInQuery

Source: TypeAlias = Callable[[StrictRequest, Response], Awaitable[object]]
"""Where the value of a parameter comes from, given the request and the headers to be sent."""


class Unusual(Exception):
    """Nothing that can be answered here; FastAPI says what it is."""


class DirectRoute(StrictRoute):
    """For endpoints that answer with an `Answer` and whose parameters have a source below."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401
        super().__init__(path, endpoint, **options)
        self._sources = sources_of(endpoint)
        self._waits = not inspect.iscoroutinefunction(endpoint)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._sources is None or scope["method"] not in (self.methods or ()):
            await super().handle(scope, receive, send)
            return
        request, extra = StrictRequest(scope, receive), Response()
        try:
            values = {name: await of(request, extra) for name, of in self._sources.items()}
        except (Unusual, ValidationError):
            await super().handle(scope, again(request, receive), send)
            return
        answer = await self._answer(values)
        response = Response(self._written(answer), self.status_code or 200, media_type=JSON)
        response.raw_headers += extra.raw_headers[1:]  # all but the length of nothing
        await response(scope, receive, send)

    async def _answer(self, values: Mapping[str, object]) -> Answer:
        if self._waits:
            found: Answer = await run_in_threadpool(self.endpoint, **values)
        else:
            found = await self.endpoint(**values)
        return found

    def _written(self, answer: Answer) -> bytes:
        return answer.__pydantic_serializer__.to_json(
            answer, by_alias=True, exclude_unset=self.response_model_exclude_unset
        )


def sources_of(endpoint: Callable[..., Any]) -> Mapping[str, Source] | None:
    """None when FastAPI has to see to a parameter or to the answer."""
    hints = get_type_hints(endpoint, include_extras=True)
    answer = hints.pop("return")
    found = {name: source_of(hint) for name, hint in hints.items()}
    known = {name: source for name, source in found.items() if source is not None}
    return known if is_model(answer, Answer) and len(known) == len(found) else None


def source_of(hint: object) -> Source | None:
    if is_model(hint, Asked):
        return body_as(hint)
    if get_origin(hint) is Annotated and is_model(get_args(hint)[0], AskedInQuery):
        return query_as(get_args(hint)[0])
    return next((source for known, source in SOURCES if known == hint), None)


def is_model(hint: object, kind: type[BaseModel]) -> bool:
    return isinstance(hint, type) and issubclass(hint, kind)


def body_as(model: Any) -> Source:  # noqa: ANN401 — a class of requests
    async def read(request: StrictRequest, _: Response) -> object:
        if not await request.body():
            raise Unusual
        return model.__pydantic_validator__.validate_python(await request.json())

    return read


def query_as(model: Any) -> Source:  # noqa: ANN401 — a class of queries
    unasked = model()

    async def read(request: StrictRequest, _: Response) -> object:
        if not request.scope["query_string"]:
            return unasked
        return model.__pydantic_validator__.validate_python(dict(request.query_params))

    return read


async def network_id(request: StrictRequest, _: Response) -> str:
    found: str = request.path_params["id"]
    if len(found) > deps.LONGEST_ID:
        raise Unusual
    return found


async def network(request: StrictRequest, extra: Response) -> object:
    here = await deps.services_of(request)
    return await deps.current_network(await network_id(request, extra), here)


async def services(request: StrictRequest, _: Response) -> object:
    return await deps.services_of(request)


async def expected(request: StrictRequest, _: Response) -> object:
    return await deps.expected_revisions(request.headers.get("if-match"))


async def known_already(request: Request, _: Response) -> str | None:
    return request.headers.get("if-none-match")


async def client(request: StrictRequest, _: Response) -> str:
    return client_of(request.scope)


async def keeper(request: StrictRequest, extra: Response) -> Keeper:
    if HEADER in request.headers and TICKET not in request.scope:
        raise Unusual
    return Keeper(request.scope.get(TICKET), extra, request.scope["route"].status_code or 200)


async def headers(_: StrictRequest, extra: Response) -> Response:
    return extra


SOURCES: tuple[tuple[object, Source], ...] = (
    (deps.NetworkId, network_id),
    (deps.CurrentNetwork, network),
    (deps.Here, services),
    (deps.IfMatch, expected),
    (deps.IfNoneMatch, known_already),
    (Client, client),
    (Once, keeper),
    (Response, headers),
)
