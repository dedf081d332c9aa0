"""The timer: contestants take turns, round by round, so that a slow moment of the machine hits
everybody, and only ratios within a round are compared."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any, TypeAlias, TypeVar

import numpy as np

from bench.contestants import LISTED
from bench.hosting import Ended, Hosted, reason_missing
from bench.workloads import WORKLOADS, Workload

T = TypeVar("T")

TOLERANCE = 1e-9
FLOORS = frozenset({"products"})  # these compute a part only, and are not compared
RECORDED = 10_000  # steps of a call that keeps every value, at most
SLICE = 0.08  # seconds that one contestant is timed for in each round


@dataclass(frozen=True)
class Entry:
    """What is timed: one contestant on one workload. `steps` fixes the steps of a call."""

    contestant: str
    workload: str
    record: bool = False
    threads: int = 1
    steps: int | None = None

    @property
    def title(self) -> str:
        return LISTED[self.contestant].title

    def asked(self) -> dict[str, Any]:
        return {"workload": self.workload, "record": self.record}


@dataclass(frozen=True)
class Calls:
    """How an entry is called in each round: `times` calls of `steps` updates."""

    steps: int
    times: int

    @property
    def updates(self) -> int:
        return self.steps * self.times


@dataclass(frozen=True)
class Turn:
    entry: Entry
    child: Hosted
    calls: Calls

    def take(self) -> float:
        """Seconds per update."""
        asked = {"steps": self.calls.steps, "times": self.calls.times, **self.entry.asked()}
        seconds: float = self.child.ask("time", **asked)["seconds"]
        return seconds / self.calls.updates


Times: TypeAlias = dict[Entry, list[float]]  # seconds per update, one for each round


class Stage:
    """The processes of all contestants, and what is known of those that cannot take part."""

    def __init__(self, host: Callable[[str, int], Hosted] = Hosted) -> None:
        self.host = host
        self.hosted: dict[tuple[str, int], Hosted] = {}
        self.versions: dict[str, str] = {}
        self.missing: dict[str, str] = {}
        self.wrong: dict[Entry, str] = {}

    def ready(self, entry: Entry) -> Hosted | None:
        """The process of an entry that is there, takes part and computes the right thing."""
        if entry.contestant in self.missing:
            return None
        return self.attempted(entry, partial(self.examined, entry))

    def attempted(self, entry: Entry, work: Callable[[], T]) -> T | None:
        """None, and why, when the contestant's process ends over it."""
        try:
            return work()
        except Ended as error:
            self.wrong[entry] = str(error)
            self.hosted.pop((entry.contestant, entry.threads), None)
            return None

    def examined(self, entry: Entry) -> Hosted | None:
        child = self.child(entry.contestant, entry.threads)
        if child is None or not child.ask("prepare", **entry.asked())["takes_part"]:
            return None
        fault = None if entry.contestant in FLOORS else self.fault(entry, child)
        if fault is not None:
            self.wrong[entry] = fault
        return None if fault else child

    def child(self, name: str, threads: int) -> Hosted | None:
        if (name, threads) not in self.hosted:
            made = self.host(name, threads)
            self.hosted[name, threads] = made
            hello = made.ask("hello")
            if "missing" in hello:
                self.missing[name] = reason_missing(name, hello["missing"])
                return None
            self.versions[name] = hello["version"]
        return self.hosted[name, threads]

    def fault(self, entry: Entry, child: Hosted) -> str | None:
        workload = WORKLOADS[entry.workload]
        found = child.ask("check", steps=workload.checked, **entry.asked())
        own = self.child("slowprop", 1)
        assert own, "the engine itself is always there"
        own.ask("prepare", **entry.asked())
        wanted = own.ask("check", steps=workload.checked, **entry.asked())
        return difference(workload, found, wanted)

    def close(self) -> None:
        for child in self.hosted.values():
            child.close()


def difference(workload: Workload, found: dict[str, Any], wanted: dict[str, Any]) -> str | None:
    """What a contestant computes differently from the engine, in one sentence, or nothing."""
    losses = [workload.loss(np.array(made["parameters"])) for made in (found, wanted)]
    if not math.isclose(*losses, rel_tol=TOLERANCE):
        return f"its loss is {losses[0]:.12g}, not {losses[1]:.12g}"
    rows = found["row"] or [], wanted["row"] or []
    if len(rows[0]) != len(rows[1]):
        return f"it records {len(rows[0])} values, not {len(rows[1])}"
    for place, (value, right) in enumerate(zip(*rows, strict=True)):
        if not math.isclose(value, right, rel_tol=TOLERANCE, abs_tol=1e-15):
            return f"its recorded value {place} is {value:.12g}, not {right:.12g}"
    return None


def calibrated(entry: Entry, child: Hosted, slice_: float = SLICE) -> Calls:
    """Calls that together take about `slice_` seconds; fewer steps first, then more calls."""
    longest = entry.steps or longest_call(entry)
    steps = entry.steps or 1
    while (took := warm(entry, child, steps)) < slice_ / 8 and steps < longest:
        steps = min(longest, steps * 8)
    if entry.steps is None:
        steps = max(1, min(longest, round(steps * slice_ / took)))
        took = warm(entry, child, steps)
    return Calls(steps, max(1, round(slice_ / took)))


def longest_call(entry: Entry) -> int:
    longest = WORKLOADS[entry.workload].longest
    return min(longest, RECORDED) if entry.record else longest


def warm(entry: Entry, child: Hosted, steps: int) -> float:
    """Seconds of the second call of its kind: the first one may compile."""
    asked = {"steps": steps, "times": 1, **entry.asked()}
    child.ask("time", **asked)
    seconds: float = child.ask("time", **asked)["seconds"]
    return seconds


def measure(stage: Stage, entries: Iterable[Entry], rounds: int, slice_: float = SLICE) -> Times:
    """Seconds per update of whoever can take part, in an order drawn anew for each round."""
    turns = [turn for entry in entries if (turn := turn_of(stage, entry, slice_))]
    times: Times = {turn.entry: [] for turn in turns}
    order = Random(1)
    for _ in range(rounds):
        for turn in order.sample(turns, len(turns)):
            seconds = stage.attempted(turn.entry, turn.take)
            if seconds is not None:
                times[turn.entry].append(seconds)
    return {entry: found for entry, found in times.items() if len(found) == rounds}


def turn_of(stage: Stage, entry: Entry, slice_: float) -> Turn | None:
    child = stage.ready(entry)
    if child is None:
        return None
    calls = stage.attempted(entry, partial(calibrated, entry, child, slice_))
    return None if calls is None else Turn(entry, child, calls)
