"""Reading a request body strictly: its type, its size, and JSON as it is written.

The standard parser reads `NaN`, forgives half of a surrogate pair and has no limit on size.
"""

from __future__ import annotations

from asyncio import timeout
from collections.abc import Callable, Coroutine
from email.message import Message as Head
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from app.settings import Limits
from app.web.problems import Refused

JSON = "application/json"


class StrictRequest(Request):
    async def body(self) -> bytes:
        """Raises Refused for another content type, or for more bytes than the limit."""
        if not hasattr(self, "_body"):
            self._body = await self._read()
        return self._body

    async def json(self) -> Any:  # noqa: ANN401 — whatever was sent
        """Raises Refused for malformed JSON. Numbers beyond float64 become infinite here and
        are refused by the field that they were meant for."""
        try:
            return from_json(await self.body(), cache_strings=False)
        except ValueError as error:
            raise Refused(
                400, "malformed-json", "Malformed JSON", f"This is not JSON: {place(error)}."
            ) from None

    async def _read(self) -> bytes:
        limits: Limits = self.app.state.services.limits
        try:
            async with timeout(limits.body_seconds):
                return await self._received(limits.body_bytes)
        except TimeoutError:
            raise too_slow(limits.body_seconds) from None

    async def _received(self, limit: int) -> bytes:
        announced = self.headers.get("content-length", "0")
        if announced.isdigit() and int(announced) > limit:
            raise too_large(limit)
        parts: list[bytes] = []
        size = 0
        more = True
        while more:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            part, more = message.get("body", b""), message.get("more_body", False)
            size += len(part)
            if size > limit:
                raise too_large(limit)
            parts.append(part)
        if size:
            self._check_type()
        return b"".join(parts)

    def _check_type(self) -> None:
        given = self.headers.get("content-type", "")
        if given == JSON:
            return
        head = Head()
        head["content-type"] = given
        if head.get_content_type() != JSON:
            raise Refused(
                415,
                "unsupported-media-type",
                "Unsupported media type",
                "Send the body as Content-Type: application/json.",
            )


class StrictRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return strictly


def again(request: StrictRequest, receive: Receive) -> Receive:
    """What was read of the body, to be read once more."""
    body: bytes | None = getattr(request, "_body", None)

    async def once_more() -> Message:
        nonlocal body
        if body is None:
            return await receive()
        message, body = {"type": "http.request", "body": body, "more_body": False}, None
        return message

    return once_more


def too_slow(seconds: int) -> Refused:
    detail = (
        f"The body was not there after {seconds} seconds; send it again, over a slow line in parts."
    )
    return Refused(408, "slow-body", "The body came too slowly", detail)


def too_large(limit: int) -> Refused:
    detail = f"The body is over the limit of {limit} bytes; send it in parts, or raise the limit."
    return Refused(413, "body-too-large", "The body is too large", detail)


def place(error: ValueError) -> str:
    """What the parser says is wrong and where; it never repeats what was sent."""
    return str(error)
