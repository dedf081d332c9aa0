"""What a long recorded run costs in memory: ten million updates of W1, every value of each kept
for as long as its chunk. `python -m bench.memory` prints the process's peak, in MB."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from app.nn import kernel
from app.nn.spec import flatten
from app.nn.state import start
from bench.contestants.slowprop import spec_of
from bench.hosting import ROOT, environment
from bench.workloads import W1

STEPS = 10_000_000
CHUNK = 10_000


def measure() -> float:
    """MB, of a process of its own."""
    command = [sys.executable, "-m", "bench.memory"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(1), stdout=subprocess.PIPE, text=True, check=True
    )
    return float(done.stdout)


def run(steps: int, chunk: int) -> int:
    """The step reached."""
    spec = spec_of(W1)
    state = start(spec, flatten(spec, W1.weights, W1.biases))
    while state.step < steps:
        state = kernel.run(spec, state, W1.inputs, W1.targets, chunk, trace=True).state
    return state.step


def peak() -> float:
    """MB. From /proc where there is one: rusage counts the parent, too, before exec."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    kernel.load()
    run(STEPS, CHUNK)
    print(peak())
