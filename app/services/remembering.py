"""Requests that may come twice: the first answer is kept in one transaction with what it tells of,
so that a client that never saw it can ask again, after whatever went wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Ticket:
    """One request: whose it is, the key that its sender gave it, and a digest of what it asks."""

    scope: str
    key: str
    asked: bytes


@dataclass(frozen=True, slots=True)
class Remembered:
    """`answer` is for whoever wrote it to read; tokens are left out of it."""

    ticket: Ticket
    answer: bytes


class AlreadyAnswered(Exception):
    """Somebody else has answered a request with that key; nothing was kept of this one."""
