"""C that knows the worked example only, every number in a variable: below the generic limit."""

from __future__ import annotations

import ctypes

from bench.contestant import Made, Run
from bench.contestants.compiling import compiled, compiler_version, doubles
from bench.workloads import W1, Workload


class Special:
    def version(self) -> str:
        compiled("c_special.c")
        return compiler_version()

    def prepare(self, workload: Workload, *, record: bool) -> Run | None:
        if workload.name != W1.name or record:
            return None
        function = compiled("c_special.c")
        inputs, targets = doubles(workload.inputs), doubles(workload.targets)
        theta = workload.parameters.copy()
        rate = ctypes.c_double(workload.rate)

        def run(steps: int) -> Made:
            theta[:] = workload.parameters
            function(doubles(theta), inputs, targets, rate, ctypes.c_long(steps))
            return Made(theta.copy)

        return run


CONTESTANT = Special()
