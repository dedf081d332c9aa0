"""A database of its own, and networks to train in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from app.services import chunks, trainings
from app.services.creation import Draft
from app.services.library import Library
from app.services.records import Claim, Network, Training
from app.services.trainings import Plan
from app.settings import Limits
from app.storage.database import open_database
from app.storage.schema import migrate
from app.storage.store import DatabaseStore
from app.storage.trainings import DatabaseTrainings
from tests.making import create


@dataclass(frozen=True)
class Place:
    """Where trainings are asked for, and computed in this process."""

    store: DatabaseStore
    trainings: DatabaseTrainings
    library: Library

    @classmethod
    def at(cls, url: str) -> Place:
        engine = open_database(url)
        migrate(engine)
        store = DatabaseStore(engine)
        return cls(store, DatabaseTrainings(engine), Library(store))

    def wake(self) -> None:
        """Nobody computes here unless told to."""

    def network(self, draft: Draft) -> Network:
        return create(self.store, draft, Limits())

    def begin(self, network: Network, plan: Plan) -> Training:
        return trainings.begin(self.library, self, network.id, plan, Limits())

    def compute(self, training: Training) -> Training:
        """To its end, by whoever's turn it is."""
        claim = self.trainings.claim()
        assert claim == Claim(training.network_id, training.id, training.fence + 1)
        chunks.compute(self.store, self.trainings, claim)
        return self.trainings.training(training.network_id, training.id)

    def losses(self, network: Network) -> list[float | None]:
        """Of every step that was recorded."""
        head = self.store.network(network.id).head
        curves = self.store.curves(network.id, 0, head.seq, 0, head.step)
        return [loss for curve in curves if curve.losses is not None for loss in curve.losses]


@pytest.fixture
def place(database_url: str) -> Iterator[Place]:
    place = Place.at(database_url)
    yield place
    place.store._engine.dispose()
