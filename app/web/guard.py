"""Asks for a token before an endpoint is called, whatever kind of route leads there.

Every route of the application is wrapped once, when all are known; with `open` access none is,
so that it costs nothing. The question to the database is one row by its key, and it is asked with
every request: a token that was revoked opens nothing from that moment on, in any process.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from copy import copy
from typing import Any, TypeAlias

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from app.errors import OnlyForLooking, unknown_network
from app.services.links import link_of
from app.services.ports import Links
from app.services.records import Link
from app.web.access import Need, need_of

STILL = "slowprop.still_allowed"

Handle: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]


class Guard:
    def __init__(self, links: Links) -> None:
        self._links = links

    def install(self, app: FastAPI) -> None:
        """After the last route has been added. Routes are copied: other applications in this
        process may have the same ones."""
        app.router.routes[:] = [self._guarded(copy(route)) for route in app.router.routes]

    def _guarded(self, route: Any) -> BaseRoute:  # noqa: ANN401 — its `handle` is replaced
        route.handle = self._before(route)
        guarded: BaseRoute = route
        return guarded

    def _before(self, route: Any) -> Handle:  # noqa: ANN401 — whatever kind of route
        handle: Handle = route.handle
        methods: Collection[str] | None = getattr(route, "methods", None)

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if methods is None or scope["method"] in methods:  # else the route answers 405
                self._admit(need_of(scope["method"], route.path), scope)
            await handle(scope, receive, send)

        return guarded

    def _admit(self, need: Need | None, scope: Scope) -> None:
        """Raises what an unknown address or network gives, or OnlyForLooking."""
        if need is Need.NOTHING or need is Need.CREATE:
            return
        if need is None or need is Need.OPEN:
            raise HTTPException(404)
        subject, token = scope["path_params"]["id"], token_in(Headers(scope=scope))
        link = self._opened(subject, token)
        if link is None:
            raise unknown_network(subject)
        if need is Need.EDIT and link.role != "edit":
            raise OnlyForLooking
        scope[STILL] = lambda: self._opened(subject, token) is not None

    def _opened(self, subject: str, token: str) -> Link | None:
        link = link_of(self._links, token)
        return link if link is not None and link.subject == subject else None


def token_in(headers: Headers) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def still_allowed(scope: Scope) -> Callable[[], bool]:
    """For answers that last: whether what opened the request still would."""
    allowed: Callable[[], bool] = scope.get(STILL, always)
    return allowed


def always() -> bool:
    return True
