"""C in one generic routine over a flat parameter vector: the practical limit."""

from __future__ import annotations

import ctypes

import numpy as np

from bench.contestant import Made, Run
from bench.contestants.compiling import compiled, compiler_version, doubles, integers
from bench.workloads import Workload

KINDS = {"sigmoid": 0, "tanh": 1, "relu": 2}
Doubles = ctypes.POINTER(ctypes.c_double)
Integers = ctypes.POINTER(ctypes.c_int)


class Network(ctypes.Structure):
    _fields_ = (
        ("depth", ctypes.c_int),
        ("sizes", Integers),
        ("kinds", Integers),
        ("rows", ctypes.c_int),
        ("train_biases", ctypes.c_int),
        ("rate", ctypes.c_double),
        ("inputs", Doubles),
        ("targets", Doubles),
    )


class Generic:
    def version(self) -> str:
        compiled("c_generic.c")
        return compiler_version()

    def prepare(self, workload: Workload, *, record: bool) -> Run | None:
        if record and workload.rows > 1:
            return None
        function = compiled("c_generic.c")
        network = network_of(workload)
        theta = workload.parameters.copy()
        work = np.zeros(3 * sum(workload.sizes) + theta.size)
        rows = np.zeros((workload.longest if record else 0, workload.columns))

        def run(steps: int) -> Made:
            theta[:] = workload.parameters
            into = doubles(rows) if record else None
            function(
                ctypes.byref(network), doubles(theta), ctypes.c_long(steps), doubles(work), into
            )
            return Made(theta.copy, (lambda: rows[steps - 1]) if record else None)

        return run


def network_of(workload: Workload) -> Network:
    sizes = workload.sizes
    kinds = tuple(KINDS[name] for name in workload.activations)
    return Network(
        len(sizes) - 1,
        integers(sizes),
        integers(kinds),
        workload.rows,
        workload.train_biases,
        workload.rate,
        doubles(workload.inputs),
        doubles(workload.targets),
    )


CONTESTANT = Generic()
