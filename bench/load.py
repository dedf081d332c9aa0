"""A client that costs little, so that the server is what is measured: prepared bytes, kept
connections, answers read by their length."""

from __future__ import annotations

import json
import re
import socket
import time
from typing import Any, Self

LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Refused(Exception):
    """The server answered with an error; the message holds its beginning."""


class Connection:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, request: bytes) -> None:
        self.socket.sendall(request)

    def receive(self) -> bytes:
        """The body. Raises Refused."""
        got = self.socket.recv(1 << 20)
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self.more()
        found = LENGTH.search(got, 0, end)
        missing = (int(found[1]) if found else 0) - (len(got) - end - 4)
        parts = [got[end + 4 :]]
        while missing > 0:
            parts.append(self.more())
            missing -= len(parts[-1])
        if not got.startswith(b"HTTP/1.1 2"):
            raise Refused(repr(got[:300]))
        return b"".join(parts)

    def more(self) -> bytes:
        got = self.socket.recv(1 << 20)
        if not got:
            raise Refused("the server closed the connection")
        return got

    def ask(self, request: bytes) -> bytes:
        self.send(request)
        return self.receive()

    def json(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.ask(request_of(method, path, body))
        return json.loads(answer) if answer else None


def request_of(method: str, path: str, body: Any = None) -> bytes:
    text = b"" if body is None else json.dumps(body).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(text)}\r\n"
    return head.encode() + b"Content-Type: application/json\r\n\r\n" + text


def throughput(connections: list[Connection], request: bytes, seconds: float) -> float:
    """Requests per second, one in flight on every connection."""
    count, begin = 0, time.perf_counter()
    while (took := time.perf_counter() - begin) < seconds:
        for connection in connections:
            connection.send(request)
        for connection in connections:
            connection.receive()
        count += len(connections)
    return count / took


def latencies(connection: Connection, request: bytes, seconds: float) -> list[float]:
    """Seconds of each request, one after the other."""
    found: list[float] = []
    end = time.perf_counter() + seconds
    while (begin := time.perf_counter()) < end:
        connection.ask(request)
        found.append(time.perf_counter() - begin)
    return found
