"""A new network from any moment of another, with a copy of everything that led there."""

from __future__ import annotations

import secrets

from app.services.arrivals import OPEN, Arrived, Remember, Terms
from app.services.changes import now
from app.services.library import At, Library
from app.services.line import Line
from app.services.ports import Beside, Change
from app.services.records import Network, Origin


def fork(
    library: Library,
    network_id: str,
    at: At,
    name: str | None = None,
    terms: Terms = OPEN,
    remember: Remember = None,
) -> Arrived:
    """Same steps, numbers, optimizer memory, settings and place in the data, so both go on alike.

    It reads, so a training may run meanwhile. Raises NotFound, NotReproducible, StepNotKept.
    """
    source = library.network(network_id)
    head = library.moment(source, at)
    made = now()
    network = Network(
        id=secrets.token_hex(8),
        name=source.name if name is None else name,
        revision=1,
        head=head,
        training=None,
        kept_bytes=0,
        created_at=made,
        updated_at=made,
        origin=Origin(source.id, head.step),
    )
    tokens = terms.tokens_for(network)

    def beside(copy: Network) -> Beside:
        foreseen = library.foreseeing(Change(copy), source.id)
        return terms.beside(tokens, remember and remember(foreseen, copy))

    line = Line.to(head.seq, library.store.resets(source.id))
    return Arrived(library.store.fork(network, line, beside), tokens)
