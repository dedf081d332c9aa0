"""Which history entries are the current line, when resets have left others aside.

Entries are numbered by `seq` for ever. A reset continues from an earlier entry, so the line is
a chain of stretches: from the head back to the last reset, then on from the entry which that
reset went back to, and so on to the start. Along the line steps never fall.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Line:
    """Stretches (low, high) of seq, both included, newest first."""

    stretches: tuple[tuple[int, int], ...]

    @classmethod
    def to(cls, head: int, resets: Sequence[tuple[int, int]]) -> Line:
        """The line that ends at entry `head`; `resets` are (seq, seq gone back to), in order."""
        seqs = [seq for seq, _ in resets]
        stretches: list[tuple[int, int]] = []
        while (last := bisect_right(seqs, head)) > 0:
            low, back_to = resets[last - 1]
            stretches.append((low, head))
            head = back_to
        stretches.append((0, head))
        return cls(tuple(stretches))

    @property
    def oldest_first(self) -> tuple[tuple[int, int], ...]:
        return self.stretches[::-1]


class Steps(Protocol):
    """`count` consecutive steps."""

    @property
    def first_step(self) -> int: ...

    @property
    def count(self) -> int: ...


S = TypeVar("S", bound=Steps)


def holding(runs: Iterable[S]) -> Iterator[tuple[S, int]]:
    """Runs along a line, each with the last of its steps that holds, which may lie before its
    first: the next run takes the place of steps that it has, too."""
    rest = iter(runs)
    run = next(rest, None)
    while run is not None:
        following = next(rest, None)
        last = run.first_step + run.count - 1
        yield run, last if following is None else min(last, following.first_step - 1)
        run = following
