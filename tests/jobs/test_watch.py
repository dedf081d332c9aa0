"""Who has gone silent, by the watcher's own clock."""

from __future__ import annotations

from app.jobs.watch import Watch
from app.services.records import Claim


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_silence_is_measured_from_the_last_change() -> None:
    clock = Clock()
    watch = Watch(4.0, clock)
    one, other = Claim("n", "t", 1), Claim("n", "u", 7)
    assert watch.silent({one: 5, other: 9}) == []
    clock.now += 3
    assert watch.silent({one: 6, other: 9}) == []
    clock.now += 3
    assert watch.silent({one: 6, other: 9}) == [other]
    assert watch.silent({one: 6}) == []
    clock.now += 3
    assert watch.silent({one: 6, other: 9}) == [one]


def test_a_new_claim_starts_anew() -> None:
    clock = Clock()
    watch = Watch(4.0, clock)
    assert watch.silent({Claim("n", "t", 1): 5}) == []
    clock.now += 5
    assert watch.silent({Claim("n", "t", 2): 5}) == []
