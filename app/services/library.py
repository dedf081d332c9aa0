"""Reading networks, fast: what has been read once is kept, and one cheap question (the current
revision) says whether it still holds. History entries never change, so they need no question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.errors import NotFound
from app.nn.passes import StepTrace
from app.services import replay
from app.services.batches import trace_of
from app.services.foreseen import Foreseen
from app.services.line import Line, holding
from app.services.lru import Lru
from app.services.ports import Change, Histories, Store
from app.services.records import Curve, Entry, Moment, Network, NotFinite, Run, Summary
from app.services.turns import Turns

P = TypeVar("P", bound="Run | Curve | Summary")

CAPACITY_NUMBERS = 8_000_000  # 64 MB of float64 for each kind of thing


@dataclass(frozen=True, slots=True)
class At:
    """Where in a history: at a step of the current line, at an entry, or (neither) at the head."""

    step: int | None = None
    seq: int | None = None


HEAD = At()


@dataclass(frozen=True, slots=True)
class Span:
    """Steps `first` to `last`, both included."""

    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    def within(self, over: Span) -> slice:
        """These steps as places in a span around them."""
        return slice(self.first - over.first, self.last + 1 - over.first)

    def shared_with(self, run: Run | Curve) -> tuple[slice, slice]:
        """The steps in both, as places in the run and as places in the span."""
        start = max(self.first, run.first_step)
        stop = max(start, min(self.last + 1, run.first_step + run.count))
        return (
            slice(start - run.first_step, stop - run.first_step),
            slice(start - self.first, stop - self.first),
        )


class Library:
    def __init__(self, store: Store, histories: Histories | None = None) -> None:
        self.store = store
        self._histories = store if histories is None else histories
        self.turns = Turns()
        self._networks: Lru[str, Network] = Lru(CAPACITY_NUMBERS)
        self._lines: Lru[tuple[str, int], Line] = Lru(1_000)
        self._seqs: Lru[tuple[str, int, int], int] = Lru(10_000)
        self._entries: Lru[tuple[str, int], Entry] = Lru(CAPACITY_NUMBERS)
        self._moments: Lru[tuple[str, int], Moment] = Lru(CAPACITY_NUMBERS)
        self.lost: Lru[tuple[str, int], NotFinite] = Lru(1_000)
        """What was first not finite at a revision, for `divergence`."""
        self._traces: Lru[tuple[str, int], StepTrace] = Lru(CAPACITY_NUMBERS)

    def foreseeing(self, change: Change, source: str | None = None) -> Library:
        """How everything will read once a change is kept, or a copy of the network `source`. What
        is cached here says nothing of a revision that may never be, and the other way round."""
        return Library(self.store, Foreseen(self.store, change, source or change.after.id))

    def network(self, network_id: str) -> Network:
        """The network as it is now. Raises NotFound."""
        revision = self._histories.revision(network_id)
        kept = self._networks.get(network_id)
        if kept is not None and kept.revision == revision:
            return kept
        network = self._histories.network(network_id)
        self.remember(network)
        return network

    def remember(self, network: Network) -> None:
        """Somebody has just read or changed it."""
        self._networks.put(network.id, network, moment_cost(network.head))

    def line(self, network: Network) -> Line:
        key = (network.id, network.revision)
        line = self._lines.get(key)
        if line is None:
            line = Line.to(network.head.seq, self._histories.resets(network.id))
            self._lines.put(key, line, 1)
        return line

    def seq(self, network: Network, at: At) -> int:
        """The entry that `at` means. Raises NotFound for a step that was not reached."""
        if at.seq is not None:
            return at.seq
        if at.step is None or at.step == network.head.step:
            return network.head.seq
        key = (network.id, network.revision, at.step)
        seq = self._seqs.get(key)
        if seq is None:
            seq = self._seq_of_step(network, at.step)
            self._seqs.put(key, seq, 1)
        return seq

    def entry(self, network: Network, at: At) -> Entry:
        """An entry without its optimizer memory: replayed only where the history was thinned."""
        seq = self.seq(network, at)
        kept = self._entries.get((network.id, seq))
        if kept is None:
            head = network.head
            if seq == head.seq:
                return Entry(seq, head.step, head.setting, head.state.theta, head.loss)
            kept = replay.entry(self._histories, network.id, seq)
            self._entries.put((network.id, seq), kept, kept.theta.size)
        return kept

    def moment(self, network: Network, at: At) -> Moment:
        seq = self.seq(network, at)
        if seq == network.head.seq:
            return network.head
        kept = self._moments.get((network.id, seq))
        if kept is None:
            kept = replay.moment(self._histories, network.id, seq)
            self._moments.put((network.id, seq), kept, moment_cost(kept))
        return kept

    def trace(self, network: Network, at: At) -> StepTrace:
        """Forward, error, backward and update at that moment. Raises NoData."""
        seq = self.seq(network, at)
        kept = self._traces.get((network.id, seq))
        if kept is None:
            moment = self.moment(network, at)
            kept = trace_of(moment)
            self._traces.put((network.id, seq), kept, kept.board.size)
        return kept

    def runs(self, network: Network, over: Span) -> Iterator[Run]:
        """What is recorded of these steps, along the current line, in order."""
        for low, high in self.line(network).oldest_first:
            yield from self._histories.runs(network.id, low, high, over.first, over.last)

    def curves(self, network: Network, over: Span) -> Iterator[Curve]:
        for low, high in self.line(network).oldest_first:
            yield from self._histories.curves(network.id, low, high, over.first, over.last)

    def pieces(
        self, network: Network, over: Span, columns: Sequence[int | None], wide: bool
    ) -> Iterator[Run | Curve | Summary]:
        """As little of each run as these columns need; `wide` buckets can be made of summaries."""
        losses_only = all(at is None for at in columns)
        if not wide:
            yield from self.curves(network, over) if losses_only else self.runs(network, over)
            return
        for low, high in self.line(network).oldest_first:
            yield from self._histories.summaries(
                network.id, low, high, over.first, over.last, losses_only=losses_only
            )

    def _seq_of_step(self, network: Network, step: int) -> int:
        if step <= network.head.step:
            for low, high in self.line(network).stretches:
                seq = self._histories.last_at(network.id, step, low, high)
                if seq is not None:
                    return seq
        raise NotFound(
            f"Step {step} has not been reached; the network is at step {network.head.step}."
        )


def in_force(pieces: Iterable[P], over: Span) -> Iterator[tuple[P, Span]]:
    """Each with the steps of it, within `over`, that hold."""
    for piece, last in holding(pieces):
        live = Span(max(over.first, piece.first_step), min(over.last, last))
        if live.count > 0:
            yield piece, live


def moment_cost(moment: Moment) -> int:
    """About how many numbers a moment holds, the data it shares with others included."""
    data = moment.setting.data
    examples = 0 if data is None else data.inputs.size + data.targets.size
    return moment.state.theta.size + moment.state.memory.size + examples
