"""Links: who may look at a network, and who may change it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from pydantic import Field

from app.services.links import Token
from app.services.records import Link
from app.web.schemas.base import Answer, Asked, example


class LinkIn(Asked):
    model_config = example({"role": "view"})

    role: Literal["edit", "view"]


class LinkOut(Answer):
    id: str
    role: Literal["edit", "view"]
    created_at: datetime


class NewLinkOut(LinkOut):
    token: str | None = Field(description="Sent as `Authorization: Bearer …`; shown this once.")
    tokens_shown: bool = Field(description="False when the first answer showed it.")


class LinkList(Answer):
    links: list[LinkOut]


def new_link_out(made: Token, *, shown: bool = True) -> NewLinkOut:
    link = made.link
    return NewLinkOut(
        id=link.id,
        role=link.role,
        created_at=link.created_at,
        token=made.text if shown else None,
        tokens_shown=shown,
    )


def link_list(links: Sequence[Link]) -> LinkList:
    return LinkList(links=[LinkOut.model_validate(link) for link in links])
