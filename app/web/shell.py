"""Around everything: who may ask, the headers of every answer, and the last net for a failure.

Plain ASGI and outermost, because FastAPI's own middleware does not see what its error handler
for status 500 answers.
"""

from __future__ import annotations

import logging

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import NotFound
from app.web.problems import DETAILS, problem

log = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors {frames}"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NUL = "\0"
"""No name has it, and PostgreSQL refuses to be asked for one that does."""


class Shell:
    def __init__(
        self,
        app: ASGIApp,
        hosts: frozenset[str] | None,
        header_bytes: int,
        embed: frozenset[str] = frozenset(),
    ) -> None:
        """`hosts` are the names it answers to, None for any; `embed` may show it in a frame."""
        self._app = app
        self._header_bytes = header_bytes
        self._hosts = hosts
        self._headers = raw_headers(embed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message.get("headers", ()), *self._headers]
            await send(message)

        if not self._answers_to(Headers(scope=scope).get("host", "")):
            await not_here(scope, receive, send_with_headers)
            return
        if size_of(scope) > self._header_bytes:
            await too_long(scope, receive, send_with_headers)
            return
        if NUL in scope["path"]:
            await nowhere(scope, receive, send_with_headers)
            return
        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
            if started:
                raise
            await failed(scope, receive, send_with_headers)

    def _answers_to(self, host: str) -> bool:
        """Otherwise a page of another site, whose name leads here, could use this server."""
        return self._hosts is None or host_name(host) in self._hosts


def raw_headers(embed: frozenset[str]) -> list[tuple[bytes, bytes]]:
    policy = POLICY.format(frames=" ".join(sorted(embed)) or "'none'")
    headers = {"Content-Security-Policy": policy} | HEADERS
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def host_name(host: str) -> str:
    """Without the port: `[::1]:8000` and `localhost:8000` give `::1` and `localhost`."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def size_of(scope: Scope) -> int:
    """The server itself bounds only headers that come in several pieces."""
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    return sum(len(name) + len(value) for name, value in headers)


async def too_long(scope: Scope, receive: Receive, send: Send) -> None:
    answer = problem(
        431,
        "headers-too-large",
        "The headers are too large",
        "The headers are over the limit of SLOWPROP_MAX_HEADER_BYTES; send fewer or shorter ones.",
    )
    await answer(scope, receive, send)


async def not_here(scope: Scope, receive: Receive, send: Send) -> None:
    answer = problem(
        403,
        "unknown-host",
        "Not addressed to this server",
        "This server answers to localhost, 127.0.0.1 and the names in SLOWPROP_ALLOWED_HOSTS.",
    )
    await answer(scope, receive, send)


async def nowhere(scope: Scope, receive: Receive, send: Send) -> None:
    answer = problem(404, NotFound.code, NotFound.title, DETAILS[404])
    await answer(scope, receive, send)


async def failed(scope: Scope, receive: Receive, send: Send) -> None:
    answer = problem(
        500,
        "internal",
        "Something went wrong here",
        "This is a fault of the server, not of the request. Its log says more.",
    )
    await answer(scope, receive, send)
