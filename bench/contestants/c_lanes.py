"""C with a batch side by side in vector lanes and its own tanh: the limit for small batches."""

from __future__ import annotations

import ctypes

import numpy as np

from bench.contestant import Made, Run
from bench.contestants.compiling import compiled, compiler_version, doubles, integers
from bench.workloads import W2, Floats, Workload

LANES = 16


class Lanes:
    def version(self) -> str:
        compiled("c_lanes.c")
        return compiler_version()

    def prepare(self, workload: Workload, *, record: bool) -> Run | None:
        if workload.name != W2.name or record:
            return None
        function = compiled("c_lanes.c")
        sizes = integers(workload.sizes)
        inputs, targets = in_lanes(workload.inputs), in_lanes(workload.targets)
        mask = in_lanes(np.ones((workload.rows, 1)))
        theta = workload.parameters.copy()
        rate = ctypes.c_double(workload.rate / workload.rows)

        def run(steps: int) -> Made:
            theta[:] = workload.parameters
            function(
                len(workload.sizes) - 1, sizes, doubles(theta), doubles(inputs), doubles(targets),
                doubles(mask), rate, ctypes.c_long(steps),
            )  # fmt: skip
            return Made(theta.copy)

        return run


def in_lanes(rows: Floats) -> Floats:
    """(N, n) as (n, 16): one row per neuron, zeros where there is no example."""
    return np.ascontiguousarray(np.pad(rows.T, ((0, 0), (0, LANES - len(rows)))))


CONTESTANT = Lanes()
