"""Networks for tests that have no server: made as a server makes them."""

from __future__ import annotations

from app.services.arrivals import OPEN, arrive
from app.services.creation import Draft, drafted
from app.services.library import Library
from app.services.ports import Store
from app.services.records import Network
from app.settings import Limits


def create(store: Store, draft: Draft, limits: Limits) -> Network:
    return arrive(Library(store), drafted(draft, limits), OPEN).network
