"""The contestants, one file each. Another one is one more file and one more line here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from bench.contestant import Contestant


@dataclass(frozen=True)
class Listed:
    """Where a contestant is, and what a table calls it."""

    module: str
    title: str
    package: str = ""  # of bench/requirements.txt, which users never install

    def make(self) -> Contestant:
        made: Contestant = import_module(f"bench.contestants.{self.module}").CONTESTANT
        return made


LISTED = {
    "slowprop": Listed("slowprop", "**Slowprop**"),
    "c": Listed("c_generic", "C, one generic routine"),
    "c-special": Listed("c_special", "C, written for this network alone"),
    "c-lanes": Listed("c_lanes", "C, SIMD over the batch"),
    "products": Listed("products", "the matrix products alone (NumPy)"),
    "numpy-tuned": Listed("numpy_tuned", "NumPy, tuned"),
    "numpy": Listed("numpy_plain", "NumPy, plain"),
    "jax": Listed("jax_scan", "JAX, jit and scan", package="jax"),
    "pytorch": Listed("pytorch_eager", "PyTorch, eager", package="torch"),
    "playground": Listed("playground", "Node.js, nodes and links as objects"),
    "scalars": Listed("scalars", "plain Python, scalars written out"),
    "tutorial": Listed("tutorial", "plain Python, an object per neuron"),
    "micrograd": Listed("micrograd_values", "micrograd", package="micrograd"),
}
