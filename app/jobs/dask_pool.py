"""Workers on other machines, by Dask: it moves a lost worker's trainings to another one."""

from __future__ import annotations

from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass

from distributed import Client, KilledWorker

from app.jobs.pool import Trade, WorkersLost, prepare_apart
from app.services.records import Claim

CONNECT_SECONDS = 2


@dataclass(frozen=True, slots=True)
class DaskPool:
    trade: Trade
    client: Client
    executor: Executor
    lost = (CancelledError, KilledWorker)

    @classmethod
    def connect(cls, trade: Trade, scheduler: str) -> DaskPool:
        """Raises WorkersLost when there is no scheduler."""
        try:
            client = Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
        except OSError as error:
            raise WorkersLost(f"No Dask scheduler answers at {scheduler}.") from error
        # Not pure: a training that is asked for again is to be computed again.
        return cls(trade, client, client.get_executor(pure=False))

    def slots(self) -> int:
        """As many as its workers have threads just now."""
        try:
            return sum(self.client.nthreads().values())
        except (OSError, TimeoutError) as error:
            raise WorkersLost("The Dask scheduler is gone.") from error

    def wait_until_ready(self) -> None:
        """Its workers load the kernel with their first training; here it is for requests."""
        prepare_apart(self.trade)

    def train(self, claim: Claim) -> Future[None]:
        return self.executor.submit(self.trade.train, claim)

    def close(self) -> None:
        """What its workers still compute is refused: the claims are given back."""
        self.executor.shutdown(wait=False)
        self.client.close()
