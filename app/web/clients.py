"""Whose request it is, as far as an address tells."""

from __future__ import annotations

from starlette.types import Scope


def client_of(scope: Scope) -> str:
    client = scope.get("client")
    return "" if client is None else str(client[0])
