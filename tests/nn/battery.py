"""A compact set of checks that looks at everything the kernel computes, quick even in plain Python.

Every expected number comes from somewhere else: the second engine of `plain.py`, the numbers of
the worked example, or those of `limits.py`. `test_mutations.py` measures what it notices.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias, get_args

import numpy as np

from app.nn import batches, board, exponentials, kernel, passes
from app.nn.activations import ACTIVATIONS
from app.nn.arrays import Floats
from app.nn.board import LANES
from app.nn.engine import execute
from app.nn.losses import LOSSES
from app.nn.names import Names
from app.nn.optimizers import OPTIMIZERS
from app.nn.randomness import SHUFFLE, Stream
from app.nn.softmax import jacobians
from app.nn.spec import (
    Arithmetic,
    Batch,
    Bias,
    Choice,
    NetworkSpec,
    UpdateOrder,
    flatten,
    trainable_mask,
)
from tests.nn import exact, plain
from tests.nn.closeness import close, same
from tests.nn.limits import ENDS, LAST_LAYERS, end, last_layer

Check: TypeAlias = Callable[[], None]

MAZUR = json.loads((Path(__file__).parents[1] / "data" / "mazur-2-2-2.json").read_text())
EXAMPLES = 5
CHANGED = {
    "learning_rate": 0.3, "momentum": 0.8, "weight_decay": 0.1, "rho": 0.7, "epsilon": 1e-3,
    "beta1": 0.6, "beta2": 0.95,
}  # fmt: skip


def battery() -> list[Check]:
    return [
        *(partial(worked_example, order) for order in get_args(UpdateOrder)),
        *(step_check(spec, path) for spec in networks() for path in get_args(Arithmetic)),
        *(run_check(spec, path) for spec in trained() for path in get_args(Arithmetic)),
        *(partial(end, *case) for case in ENDS),
        *(
            partial(last_layer, path, *case)
            for case in LAST_LAYERS
            for path in get_args(Arithmetic)
        ),
        *(step_check(spec, "lanes", 2 * LANES + 3) for spec in trained()),
        *(partial(the_last_step_stays, path) for path in get_args(Arithmetic)),
        *(in_lanes(name) for name in ("tanh", "sigmoid")),
        *(partial(replay_of_any_states, path) for path in get_args(Arithmetic)),
        every_slope_of_softmax,
        a_short_gradient,
        batches_by_hand,
        lanes_by_hand,
    ]


def networks() -> Iterator[NetworkSpec]:
    """Every activation, loss, bias mode, reduction, order and optimizer at least once."""
    for name, entry in ACTIVATIONS.items():
        yield NetworkSpec((2, 3, 2), ("tanh" if entry.joint else name, name))
    for name, loss in LOSSES.items():
        yield NetworkSpec((2, 2, 3), ("tanh", loss.needs or "linear"), name)
    deep = NetworkSpec((2, 3, 1, 2), ("tanh", "sigmoid", "linear"))
    for bias in (Bias("shared"), Bias("none"), Bias(trainable=False), Bias("shared", False)):
        yield replace(deep, bias=bias)
        yield replace(deep, bias=bias, update_order="sequential", reduction="sum")
    for name in OPTIMIZERS:
        for options in varieties(name):
            yield NetworkSpec((2, 2), ("tanh",), optimizer=Choice(name, options), optimizer_since=3)
    clipped = Choice("adam", {"gradient_clip_norm": 0.01})
    yield replace(deep, bias=Bias(trainable=False), optimizer=clipped)
    yield replace(deep, update_order="sequential", optimizer=Choice("adamw"))
    yield replace(deep, bias=Bias("none"), optimizer=Choice("adagrad"))
    norm = float(np.linalg.norm(plain_step(deep).gradient))
    yield replace(deep, optimizer=Choice("sgd", {"gradient_clip_norm": 1.05 * norm}))


def varieties(name: str) -> Iterator[dict[str, Any]]:
    """Defaults, every number changed, every flag; clipped by much, by little and not at all."""
    known = {option.name for option in OPTIMIZERS[name].options}
    other = {option: value for option, value in CHANGED.items() if option in known}
    yield {}
    yield other
    yield {"gradient_clip_norm": 1e-6}
    yield {"gradient_clip_norm": 1e6}
    if "nesterov" in known:
        yield other | {"nesterov": True}


def trained() -> Iterator[NetworkSpec]:
    """For runs of several epochs: whole batches, a short last one, shuffled, one at a time."""
    momentum = Choice("sgd", {"learning_rate": 0.3, "momentum": 0.9})
    spec = NetworkSpec((2, 3, 2), ("tanh", "sigmoid"), optimizer=momentum, seed=3)
    yield spec
    yield replace(spec, batch=Batch(2), optimizer=Choice("adam"))
    yield replace(spec, batch=Batch(3, shuffle=True), optimizer_since=2)
    yield replace(spec, batch=Batch(1), optimizer=Choice("sgd"), update_order="sequential")
    yield replace(spec, batch=Batch(9, shuffle=True), optimizer=Choice("adagrad"))


def problem(spec: NetworkSpec, examples: int = EXAMPLES) -> tuple[passes.State, Floats, Floats]:
    """In the middle of a training: the optimizer remembers something, seven steps were made."""
    random = np.random.default_rng(len(spec.sizes))
    theta = random.uniform(-1.0, 1.0, spec.layout.size)
    memory = random.uniform(0.1, 1.0, (len(spec.memory), spec.layout.size)) * trainable_mask(spec)
    inputs = random.uniform(-1.5, 1.5, (examples, spec.sizes[0]))
    targets = random.uniform(0.1, 0.9, (examples, spec.sizes[-1]))
    targets[0] *= 5.0 if LOSSES[spec.loss].high is None else 1.0  # beyond the bend of huber
    return passes.State(theta, memory, 7), inputs, targets


def plain_step(spec: NetworkSpec, examples: int = EXAMPLES) -> plain.Step:
    state, inputs, targets = problem(spec, examples)
    return plain.step(spec, state.theta, state.memory, state.step, inputs, targets)


def step_check(spec: NetworkSpec, path: Arithmetic, examples: int = EXAMPLES) -> Check:
    state, inputs, targets = problem(spec, examples)
    own = plain_step(spec, examples)

    def check() -> None:
        trace = passes.step(spec, state, inputs, targets, path=path)
        back, ahead = trace.backward, trace.backward.forward
        assert ahead.errors is not None
        for at, (forward, backward) in enumerate(zip(ahead.layers, back.layers, strict=True)):
            close(forward.net, own.net[at])
            close(forward.out, own.out[at])
            close(backward.dE_dout, own.gap[at])
            close(backward.slope, own.slope[at])
            close(backward.delta, own.delta[at])
        close(ahead.errors.per_output, own.errors)
        close(ahead.errors.per_example, own.errors.sum(axis=1))
        close(ahead.errors.total, own.error)
        close(back.gradient, own.gradient)
        close(trace.after.theta, own.theta)
        close(trace.after.memory, own.memory)

    return check


@contextmanager
def on(path: Arithmetic) -> Iterator[None]:
    """Runs take this path, however small the network is."""
    usual = board.arithmetic
    board.arithmetic = lambda _spec, _rows: path
    try:
        yield
    finally:
        board.arithmetic = usual


def rows_of(spec: NetworkSpec, step: int) -> list[int]:
    """The examples of the batch of update step+1, by slicing lists."""
    size = min(spec.batch.size or EXAMPLES, EXAMPLES)
    epoch, place = divmod(step, math.ceil(EXAMPLES / size))
    order = list(range(EXAMPLES))
    if spec.batch.shuffle:
        order = Stream(spec.seed, SHUFFLE, epoch).permutation(EXAMPLES).tolist()
    return order[place * size :][:size]


def run_check(spec: NetworkSpec, path: Arithmetic, steps: int = 6) -> Check:
    state, inputs, targets = problem(spec)
    chosen = [rows_of(spec, state.step + step) for step in range(steps + 1)]
    own, theta, memory = [], state.theta, state.memory
    for number, rows in enumerate(chosen):
        batch = inputs[rows], targets[rows]
        own.append(plain.step(spec, theta, memory, state.step + number, *batch))
        theta, memory = own[-1].theta, own[-1].memory

    def check() -> None:
        with on(path):
            run = recorded(spec, state, inputs, targets, steps)
            close(run.losses, [step.error for step in own])
            close(run.thetas, [step.theta for step in own[:-1]])
            close(run.state.theta, own[-2].theta)
            close(run.state.memory, own[-2].memory)
            if spec.memory:
                close(run.memories, [step.memory for step in own[:-1]])
            for number, rows in enumerate(chosen[:-1]):
                assert batches.rows(spec, EXAMPLES, state.step + number).tolist() == rows
                agree_by_name(spec, run.values()[number], own[number], inputs[rows[0]])
            bare = kernel.run(spec, state, inputs, targets, steps, record=False)
            same(bare.state.theta, run.state.theta)
            same(kernel.run(spec, state, inputs, targets, 0).losses, run.losses[:1])
            one_by_one(spec, state, inputs, targets, run)

    return check


def recorded(
    spec: NetworkSpec, state: passes.State, inputs: Floats, targets: Floats, steps: int
) -> kernel.Run:
    return kernel.run(spec, state, inputs, targets, steps, record_memory=True, trace=True)


def one_by_one(
    spec: NetworkSpec, state: passes.State, inputs: Floats, targets: Floats, run: kernel.Run
) -> None:
    """Single steps, replays of one state and the replay of all, bit for bit as the run."""
    states = [state]
    for at in range(len(run.thetas)):
        single = recorded(spec, states[at], inputs, targets, 1)
        same(single.thetas, run.thetas[at : at + 1])
        same(single.memories, run.memories[at : at + 1])
        same(single.losses, run.losses[at : at + 2])
        same(single.values(), run.values()[at : at + 1])
        states.append(single.state)
    for first, last in ((0, len(run.thetas)), (len(run.thetas) - 1, len(run.thetas))):
        thetas, memories = (
            np.stack([getattr(each, name) for each in states[first:last]])
            for name in ("theta", "memory")
        )
        kept = memories if spec.memory else None
        again = kernel.trace_rows(spec, thetas, kept, inputs, targets, states[first].step)
        same(again, run.values()[first:last])


def agree_by_name(spec: NetworkSpec, values: Floats, own: plain.Step, inputs: Floats) -> None:
    """A product, and cells of every kind: first neurons of a 2-3-2 network."""
    told = dict(zip(Names.of(spec).columns, values, strict=True))
    close(told["i2"], inputs[1])
    close(told["net_h1"], own.net[0][0, 0])
    close(told["delta_o1"], own.delta[1][0, 0])
    close(told["dE_o1/dout_h1"], own.delta[1][0, 0] * told["dnet_o1/dout_h1"])
    close(told["dE/dw1"], own.gradient[0])
    close(told["w1+"], own.theta[0])
    close(told["E_batch"], own.error)


def worked_example(order: UpdateOrder) -> None:
    spec = NetworkSpec(
        (2, 2, 2), ("sigmoid", "sigmoid"), bias=Bias("shared", trainable=False), update_order=order
    )
    weights = [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]]
    state = passes.start(spec, flatten(spec, weights, [[0.35, 0.35], [0.60, 0.60]]))
    data = np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])
    run = kernel.run(spec, state, *data, 1)
    close(run.losses[1], MAZUR["after_training"][order]["E_total after 1 update"])
    if order == "simultaneous":
        trace, names = passes.step(spec, state, *data), Names.of(spec)
        for entry in MAZUR["forward"] + MAZUR["backward"]:
            close(names.value(trace, entry["name"]), entry["exact"])


def the_last_step_stays(path: Arithmetic) -> None:
    """On the board, after a run that records nothing."""
    spec = NetworkSpec((2, 3, 2), ("tanh", "sigmoid"))
    state, inputs, targets = problem(spec)
    drawing = board.Blueprint.of(spec, EXAMPLES, path)
    cells = drawing.board(state.theta, state.memory)
    execute(drawing, cells, inputs, targets, steps=3, first=state.step)
    for _ in range(3):
        trace = passes.step(spec, state, inputs, targets, path=path)
        state = trace.after
    same(cells, trace.board)


def lanes_by_hand() -> None:
    assert [board.stride_of(rows) for rows in (1, 3, 4, 5, 8, 9)] == [4, 4, 4, 8, 8, 12]


def in_lanes(name: str) -> Check:
    """To the last places: where a term too few is not yet seen at 1e-10."""
    numbers = exact.arguments()
    wanted = [getattr(exact, name)(z) for z in numbers]

    def check() -> None:
        cells = np.array([*numbers, *numbers])
        getattr(exponentials, name)(cells, 0, len(numbers), len(numbers))
        assert exact.worst(cells[len(numbers) :].tolist(), wanted) < 3.0

    return check


def replay_of_any_states(path: Arithmetic) -> None:
    """Two states that do not follow each other, as around an edit of frozen biases."""
    spec = NetworkSpec((2, 2), ("tanh",), bias=Bias(trainable=False))
    state, inputs, targets = problem(spec)
    thetas = np.stack([state.theta, 2.0 * state.theta])
    with on(path):
        values = kernel.trace_rows(spec, thetas, None, inputs, targets, 7)
    names = Names.of(spec)
    for theta, row in zip(thetas, values, strict=True):
        trace = passes.step(spec, passes.start(spec, theta), inputs, targets, path=path)
        same(row, np.array([names.value(trace, name) for name in names.columns]))


def a_short_gradient() -> None:
    """About as long as what is added to the norm in clipping: 2e-6 (1e-6 / (2e-6 + 1e-6))."""
    clipped = Choice("sgd", {"learning_rate": 1e6, "gradient_clip_norm": 1e-6})
    spec = NetworkSpec((1, 1), ("linear",), bias=Bias("none"), optimizer=clipped)
    start = passes.start(spec, np.zeros(1))
    trace = passes.step(spec, start, np.array([[1.0]]), np.array([[2e-6]]))
    close(trace.after.theta, [2.0 / 3.0])


def every_slope_of_softmax() -> None:
    """By name, and as a matrix."""
    spec = NetworkSpec((2, 3), ("softmax",))
    trace, names = passes.step(spec, *problem(spec)), Names.of(spec)
    out = trace.backward.forward.outputs
    wanted = [np.diag(row) - np.outer(row, row) for row in out]
    close(jacobians(out), wanted)
    assert not jacobians(out).flags.writeable
    for example, i, j in np.ndindex(EXAMPLES, 3, 3):
        name = f"dout_o{i + 1}/dnet_o{j + 1}"
        close(names.value(trace, name, example), wanted[example][i, j])


def batches_by_hand() -> None:
    """Epochs of five examples, two at a time."""
    spec = NetworkSpec((1, 1), ("linear",), batch=Batch(2), seed=1)
    assert [batches.epoch(spec, 5, step) for step in range(7)] == [0, 0, 0, 1, 1, 1, 2]
    assert [batches.size(spec, n) for n in (1, 2, 5)] == [1, 2, 2]
    assert batches.size(NetworkSpec((1, 1), ("linear",)), 5) == 5
    shuffled = replace(spec, batch=Batch(2, shuffle=True))
    wanted = [Stream(1, SHUFFLE, epoch).permutation(5).tolist() for epoch in (2, 3)]
    assert batches.orders(shuffled, 5, 2, 3).tolist() == wanted
    assert batches.orders(spec, 3, 2, 3).tolist() == [[0, 1, 2]]
