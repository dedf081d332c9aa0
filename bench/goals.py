"""What the engine has to reach: ratios within the rounds of one run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench.over_http import COMPUTED, CONSTANT, READ, STEP, OverHttp
from bench.ratios import Ratio
from bench.rounds import Entry, Times
from bench.sections import ENGINE, GROWTH

DOUBLED = 2.1
MEMORY = 300.0  # MB


@dataclass(frozen=True)
class Goal:
    """The ratio of two entries' times: at least, or at most, a limit."""

    text: str
    over: Entry
    under: Entry
    limit: float
    at_least: bool = False
    factor: float = 1.0

    def verdict(self, times: Times) -> Verdict | None:
        """None when one of the two was not timed in this run."""
        if self.over not in times or self.under not in times:
            return None
        ratio = Ratio.of(times[self.over], times[self.under], self.factor)
        return Verdict(self.text, self.limit, ratio, self.at_least)


@dataclass(frozen=True)
class Verdict:
    text: str
    limit: float
    found: Ratio
    at_least: bool = False

    @property
    def met(self) -> bool:
        """By the median."""
        found = self.found.middle
        return found >= self.limit if self.at_least else found <= self.limit


def faster(
    rival: str, workload: str, limit: float, *, record: bool = False, threads: int = 1
) -> Goal:
    """Slowprop is at least so many times faster."""
    over, under = (Entry(name, workload, record, threads) for name in (rival, ENGINE))
    recorded = " recorded" if record else ""
    on = ", two threads" if threads > 1 else ""
    return Goal(
        f"{workload}{recorded}{on}: faster than {over.title}", over, under, limit, at_least=True
    )


def slower(rival: str, workload: str, limit: float, *, threads: int = 1) -> Goal:
    """Slowprop takes at most so many times as long."""
    over, under = (Entry(name, workload, threads=threads) for name in (ENGINE, rival))
    on = ", two threads" if threads > 1 else ""
    return Goal(f"{workload}{on}: time of {under.title}", over, under, limit)


def recording(workload: str, limit: float) -> Goal:
    over, under = (Entry(ENGINE, workload, record) for record in (True, False))
    return Goal(f"{workload}: recording, beside not recording", over, under, limit)


GOALS = (
    faster("pytorch", "W1", 1500),
    faster("playground", "W1", 3.5),
    slower("c", "W1", 1.3),
    recording("W1", 1.25),
    faster("pytorch", "W1", 1500, record=True),
    faster("jax", "W1", 7, record=True),
    faster("playground", "W1", 9, record=True),
    faster("jax", "W1", 1),
    slower("c-special", "W1", 1.1),
    faster("pytorch", "W2", 300),
    faster("playground", "W2", 8),
    faster("jax", "W2", 3.5),
    slower("c-lanes", "W2", 2),
    faster("pytorch", "W3", 1.3),
    faster("pytorch", "W3", 1.3, threads=2),
    slower("products", "W3", 1.35),
    slower("products", "W3", 1.35, threads=2),
    recording("W3", 1.1),
    *(
        Goal(f"cost of {what}", *pair, DOUBLED, factor=2.0 if pair[0].steps else 1.0)
        for what, pair in GROWTH.items()
    ),
)


def of_times(times: Times) -> Iterator[Verdict]:
    for goal in GOALS:
        if (verdict := goal.verdict(times)) is not None:
            yield verdict


def of_memory(peak: float) -> Iterator[Verdict]:
    text = "memory: MB at the peak of 10 million recorded updates of W1"
    yield Verdict(text, MEMORY, Ratio(peak, peak, peak))


def of_http(found: OverHttp) -> Iterator[Verdict]:
    for title, limit in ((COMPUTED, 0.8), (READ, 0.3), (STEP, 0.1)):
        ratio = Ratio.of(found.rates[title], found.rates[CONSTANT])
        yield Verdict(f"HTTP: throughput of {title}", limit, ratio, at_least=True)
    yield Verdict("HTTP: a light request beside trainings, median", 2.0, found.medians)
    yield Verdict(
        "HTTP: a light request beside trainings, 99th percentile", 3.0, found.ninety_ninths
    )
    yield Verdict(
        "HTTP: 10 000 steps to their arrays, beside the JSON way", 1 / 6,
        Ratio.of(found.raw, found.text),
    )  # fmt: skip
    yield Verdict(
        "HTTP: 10 000 steps to their arrays, in ms", 100.0,
        Ratio.around([1e3 * seconds for seconds in found.raw]),
    )  # fmt: skip
