"""Only the matrix products of an update, by BLAS: what W3 costs at the very least.

It computes no network: its parameters never move, and it is listed as a floor, not compared.
"""

from __future__ import annotations

import numpy as np

from bench.contestant import Made, Run
from bench.workloads import W3, Workload


class Products:
    def version(self) -> str:
        return np.__version__

    def prepare(self, workload: Workload, *, record: bool) -> Run | None:
        if workload.name != W3.name or record:
            return None
        outs = [workload.inputs, *(np.ones((workload.rows, n)) for n in workload.sizes[1:])]
        into = [out.copy() for out in outs]
        changes = [matrix.copy() for matrix in workload.weights]

        def run(steps: int) -> Made:
            for _ in range(steps):
                for at, matrix in enumerate(workload.weights):
                    np.matmul(outs[at], matrix.T, out=into[at + 1])
                for at in range(len(changes) - 1, -1, -1):
                    np.matmul(outs[at + 1].T, outs[at], out=changes[at])
                    if at:
                        np.matmul(outs[at + 1], workload.weights[at], out=into[at])
            return Made(workload.parameters.copy)

        return run


CONTESTANT = Products()
