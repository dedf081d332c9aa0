"""What is told to those who watch a network.

A listener knows a `Position`: the last history entry, the revision and the pointer that it was
told. What is new follows from that and from where the network stands now, so a listener that was
away, or slow, is told everything at once; nothing has to be kept for it meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from app.errors import BadInput, Fault, NotFound
from app.nn.names import Names
from app.services.library import Library
from app.services.ports import Standings
from app.services.records import Network, Pointer, Standing

Subject: TypeAlias = Literal["network", "cursor"]

POSITION = re.compile(r"(\d{1,15})\.(\d{1,15})\.(\d{1,15})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Position:
    """What a listener has been told; as text it is the id of an event."""

    seq: int
    revision: int
    pointed: int

    def __str__(self) -> str:
        return f"{self.seq}.{self.revision}.{self.pointed}"

    @classmethod
    def read(cls, text: str) -> Position | None:
        found = POSITION.fullmatch(text)
        return None if found is None else cls(*map(int, found.groups()))


@dataclass(frozen=True, slots=True)
class News:
    """One event. `after_seq` is the last entry told before; None at the beginning."""

    subject: Subject
    position: Position
    standing: Standing
    after_seq: int | None


def news(known: Position | None, now: Standing) -> Sequence[News]:
    """What a listener has to be told, in order; nothing when it knows all.

    A position that lies ahead comes from another database: it counts as knowing nothing.
    """
    if known is not None and (known.seq > now.seq or known.revision > now.revision):
        known = None
    pointed = 0 if known is None else known.pointed
    told: list[News] = []
    if known is None or known.revision != now.revision:
        position = Position(now.seq, now.revision, pointed)
        told.append(News("network", position, now, None if known is None else known.seq))
    if now.pointed != pointed:
        position = Position(now.seq, now.revision, now.pointed)
        told.append(News("cursor", position, now, None))
    return told


class Listener(Protocol):
    """One listener's place on the bus."""

    @property
    def standing(self) -> Standing | None:
        """Where the network stands; None once it is deleted."""

    @property
    def closing(self) -> bool:
        """The service is about to stop."""

    async def changed(self, seconds: float) -> bool:
        """Waits until something changed since the last call; False when nothing did in time."""

    def leave(self) -> None: ...


class Bus(Protocol):
    """Wakes those who watch a network."""

    def listen(self, network_id: str) -> Listener:
        """To be left again. Raises NotFound, Crowded."""

    def close(self) -> None:
        """Ends all listening; safe to call more than once."""


def point(library: Library, standings: Standings, network_id: str, to: Pointer) -> None:
    """Only the last place pointed to is kept. Raises BadInput, NotFound."""
    check_pointer(library.network(network_id), to)
    standings.point(network_id, to)


def check_pointer(network: Network, to: Pointer) -> None:
    if to.step > network.head.step:
        raise NotFound(
            f"Step {to.step} has not been reached; the network is at step {network.head.step}."
        )
    names = Names.of(network.head.spec)
    asked = {"quantity": to.quantity, "selection": to.selection}
    faults = [
        Fault(f"/{key}", "unknown-name", names.unknown("name", name))
        for key, name in asked.items()
        if name is not None and not names.has(name)
    ]
    if faults:
        raise BadInput(faults)
