"""Which recorded parameters to drop when a network has more than may be kept of it.

Losses and summaries always stay. Of a run of updates first all rows but the last go: while the
entry before the run is there, the updates can be repeated from it, and the last row tells whether
they gave the same numbers. When that does not free enough, whole runs go, and those first that
leave the smallest gap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

from app.errors import TooMuchWork
from app.services.ports import Change, Store
from app.services.records import Outline, Thinned

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Choice:
    """`rows` are those that stay of runs, by their first seq: the last one, or none."""

    rows: Mapping[int, int]
    outlines: Sequence[Outline]
    """As they are then."""

    @property
    def kept_bytes(self) -> int:
        return sum(outline.kept_bytes for outline in self.outlines)

    @property
    def thinned(self) -> Thinned | None:
        return told(self.outlines)


def with_room(store: Store, change: Change) -> Change:
    """The change, and what has to be dropped for it. That frees an eighth of all that may be kept
    at once, so that it happens rarely."""
    if change.after.kept_bytes <= store.history_bytes:
        return change
    before = store.outlines(change.after.id)
    outlines = [*before, *(Outline.of(run) for run in change.runs)]
    chosen = choose(outlines, store.history_bytes - store.history_bytes // 8)
    after = replace(change.after, kept_bytes=chosen.kept_bytes, thinned=chosen.thinned)
    return replace(change, after=after, rows=chosen.rows)


def check_room(store: Store, change: Change) -> None:
    """Raises TooMuchWork when dropping all that may be dropped was not enough."""
    if change.after.kept_bytes > store.history_bytes:
        raise TooMuchWork.at(
            "",
            TooMuchWork.code,
            f"{store.history_bytes / MEGABYTE:.3g} MB are kept of a network, and nothing more of "
            f"this one can be dropped. Create a new network from its parameters.",
        )


def choose(outlines: Sequence[Outline], most: int) -> Choice:
    """Drops until at most `most` bytes are kept, or nothing more can be dropped.

    Never touched is what stands at step 0, and of the newest run the last row stays.
    """
    history = Thinnable(outlines)
    bytes_kept = sum(outline.kept_bytes for outline in outlines)
    waiting = [(history.gap(at), at) for at in range(len(outlines)) if history.droppable(at)]
    heapify(waiting)
    while bytes_kept > most and waiting:
        gap, at = heappop(waiting)
        now = history.gap(at)
        if now > gap:  # something beside it was dropped meanwhile; gaps never become smaller
            heappush(waiting, (now, at))
            continue
        bytes_kept -= history.drop(at)
        if history.droppable(at):
            heappush(waiting, (history.gap(at), at))
    return history.chosen(outlines)


def told(outlines: Sequence[Outline]) -> Thinned | None:
    """What a network says of itself; None when every row is there."""
    history = Thinnable(outlines)
    gaps = history.gaps()
    recomputed = sum(max(0, history.readable(at) - run.rows) for at, run in enumerate(outlines))
    if not (recomputed or any(gaps)):
        return None
    return Thinned(dropped=sum(gaps), recomputed=recomputed, longest_gap=max(gaps))


class Thinnable:
    """A history in order of seq. What can be read of it exactly follows from the rows kept."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        self.runs = list(outlines)

    def droppable(self, at: int) -> bool:
        run = self.runs[at]
        if run.first_step == 0 or not run.rows:
            return False
        return run.rows > 1 or at < len(self.runs) - 1

    def drop(self, at: int) -> int:
        """All rows but the last, or that one too; how many bytes that frees."""
        before = self.runs[at]
        after = before.hollow if before.rows > 1 else before.empty
        self.runs[at] = after
        return before.kept_bytes - after.kept_bytes

    def gap(self, at: int) -> int:
        """How many entries in a row could not be read once it is dropped."""
        before = self.runs[at]
        self.runs[at] = before.hollow if before.rows > 1 else before.empty
        gap = self.gap_around(at)
        self.runs[at] = before
        return gap

    def gap_around(self, at: int) -> int:
        """Entries between those that can be read before the run's last entry and from there on."""
        if self.readable(at) == self.runs[at].count:
            return 0
        left, right = at - 1, at
        while not self.readable(left):
            left -= 1
        while right < len(self.runs) and not self.readable(right):
            right += 1
        if right == len(self.runs):
            return self.runs[-1].last_seq - self.runs[left].last_seq
        return self.runs[right].last_seq - self.readable(right) - self.runs[left].last_seq

    def readable(self, at: int) -> int:
        """How many of a run's last entries can be read with all that belongs to them."""
        run = self.runs[at]
        if not run.rows or run.first_step == 0 or not run.repeats:
            return run.rows
        if self.runs[at - 1].rows:
            return run.count
        return 0 if run.memory_bytes else run.rows

    def gaps(self) -> list[int]:
        """The lengths of all stretches that cannot be read."""
        found = [0]
        for at, run in enumerate(self.runs):
            readable = self.readable(at)
            found[-1] += run.count - readable
            if readable:
                found.append(0)
        return found

    def chosen(self, before: Sequence[Outline]) -> Choice:
        changed = {
            now.first_seq: now.rows
            for was, now in zip(before, self.runs, strict=True)
            if was.rows != now.rows
        }
        return Choice(changed, self.runs)
