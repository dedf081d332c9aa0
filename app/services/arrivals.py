"""How a new network arrives: kept together with its first links, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from app.services.library import Library
from app.services.links import Token, pair_for
from app.services.ports import Beside, Change, Quota
from app.services.records import Network, Run
from app.services.remembering import Remembered

Tokens: TypeAlias = tuple[Token, Token] | None
Remember: TypeAlias = Callable[[Library, Network], Remembered] | None


@dataclass(frozen=True, slots=True)
class Terms:
    """On which networks are made here; `linked` where they are seen by links."""

    linked: bool = False
    quota: Quota | None = None

    def tokens_for(self, network: Network) -> Tokens:
        return pair_for(network.id) if self.linked else None

    def beside(self, tokens: Tokens, answer: Remembered | None) -> Beside:
        return Beside(tuple(token.link for token in tokens or ()), answer, self.quota)


OPEN = Terms()


@dataclass(frozen=True, slots=True)
class Arrived:
    network: Network
    tokens: Tokens
    """For editing and for looking; None where nobody is asked for any."""


def arrive(library: Library, network: Network, terms: Terms, remember: Remember = None) -> Arrived:
    start = Run.of("start", network.head, after_seq=0)
    foreseen = library.foreseeing(Change(network, (start,)))
    tokens = terms.tokens_for(network)
    answer = remember and remember(foreseen, network)
    library.store.add(network, start, terms.beside(tokens, answer))
    return Arrived(network, tokens)
