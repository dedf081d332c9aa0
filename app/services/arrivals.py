"""How a new network arrives: kept together with its first links, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from app.services.links import Token, pair_for
from app.services.ports import Beside, Quota, Store
from app.services.records import Network, Run
from app.services.remembering import Remembered

Remember: TypeAlias = Callable[[Network], Remembered] | None


@dataclass(frozen=True, slots=True)
class Terms:
    """On which networks are made here; `linked` where they are seen by links."""

    linked: bool = False
    quota: Quota | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    network: Network
    tokens: tuple[Token, Token] | None
    """For editing and for looking; None where nobody is asked for any."""


def arrive(store: Store, network: Network, terms: Terms, remember: Remember = None) -> Arrived:
    start = Run.of("start", network.head, after_seq=0)
    tokens = pair_for(network.id) if terms.linked else None
    links = () if tokens is None else tuple(token.link for token in tokens)
    store.add(network, start, Beside(links, remember and remember(network), terms.quota))
    return Arrived(network, tokens)
