"""One line of the log for each request, written when its answer has ended."""

from __future__ import annotations

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.metrics import method_of, route_of

ACCESS = logging.getLogger("slowprop.access")
LEFT = 499
"""No answer began: the client left before."""


class Accessed:
    """Outermost of all, so that refusals and failures are told too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), LEFT

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            tell(scope, status, 1000 * (time.perf_counter() - began))


def tell(scope: Scope, status: int, milliseconds: float) -> None:
    method, route = method_of(scope), route_of(scope)
    told = {
        "method": method,
        "route": route,
        "status": status,
        "milliseconds": round(milliseconds, 1),
    }
    ACCESS.info("%s %s %d %.1f ms", method, route, status, milliseconds, extra={"told": told})
