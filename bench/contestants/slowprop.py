"""This engine, through the functions that the service itself calls."""

from __future__ import annotations

import numpy as np

from app import __version__
from app.nn import kernel
from app.nn.names import Names
from app.nn.spec import Bias, Choice, NetworkSpec, biases_of, flatten, weights_of
from app.nn.state import start
from bench.contestant import Made, Run
from bench.workloads import Floats, Workload, flat, recorded


class Slowprop:
    def version(self) -> str:
        kernel.load()
        return __version__

    def prepare(self, workload: Workload, *, record: bool) -> Run:
        spec = spec_of(workload)
        begin = start(spec, flatten(spec, workload.weights, workload.biases))
        inputs, targets = workload.inputs, workload.targets
        trace = record and workload.rows == 1

        def run(steps: int) -> Made:
            made = kernel.run(spec, begin, inputs, targets, steps, record=record, trace=trace)
            row = (lambda: row_of(spec, made.values()[-1])) if trace else None
            return Made(lambda: parameters_of(spec, made.state.theta), row)

        return run


def spec_of(workload: Workload) -> NetworkSpec:
    """A bias that is not trained is one per layer, as the worked example has it."""
    bias = Bias("per_neuron") if workload.train_biases else Bias("shared", trainable=False)
    return NetworkSpec(
        workload.sizes,
        workload.activations,
        bias=bias,
        optimizer=Choice("sgd", {"learning_rate": workload.rate}),
    )


def parameters_of(spec: NetworkSpec, theta: Floats) -> Floats:
    return flat(weights_of(spec, theta), biases_of(spec, theta) or ())


def row_of(spec: NetworkSpec, values: Floats) -> Floats:
    """The columns that everybody records, by their names."""
    names = Names.of(spec)
    at = dict(zip(names.columns, values.tolist(), strict=True))
    neurons = [name for layer in names.neurons[1:] for name in layer]
    outputs = names.neurons[-1]
    weights = names.parameters[: spec.layout.n_weights]
    return np.array(
        recorded(
            [at[f"net_{n}"] for n in neurons],
            [at[f"out_{n}"] for n in neurons],
            [at[f"dE/dout_{n}"] for n in neurons],
            [at[f"dout_{n}/dnet_{n}"] for n in neurons],
            [at[f"delta_{n}"] for n in neurons],
            [at[f"E_{n}"] for n in outputs],
            [at[f"dE/d{w}"] for w in weights],
            [at[f"{w}+"] for w in weights],
        )
    )


CONTESTANT = Slowprop()
