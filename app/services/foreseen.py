"""A history as it will be once a change is kept, so that the change can be told of before."""

# ruff: noqa: ARG002 — a change is of one network, so nobody need say of which
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.services.ports import Change, Histories
from app.services.records import Curve, Network, Outline, Run, Setting, Summary


@dataclass(frozen=True, slots=True)
class Foreseen:
    kept: Histories
    change: Change
    source: str
    """Whose history is the one before: the network's own, or that which it is a copy of."""

    def revision(self, network_id: str) -> int:
        return self.change.after.revision

    def network(self, network_id: str) -> Network:
        return self.change.after

    def setting(self, network_id: str, number: int) -> Setting:
        new = self.change.setting
        if new is not None and new.number == number:
            return new
        return self.kept.setting(self.source, number)

    def resets(self, network_id: str) -> Sequence[tuple[int, int]]:
        new = [(run.first_seq, run.after_seq) for run in self.change.runs if run.kind == "reset"]
        return [*self.kept.resets(self.source), *new]

    def run_with(self, network_id: str, seq: int) -> Run | None:
        for run in self.change.runs:
            if run.first_seq <= seq < run.first_seq + run.count:
                return run
        return self.kept.run_with(self.source, seq)

    def outlines(self, network_id: str) -> Sequence[Outline]:
        return [*self.kept.outlines(self.source), *map(Outline.of, self.change.runs)]

    def last_at(self, network_id: str, step: int, low: int, high: int) -> int | None:
        for run in reversed(self.change.runs):
            if low <= run.first_seq <= high and run.first_step <= step:
                return run.first_seq + step - run.first_step
        return self.kept.last_at(self.source, step, low, high)

    def runs(self, network_id: str, low: int, high: int, first: int, last: int) -> Iterator[Run]:
        yield from self.kept.runs(self.source, low, high, first, last)
        yield from self._new(low, high, first, last)

    def curves(
        self, network_id: str, low: int, high: int, first: int, last: int
    ) -> Iterator[Curve]:
        yield from self.kept.curves(self.source, low, high, first, last)
        for run in self._new(low, high, first, last):
            yield Curve(run.first_step, run.count, run.losses)

    def summaries(
        self, network_id: str, low: int, high: int, first: int, last: int, *, losses_only: bool
    ) -> Iterator[Run | Curve | Summary]:
        yield from self.kept.summaries(self.source, low, high, first, last, losses_only=losses_only)
        yield from self._new(low, high, first, last)

    def _new(self, low: int, high: int, first: int, last: int) -> Iterator[Run]:
        for run in self.change.runs:
            touches = run.first_step <= last and run.first_step + run.count > first
            if low <= run.first_seq <= high and touches:
                yield run.up_to(min(high, run.first_seq + run.count - 1))
