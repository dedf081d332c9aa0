"""`Idempotency-Key`: a request that is sent again is answered again, and done once.

The answer is written before the change is kept, and both are kept in one transaction. So it holds
when the server dies between the two, when the answer is lost on its way, and when the same request
reaches two servers at a time: the second finds that the key is taken, and nothing of it is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from copy import copy
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, ParamSpec, TypeAlias, get_type_hints

from fastapi import Depends, FastAPI, Header, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from app.errors import BadInput, StillUnderWay
from app.services.ports import Answers
from app.services.remembering import AlreadyAnswered, Remembered, Ticket
from app.web.clients import client_of
from app.web.request import JSON, StrictRequest, again
from app.web.schemas.base import Answer

P = ParamSpec("P")
Handle: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

HEADER = "idempotency-key"
PATTERN = r"^[\x21-\x7e]{1,255}$"
COPIES = "/forks"
TICKET = "slowprop.ticket"

UNDER_WAY = "The first request with this Idempotency-Key is still under way; ask again in a moment."
REUSED = (
    "This Idempotency-Key came with another request before. A repetition sends the same body to "
    "the same address; a new request takes a new key."
)


@dataclass(frozen=True, slots=True)
class Keeper:
    """Writes an answer down, if its request may come again; `sent` has the answer's headers."""

    ticket: Ticket | None
    sent: Response
    status: int

    def keeping(self, told: Callable[P, Answer]) -> Callable[P, Remembered] | None:
        """None for a request without a key."""
        ticket = self.ticket
        if ticket is None:
            return None

        def remember(*args: P.args, **kwargs: P.kwargs) -> Remembered:
            body = told(*args, **kwargs).model_dump_json(by_alias=True).encode()
            return Remembered(ticket, written(self.status, self.sent.headers, body))

        return remember


async def keeper_of(
    request: Request,
    response: Response,
    idempotency_key: Annotated[
        str | None,
        Header(
            description="Any text that no other request of yours has: sent again with the same "
            "body within 24 hours, the request is not done again but answered as at first.",
            pattern=PATTERN,
        ),
    ] = None,
) -> Keeper:
    del idempotency_key  # it is in the ticket; here it is checked and described
    return Keeper(request.scope.get(TICKET), response, request.scope["route"].status_code or 200)


Once = Annotated[Keeper, Depends(keeper_of)]


class Repetitions:
    """Stands before the endpoints that ask for a Keeper."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._under_way: set[tuple[str, str]] = set()

    def install(self, app: FastAPI) -> None:
        """After the last route has been added."""
        app.router.routes[:] = [
            self._before(copy(route)) if asks_for_keeper(route) else route
            for route in app.router.routes
        ]

    def _before(self, route: Any) -> Any:  # noqa: ANN401 — its `handle` is replaced
        handle: Handle = route.handle

        async def once(scope: Scope, receive: Receive, send: Send) -> None:
            key = Headers(scope=scope).get(HEADER, "")
            if not re.match(PATTERN, key) or scope["method"] not in route.methods:
                await handle(scope, receive, send)  # which refuses a key that is none
                return
            request = StrictRequest(scope, receive)
            ticket = Ticket(whose(scope), key, digest(scope["path"], await request.body()))
            repeated = again(request, receive)
            answer = await self._answer(
                ticket, lambda: handle({**scope, TICKET: ticket}, repeated, send)
            )
            if answer is not None:
                await answer(scope, receive, send)

        route.handle = once
        return route

    async def _answer(
        self, ticket: Ticket, go_on: Callable[[], Awaitable[None]]
    ) -> Response | None:
        """The first answer; None when the request goes on and answers itself."""
        place = ticket.scope, ticket.key
        known = await run_in_threadpool(self._answers.find, ticket)
        if known is None and place in self._under_way:
            raise StillUnderWay(UNDER_WAY)
        if known is None:
            self._under_way.add(place)
            try:
                await go_on()
            except AlreadyAnswered:
                known = await run_in_threadpool(self._answers.find, ticket)
            finally:
                self._under_way.discard(place)
        return None if known is None else as_at_first(known, ticket)


def asks_for_keeper(route: Any) -> bool:  # noqa: ANN401 — whatever kind of route
    endpoint = getattr(route, "endpoint", None)
    return endpoint is not None and Once in get_type_hints(endpoint, include_extras=True).values()


def whose(scope: Scope) -> str:
    """Keys are those of a network; of a client where a new one is made."""
    network_id = scope["path_params"].get("id")
    if network_id is None or scope["path"].endswith(COPIES):
        return f"client {client_of(scope)}"
    return f"network {network_id}"


def digest(path: str, body: bytes) -> bytes:
    return sha256(path.encode("utf-8", "surrogatepass") + b"\0" + body).digest()


def written(status: int, headers: Headers, body: bytes) -> bytes:
    """The head on the first line, then the body."""
    kept = {name: headers[name] for name in ("location", "etag") if name in headers}
    return json.dumps([status, kept]).encode() + b"\n" + body


def as_at_first(known: Remembered, ticket: Ticket) -> Response:
    if known.ticket.asked != ticket.asked:
        raise BadInput.at(f"/{HEADER}", "key-used-before", REUSED)
    head, _, body = known.answer.partition(b"\n")
    status, headers = json.loads(head)
    return Response(body, status, headers, media_type=JSON)
