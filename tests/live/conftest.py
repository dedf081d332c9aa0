"""Streams of real servers, read as a browser reads them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.jobs.conftest import Server


@dataclass(frozen=True)
class Event:
    id: str
    subject: str
    data: dict[str, Any]


class Listening:
    """Events of one stream; comments and the advice to retry are left out."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.iter_lines()

    def next(self) -> Event:
        fields: dict[str, str] = {}
        for line in self._lines:
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif "event" in fields:
                return Event(fields.get("id", ""), fields["event"], json.loads(fields["data"]))
            else:
                fields = {}
        raise EOFError("the stream has ended")

    def until(self, condition: Callable[[Event], bool]) -> list[Event]:
        """The events up to the first that is looked for."""
        found = [self.next()]
        while not condition(found[-1]):
            found.append(self.next())
        return found


NO_HEADERS: Mapping[str, str] = {}
Listen = Callable[..., Any]


@contextmanager
def listening(
    server: Server, network: str, last: str | None = None, headers: Mapping[str, str] = NO_HEADERS
) -> Iterator[Listening]:
    headers = headers if last is None else {**headers, "Last-Event-ID": last}
    with server.client.stream("GET", f"{network}/events", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Listening(answer)


@pytest.fixture
def start(database_url: str) -> Iterator[Callable[..., Server]]:
    """Starts servers on one database of this test."""
    servers: list[Server] = []

    def started(**settings: str) -> Server:
        servers.append(Server(database_url, **settings))
        return servers[-1]

    yield started
    for server in servers:
        server.end()


@pytest.fixture
def server(start: Callable[..., Server]) -> Server:
    return start()


@pytest.fixture
def linked(start: Callable[..., Server]) -> Server:
    """Where networks are seen by links."""
    return start(SLOWPROP_ACCESS="links")
