"""What a contestant is. Each lives in a file of `contestants/` and knows nothing of the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from bench.workloads import Floats, Workload


class Missing(Exception):
    """This contestant cannot take part here; the message says why."""


@dataclass(frozen=True)
class Made:
    """What a run left behind, fetched only when it is compared, outside of what is timed."""

    parameters: Callable[[], Floats]  # in the order of `Workload.parameters`
    row: Callable[[], Floats] | None = None  # the last recorded one, as `workloads.recorded` has it


Run: TypeAlias = Callable[[int], Made]
"""Makes so many updates, each time from the workload's own parameters."""


class Contestant(Protocol):
    def version(self) -> str:
        """Of what it is made with. Raises Missing, or ImportError, when that is not there."""

    def prepare(self, workload: Workload, *, record: bool) -> Run | None:
        """Everything that need not be timed. None when it takes no part in this workload.

        With `record` a run keeps every value of W1's every update, or for a larger network the
        parameters and the loss.
        """
