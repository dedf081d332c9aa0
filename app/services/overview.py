"""Series in buckets, from summaries where a whole run is wanted and from its rows elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from app.nn.spec import Floats, Ints
from app.services.buckets import Axis, Buckets, Cells, Thinned
from app.services.library import Library, Span, in_force
from app.services.records import Curve, Network, Run, Summary
from app.services.summaries import BIN

Piece: TypeAlias = Run | Curve | Summary

Columns = Sequence[int | None]
"""The places of parameters in theta; None for the loss."""


def thinned_series(
    library: Library, network: Network, columns: Columns, axis: Axis
) -> list[Thinned]:
    """Buckets after the network's last step stay empty."""
    gathered = Gathering(library, network, columns, axis)
    over = Span(axis.over.first, min(axis.over.last, network.head.step))
    for piece, live in in_force(library.pieces(network, over, columns, axis.wide), over):
        gathered.add(piece, live)
    return gathered.series()


class Gathering:
    """Bins wait until they can be added together: a history has many runs."""

    def __init__(self, library: Library, network: Network, columns: Columns, axis: Axis) -> None:
        self._buckets = Buckets(axis, len(columns))
        self._bins: list[tuple[Ints, Floats]] = []
        self._store = library.store
        self._network_id = network.id
        self._losses = [place for place, at in enumerate(columns) if at is None]
        self._parameters = [place for place, at in enumerate(columns) if at is not None]
        self._in_theta = [at for at in columns if at is not None]
        self._in_summary = [0 if at is None else at + 1 for at in columns]

    def add(self, piece: Piece, live: Span) -> None:
        if not isinstance(piece, Summary):
            self._add_rows(piece, live)
            return
        first, last = whole_bins(piece, live)
        if last - first + 1 == piece.numbers.shape[1]:
            self._add_bins(piece, first, last)
            return
        run = self._store.run_with(self._network_id, piece.first_seq)
        assert run is not None  # noqa: S101 — no entry of a history is ever removed
        if run.dropped and first <= last:
            self._add_bins(piece, first, last)
        self._add_rows(run, live)

    def series(self) -> list[Thinned]:
        self._flush()
        return self._buckets.series()

    def _add_bins(self, piece: Summary, first: int, last: int) -> None:
        begin = piece.first_step // BIN
        found = piece.numbers[:, first - begin : last + 1 - begin, self._in_summary]
        self._bins.append((np.arange(first, last + 1) * BIN, found))

    def _flush(self) -> None:
        if not self._bins:
            return
        steps = np.concatenate([steps for steps, _ in self._bins])
        low, high, last = np.concatenate([found for _, found in self._bins], axis=1)
        self._bins.clear()
        self._buckets.add(range(len(self._in_summary)), Cells(steps, low.T, high.T, last.T))

    def _add_rows(self, run: Run | Curve, live: Span) -> None:
        self._flush()
        source = slice(live.first - run.first_step, live.last + 1 - run.first_step)
        if run.losses is not None:
            losses = np.broadcast_to(run.losses[source], (len(self._losses), live.count))
            self._buckets.add(self._losses, single(live.first, losses))
        if isinstance(run, Run) and self._parameters:
            begin = max(source.start, run.dropped)
            kept = run.thetas[begin - run.dropped : max(0, source.stop - run.dropped)]
            if len(kept):
                found = kept[:, self._in_theta].T
                self._buckets.add(self._parameters, single(run.first_step + begin, found))


def single(first: int, found: Floats) -> Cells:
    """(series, steps), from step `first` on."""
    return Cells(first + np.arange(found.shape[1]), found, found, found)


def whole_bins(piece: Summary, live: Span) -> tuple[int, int]:
    """The first and last bin, counted from step 0, of which every step in the run is `live`."""
    ends = piece.first_step + piece.count - 1
    begun = live.first == piece.first_step
    first = live.first // BIN if begun else -(-live.first // BIN)
    last = live.last // BIN if live.last == ends else (live.last + 1) // BIN - 1
    return first, last
