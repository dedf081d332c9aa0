"""The worked example in plain Python, scalars written out: the fastest without a compiler."""

from __future__ import annotations

import math
import platform

import numpy as np

from bench.contestant import Made, Run
from bench.workloads import W1, Workload


class Scalars:
    def version(self) -> str:
        return f"CPython {platform.python_version()}"

    def prepare(self, workload: Workload, *, record: bool) -> Run | None:
        if workload.name != W1.name or record:
            return None
        return lambda steps: descend(workload, steps)


def descend(workload: Workload, steps: int) -> Made:
    w1, w2, w3, w4, w5, w6, w7, w8, b1, _, b2, _ = workload.parameters.tolist()
    (i1, i2), (t1, t2) = workload.inputs[0].tolist(), workload.targets[0].tolist()
    rate, exp = workload.rate, math.exp
    for _ in range(steps):
        h1 = 1.0 / (1.0 + exp(-(w1 * i1 + w2 * i2 + b1)))
        h2 = 1.0 / (1.0 + exp(-(w3 * i1 + w4 * i2 + b1)))
        o1 = 1.0 / (1.0 + exp(-(w5 * h1 + w6 * h2 + b2)))
        o2 = 1.0 / (1.0 + exp(-(w7 * h1 + w8 * h2 + b2)))
        d1, d2 = (o1 - t1) * (o1 * (1.0 - o1)), (o2 - t2) * (o2 * (1.0 - o2))
        e1 = (d1 * w5 + d2 * w7) * (h1 * (1.0 - h1))
        e2 = (d1 * w6 + d2 * w8) * (h2 * (1.0 - h2))
        w5, w6 = w5 - rate * (d1 * h1), w6 - rate * (d1 * h2)
        w7, w8 = w7 - rate * (d2 * h1), w8 - rate * (d2 * h2)
        w1, w2 = w1 - rate * (e1 * i1), w2 - rate * (e1 * i2)
        w3, w4 = w3 - rate * (e2 * i1), w4 - rate * (e2 * i2)
    return Made(lambda: np.array([w1, w2, w3, w4, w5, w6, w7, w8, b1, b1, b2, b2]))


CONTESTANT = Scalars()
