"""Whether the service answers, and whether it can work."""

from __future__ import annotations

from typing import Literal

from app.web.schemas.base import Answer


class Health(Answer):
    service: Literal["slowprop"] = "slowprop"
    status: Literal["ok"] = "ok"
    version: str
    kernel: Literal["compiled", "uncompiled"]


class Ready(Answer):
    status: Literal["ready"] = "ready"
