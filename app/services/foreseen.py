"""A history as it will be once a change is kept, so that the change can be told of before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.services.ports import Change, Histories
from app.services.records import Curve, Network, Run, Setting


@dataclass(frozen=True, slots=True)
class Foreseen:
    kept: Histories
    change: Change

    def revision(self, network_id: str) -> int:  # noqa: ARG002 — the change is of one network
        return self.change.after.revision

    def network(self, network_id: str) -> Network:  # noqa: ARG002
        return self.change.after

    def setting(self, network_id: str, number: int) -> Setting:
        new = self.change.setting
        if new is not None and new.number == number:
            return new
        return self.kept.setting(network_id, number)

    def resets(self, network_id: str) -> Sequence[tuple[int, int]]:
        new = [(run.first_seq, run.after_seq) for run in self.change.runs if run.kind == "reset"]
        return [*self.kept.resets(network_id), *new]

    def run_with(self, network_id: str, seq: int) -> Run | None:
        for run in self.change.runs:
            if run.first_seq <= seq < run.first_seq + run.count:
                return run
        return self.kept.run_with(network_id, seq)

    def last_at(self, network_id: str, step: int, low: int, high: int) -> int | None:
        for run in reversed(self.change.runs):
            if low <= run.first_seq <= high and run.first_step <= step:
                return run.first_seq + step - run.first_step
        return self.kept.last_at(network_id, step, low, high)

    def runs(self, network_id: str, low: int, high: int, first: int, last: int) -> Iterator[Run]:
        yield from self.kept.runs(network_id, low, high, first, last)
        for run in self.change.runs:
            touches = run.first_step <= last and run.first_step + run.count > first
            if low <= run.first_seq <= high and touches:
                yield run.up_to(min(high, run.first_seq + run.count - 1))

    def curves(
        self, network_id: str, low: int, high: int, first: int, last: int
    ) -> Iterator[Curve]:
        for run in self.runs(network_id, low, high, first, last):
            yield Curve(run.first_step, run.count, run.losses)
