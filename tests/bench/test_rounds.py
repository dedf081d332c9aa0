"""Turns, ratios and reasons, with contestants that only pretend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench import hosting
from bench.hosting import Ended, Hosted, reason_missing
from bench.ratios import Ratio, duration, short
from bench.rounds import Calls, Entry, Stage, calibrated, measure
from bench.workloads import W1

PARAMETERS = W1.parameters.tolist()


class Pretended(Hosted):
    """Answers as a child does: each update of its takes so many seconds."""

    def __init__(self, name: str, threads: int, per_update: float) -> None:
        self.name, self.threads, self.per_update = name, threads, per_update
        self.asked: list[dict[str, Any]] = []

    def ask(self, op: str, **more: Any) -> dict[str, Any]:
        self.asked.append({"op": op, **more})
        if op == "hello":
            return {"version": "1"}
        if op == "prepare":
            return {"takes_part": more["workload"] == "W1"}
        if op == "check":
            return {"parameters": PARAMETERS, "row": None}
        return {"seconds": self.per_update * more["steps"] * more["times"]}

    def close(self) -> None:
        pass


class Absent(Pretended):
    def ask(self, op: str, **more: Any) -> dict[str, Any]:
        return {"missing": "No module named 'jax'"} if op == "hello" else super().ask(op, **more)


class Wrong(Pretended):
    def ask(self, op: str, **more: Any) -> dict[str, Any]:
        answer = super().ask(op, **more)
        return {**answer, "parameters": [0.0] * len(PARAMETERS)} if op == "check" else answer


class Dying(Pretended):
    def ask(self, op: str, **more: Any) -> dict[str, Any]:
        if op == "check":
            raise Ended("ended with status -9: without a word")
        return super().ask(op, **more)


class Fading(Pretended):
    """Dies in its third round."""

    def ask(self, op: str, **more: Any) -> dict[str, Any]:
        if sum(asked["op"] == "time" for asked in self.asked) >= 14:
            raise Ended("ended with status -9: without a word")
        return super().ask(op, **more)


def pretend(name: str, threads: int) -> Pretended:
    kind = {"jax": Absent, "numpy": Wrong, "tutorial": Dying, "scalars": Fading}.get(
        name, Pretended
    )
    return kind(name, threads, 1e-6 if name == "slowprop" else 3e-6)


@pytest.fixture
def stage() -> Stage:
    return Stage(pretend)


def test_ratios_are_those_of_the_rounds(stage: Stage) -> None:
    own, other = Entry("slowprop", "W1"), Entry("c", "W1")
    times = measure(stage, [own, other], rounds=9)
    assert len(times[own]) == len(times[other]) == 9
    assert Ratio.of(times[other], times[own]).middle == pytest.approx(3.0)


def test_who_is_missing_wrong_or_dead_is_told_and_not_timed(stage: Stage) -> None:
    entries = [Entry(name, "W1") for name in ("slowprop", "jax", "numpy", "tutorial", "scalars")]
    times = measure(stage, entries, rounds=9)
    assert list(times) == entries[:1]
    assert stage.missing == {"jax": "No module named 'jax'"}
    assert "its loss is" in stage.wrong[entries[2]]
    assert "status -9" in stage.wrong[entries[3]]
    assert "status -9" in stage.wrong[entries[4]]


def test_who_takes_no_part_is_neither(stage: Stage) -> None:
    assert measure(stage, [Entry("c", "W2")], rounds=9) == {}
    assert (stage.missing, stage.wrong) == ({}, {})


def test_everybody_has_a_turn_in_every_round(stage: Stage) -> None:
    entries = [Entry("slowprop", "W1"), Entry("c", "W1"), Entry("c", "W1", record=True)]
    measure(stage, entries, rounds=9)
    asked = stage.hosted["c", 1]
    assert isinstance(asked, Pretended)
    turns = [more["record"] for more in asked.asked if more["op"] == "time"][-18:]
    assert sorted(turns) == [False] * 9 + [True] * 9


@pytest.mark.parametrize(
    ("per_update", "record", "expected"),
    [(1e-6, False, Calls(80_000, 1)), (1e-6, True, Calls(10_000, 8)), (1.0, False, Calls(1, 1))],
)
def test_a_turn_takes_about_its_slice(per_update: float, record: bool, expected: Calls) -> None:
    child = Pretended("c", 1, per_update)
    assert calibrated(Entry("c", "W1", record), child, 0.08) == expected


def test_given_steps_are_kept() -> None:
    child = Pretended("c", 1, 1e-6)
    assert calibrated(Entry("c", "W1", steps=20_000), child, 0.08) == Calls(20_000, 4)


def test_a_real_child_answers() -> None:
    child = Hosted("scalars", 1)
    try:
        assert child.ask("hello")["version"].startswith("CPython")
        asked = {"workload": "W1", "record": False}
        assert child.ask("prepare", **asked) == {"takes_part": True}
        assert child.ask("check", steps=0, **asked)["parameters"] == PARAMETERS
        assert child.ask("time", steps=10, times=2, **asked)["seconds"] > 0
        with pytest.raises(Ended, match="KeyError"):
            child.ask("time", workload="W2", record=False, steps=1, times=1)
    finally:
        child.close()


def test_a_failed_installation_is_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosting, "HEAVY", tmp_path)
    (tmp_path / "torch.failed").write_text("ERROR: No matching distribution found\n")
    found = reason_missing("pytorch", "No module named 'torch'")
    assert found == "No module named 'torch' (ERROR: No matching distribution found)"
    assert reason_missing("jax", "No module named 'jax'") == "No module named 'jax'"


def test_a_ratio_is_the_median_with_its_quartiles() -> None:
    ratio = Ratio.of([2.0, 4.0, 6.0, 8.0, 100.0], [2.0, 2.0, 2.0, 2.0, 2.0])
    assert (ratio.low, ratio.middle, ratio.high) == (2.0, 3.0, 4.0)
    assert str(ratio) == "3.00 (2.00 to 4.00)"
    assert Ratio.around([5.0]) == Ratio(5.0, 5.0, 5.0)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(2.5, "2.50 s"), (0.0123, "12.3 ms"), (4.2e-6, "4.20 µs"), (7.5e-8, "75.0 ns")],
)
def test_durations(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@pytest.mark.parametrize(
    ("value", "said"), [(123456.0, "123 000"), (999.0, "999"), (0.012345, "0.0123")]
)
def test_short_numbers(value: float, said: str) -> None:
    assert short(value) == said
