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
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from app.errors import OnlyForLooking, unknown_network
from app.services.changes import now
from app.services.links import link_of
from app.services.ports import Links
from app.services.records import Link
from app.web.access import LASTING, Need, need_of
from app.web.clients import client_of
from app.web.declared import API, BESIDE
from app.web.throttle import Throttle

STILL = "slowprop.still_allowed"
OTHER = "slowprop.other_allowed"

Handle: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]


class Guard:
    def __init__(self, links: Links, throttle: Throttle) -> None:
        self._links = links
        self._throttle = throttle

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
            need = need_of(scope["method"], route.path)
            free = need is Need.NOTHING and not route.path.startswith(API)
            if free or (methods is not None and scope["method"] not in methods):
                await handle(scope, receive, send)  # a page; or the route answers 405
                return
            link = self._link(need, scope)
            share = client_of(scope), link and link.id
            with self._throttle.admitted(share, lasting=route.path in LASTING):
                check(need, scope, link)
                await self._used(link)
                await handle(scope, receive, send)

        return guarded

    def _link(self, need: Need | None, scope: Scope) -> Link | None:
        if need is not Need.VIEW and need is not Need.EDIT:
            return None
        headers = Headers(scope=scope)
        subject, token = scope["path_params"]["id"], token_in(headers)
        scope[STILL] = lambda: self._opened(subject, token) is not None
        scope[OTHER] = lambda other: self._opened(other, token_in(headers, BESIDE)) is not None
        return self._opened(subject, token)

    async def _used(self, link: Link | None) -> None:
        """Once a day it is written down that the network is in use."""
        if link is not None and link.used_on != now().date():
            await run_in_threadpool(self._links.used, link)

    def _opened(self, subject: str, token: str) -> Link | None:
        link = link_of(self._links, token)
        return link if link is not None and link.subject == subject else None


def check(need: Need | None, scope: Scope, link: Link | None) -> None:
    """Raises what an unknown address or network gives, or OnlyForLooking."""
    if need is None or need is Need.OPEN:
        raise HTTPException(404)
    if need is Need.NOTHING or need is Need.CREATE:
        return
    if link is None:
        raise unknown_network(scope["path_params"]["id"])
    if need is Need.EDIT and link.role != "edit":
        raise OnlyForLooking


def token_in(headers: Headers, name: str = "authorization") -> str:
    scheme, _, token = headers.get(name, "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def still_allowed(scope: Scope) -> Callable[[], bool]:
    """For answers that last: whether what opened the request still would."""
    allowed: Callable[[], bool] = scope.get(STILL, always)
    return allowed


def always(*_: object) -> bool:
    return True


def check_other(scope: Scope, network_id: str) -> None:
    """For a network that is looked at beside the one in the address: it has a token of its own.

    Raises what an unknown network gives.
    """
    allowed: Callable[[str], bool] = scope.get(OTHER, always)
    if not allowed(network_id):
        raise unknown_network(network_id)
