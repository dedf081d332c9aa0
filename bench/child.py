"""One contestant in a process of its own, so that none disturbs another and each brings its
packages. `python -m bench.child NAME` answers every line of JSON with one:

    {"op": "hello"}                                        {"version": …} or {"missing": …}
    {"op": "prepare", "workload": …, "record": …}          {"takes_part": …}
    {"op": "check", "workload": …, "record": …, "steps"}   {"parameters": […], "row": […]}
    {"op": "time", …, "steps": n, "times": k}              {"seconds": …} of k calls of n steps
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any, TextIO

from bench.contestant import Contestant, Missing, Run
from bench.contestants import LISTED
from bench.workloads import WORKLOADS

Key = tuple[str, bool]


class Child:
    def __init__(self, name: str) -> None:
        self.name = name
        self.contestant: Contestant | None = None
        self.runs: dict[Key, Run] = {}

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["op"] == "hello":
            return self.hello()
        key = asked["workload"], asked["record"]
        if asked["op"] == "prepare":
            return {"takes_part": self.prepare(key)}
        if asked["op"] == "check":
            return check(self.runs[key], asked["steps"])
        return {"seconds": seconds(self.runs[key], asked["steps"], asked["times"])}

    def hello(self) -> dict[str, Any]:
        try:
            self.contestant = LISTED[self.name].make()
            return {"version": self.contestant.version()}
        except (ImportError, Missing) as error:
            return {"missing": str(error)}

    def prepare(self, key: Key) -> bool:
        assert self.contestant
        name, record = key
        run = self.contestant.prepare(WORKLOADS[name], record=record)
        if run is not None:
            self.runs[key] = run
        return run is not None


def check(run: Run, steps: int) -> dict[str, Any]:
    made = run(steps)
    row = None if made.row is None else made.row().tolist()
    return {"parameters": made.parameters().tolist(), "row": row}


def seconds(run: Run, steps: int, times: int) -> float:
    begin = time.perf_counter()
    for _ in range(times):
        run(steps)
    return time.perf_counter() - begin


def keep_to(processors: int) -> None:
    """No more processors than threads were promised, whatever a library starts."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:processors])


def own_output() -> TextIO:
    """Where answers go; what libraries print goes to stderr."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return answers


def main() -> None:
    keep_to(int(os.environ["OMP_NUM_THREADS"]))
    answers = own_output()
    child = Child(sys.argv[1])
    for line in sys.stdin:
        answers.write(json.dumps(child.answer(json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
