"""Which history entries are the current line, when resets have left others aside.

Entries are numbered by `seq` for ever. A reset continues from an earlier entry, so the line is
a chain of stretches: from the head back to the last reset, then on from the entry which that
reset went back to, and so on to the start. Along the line steps never fall.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


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
