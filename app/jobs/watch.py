"""Finds the trainings whose workers have gone silent.

By this process's own steady clock and nothing else: clocks of machines differ and jump, so no
time is ever written down for others to compare with.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.services.records import Claim


@dataclass(frozen=True, slots=True)
class Heard:
    beat: int
    since: float


class Watch:
    def __init__(self, patience: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._patience = patience
        self._clock = clock
        self._heard: dict[Claim, Heard] = {}

    def silent(self, beats: Mapping[Claim, int]) -> list[Claim]:
        """Those of whom nothing new was heard for as long as patience lasts. `beats` is everything
        that is being computed now; what is no longer there is forgotten."""
        now = self._clock()
        self._heard = {claim: self._last(claim, beat, now) for claim, beat in beats.items()}
        return [c for c, heard in self._heard.items() if now - heard.since > self._patience]

    def _last(self, claim: Claim, beat: int, now: float) -> Heard:
        heard = self._heard.get(claim)
        return heard if heard is not None and heard.beat == beat else Heard(beat, now)
