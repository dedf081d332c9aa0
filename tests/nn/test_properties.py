"""What holds for any network: random architectures, every registry entry, any seed.

The numbers are recomputed by `plain.py`, a second engine that knows only the formulas.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.explain.derivations import derive
from app.nn import batches, kernel, passes
from app.nn.activations import ACTIVATIONS
from app.nn.arrays import Floats
from app.nn.initializers import INITIALIZERS, draw
from app.nn.losses import LOSSES
from app.nn.names import Names
from app.nn.optimizers import OPTIMIZERS
from app.nn.spec import (
    Arithmetic,
    Batch,
    Bias,
    BiasMode,
    Choice,
    NetworkSpec,
    Reduction,
    UpdateOrder,
    check,
)
from tests.nn import plain

HIDDEN = [name for name, entry in ACTIVATIONS.items() if not entry.joint]
EXAMPLES = 9
VARIED = {
    "momentum": st.sampled_from([0.0, 0.9]),
    "weight_decay": st.sampled_from([0.0, 0.1]),
    "rho": st.sampled_from([0.5, 0.99]),
    # Not so small that it is the rounding of a gradient of 0 that is divided by it.
    "epsilon": st.sampled_from([1e-4, 1e-2]),
    "beta1": st.sampled_from([0.0, 0.9]),
    "beta2": st.sampled_from([0.9, 0.999]),
}

any_path = st.sampled_from(get_args(Arithmetic))
slowly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
rarely = settings(slowly, max_examples=25)


@st.composite
def optimizers(pick: st.DrawFn, order: UpdateOrder) -> Choice:
    name = pick(st.sampled_from(list(OPTIMIZERS)))
    known = [option.name for option in OPTIMIZERS[name].options]
    options: dict[str, Any] = {key: pick(VARIED[key]) for key in known if key in VARIED}
    options["learning_rate"] = pick(st.sampled_from([0.001, 0.01]))
    if "nesterov" in known:
        options["nesterov"] = options["momentum"] > 0.0 and pick(st.booleans())
    if order == "simultaneous":
        options["gradient_clip_norm"] = pick(st.sampled_from([None, 0.1, 10.0]))
    return Choice(name, options)


@st.composite
def networks(pick: st.DrawFn, widest: int = 12) -> NetworkSpec:
    """Depth 1 to 5 and every choice there is; whatever is drawn is a valid network."""
    sizes = pick(st.lists(st.integers(1, widest), min_size=2, max_size=6).map(tuple))
    loss = pick(st.sampled_from(list(LOSSES)))
    hidden = [pick(st.sampled_from(HIDDEN)) for _ in sizes[2:]]
    output = LOSSES[loss].needs or pick(st.sampled_from(list(ACTIVATIONS)))
    order = pick(st.sampled_from(get_args(UpdateOrder)))
    size = pick(st.none() | st.integers(1, EXAMPLES))
    spec = NetworkSpec(
        sizes,
        (*hidden, output),
        loss,
        reduction=pick(st.sampled_from(get_args(Reduction))),
        bias=Bias(pick(st.sampled_from(get_args(BiasMode))), trainable=pick(st.booleans())),
        optimizer=pick(optimizers(order)),
        update_order=order,
        initializer=Choice(pick(st.sampled_from(list(INITIALIZERS)))),
        seed=pick(st.integers(0, 2**53 - 1)),
        batch=Batch(size, shuffle=pick(st.booleans())),
    )
    check(spec)
    return spec


@dataclass(frozen=True)
class Case:
    """A state and the examples of a data set."""

    spec: NetworkSpec
    state: passes.State
    inputs: Floats
    targets: Floats

    @classmethod
    def of(cls, spec: NetworkSpec, examples: int) -> Case:
        """Everything from the seed; targets that every loss takes, adding up to no 1."""
        random = np.random.default_rng(spec.seed)
        theta = random.uniform(-1.0, 1.0, spec.layout.size) / math.sqrt(max(spec.sizes) / 2)
        inputs = random.uniform(-1.0, 1.0, (examples, spec.sizes[0]))
        targets = random.uniform(0.05, 0.95, (examples, spec.sizes[-1]))
        return cls(spec, passes.start(spec, theta), inputs, targets)

    def step(self, path: Arithmetic | None = None) -> passes.StepTrace:
        return passes.step(self.spec, self.state, self.inputs, self.targets, path=path)

    def run(self, steps: int) -> kernel.Run:
        return kernel.run(self.spec, self.state, self.inputs, self.targets, steps)


cases = st.builds(Case.of, networks(), st.integers(1, EXAMPLES))
small_cases = st.builds(Case.of, networks(widest=3), st.integers(1, 4))


def agree(found: Any, expected: Any) -> None:
    """1e-10 relative; a number counts as at least a thousandth of 1 and of the largest one."""
    wanted = np.asarray(expected)
    assert np.shape(found) == wanted.shape
    floor = 1e-3 * max(1.0, np.max(np.abs(wanted), initial=0.0))
    difference = np.abs(np.asarray(found) - wanted) / np.maximum(np.abs(wanted), floor)
    assert np.max(difference, initial=0.0) < 1e-10


def saturated(own: plain.Step) -> bool:
    """1 - o has no ten right digits left: what is exact there is tested in test_entropies."""
    return bool(np.max(np.abs(own.net[-1])) > 10.0)


def same(one: Floats, other: Floats) -> bool:
    return one.tobytes() == other.tobytes()


@slowly
@given(case=cases, path=any_path)
def test_a_second_engine_finds_the_same_numbers(case: Case, path: Arithmetic) -> None:
    """Three updates, each from where the last one led, with every number on the way."""
    state = case.state
    for _ in range(3):
        trace = passes.step(case.spec, state, case.inputs, case.targets, path=path)
        own = plain.step(
            case.spec, state.theta, state.memory, state.step, case.inputs, case.targets
        )
        if state.step and saturated(own):
            return
        back, ahead = trace.backward, trace.backward.forward
        assert ahead.errors is not None
        agree(ahead.errors.per_output, own.errors)
        agree(ahead.errors.total, own.error)
        for at, (forward, backward) in enumerate(zip(ahead.layers, back.layers, strict=True)):
            agree(forward.net, own.net[at])
            agree(forward.out, own.out[at])
            agree(backward.dE_dout, own.gap[at])
            agree(backward.slope, own.slope[at])
            agree(backward.delta, own.delta[at])
        agree(back.gradient, own.gradient)
        state = trace.after
        agree(state.theta, own.theta)
        agree(state.memory, own.memory)


@slowly
@given(case=cases)
def test_a_run_on_batches_is_the_second_engine_s(case: Case) -> None:
    """Whatever the batches and their order: the run uses those that are told of."""
    run = case.run(4)
    theta, memory = case.state.theta, case.state.memory
    for number in range(4):
        rows = batches.rows(case.spec, len(case.inputs), number)
        given_rows = case.inputs[rows], case.targets[rows]
        own = plain.step(case.spec, theta, memory, number, *given_rows)
        if number and saturated(own):
            return
        agree(run.losses[number], own.error)
        agree(run.thetas[number], own.theta)
        theta, memory = own.theta, own.memory


@rarely
@given(case=cases, cuts=st.lists(st.integers(0, 5), min_size=1, max_size=4))
def test_a_run_may_be_cut_into_any_pieces(case: Case, cuts: list[int]) -> None:
    whole, state = case.run(sum(cuts)), case.state
    for steps in cuts:
        state = Case(case.spec, state, case.inputs, case.targets).run(steps).state
    assert state.step == whole.state.step
    assert same(state.theta, whole.state.theta)
    assert same(state.memory, whole.state.memory)


@rarely
@given(spec=networks())
def test_the_same_seed_gives_the_same_bits(spec: NetworkSpec) -> None:
    """Parameters, the order of the examples, and so every step."""
    thetas = [draw(spec) for _ in range(2)]
    assert same(*thetas)
    found = [Case.of(spec, EXAMPLES) for _ in range(2)]
    runs = [
        kernel.run(spec, passes.start(spec, theta), case.inputs, case.targets, 5)
        for theta, case in zip(thetas, found, strict=True)
    ]
    assert same(runs[0].thetas, runs[1].thetas)
    assert same(runs[0].losses, runs[1].losses)


@rarely
@given(spec=networks(), epoch=st.integers(0, 100))
def test_an_epoch_is_every_example_once(spec: NetworkSpec, epoch: int) -> None:
    size = batches.size(spec, EXAMPLES)
    first = epoch * math.ceil(EXAMPLES / size)
    steps = range(first, first + math.ceil(EXAMPLES / size))
    rows = [batches.rows(spec, EXAMPLES, step) for step in steps]
    assert sorted(np.concatenate(rows).tolist()) == list(range(EXAMPLES))
    assert all(len(row) == size for row in rows[:-1])


@rarely
@given(case=cases, path=any_path)
def test_looking_changes_nothing(case: Case, path: Arithmetic) -> None:
    spec, state, inputs, targets = case.spec, case.state, case.inputs, case.targets
    before = [array.copy() for array in (state.theta, state.memory, inputs, targets)]
    first = passes.forward(spec, state.theta, inputs, path=path)
    back = passes.backward(spec, state, inputs, targets, path=path)
    again = passes.forward(spec, state.theta, inputs, path=path)
    assert same(first.outputs, again.outputs)
    assert same(first.outputs, back.forward.outputs)
    assert state.step == 0
    for array, copy in zip((state.theta, state.memory, inputs, targets), before, strict=True):
        assert same(array, copy)


@rarely
@given(case=small_cases, path=any_path)
def test_every_name_has_one_value_and_one_meaning(case: Case, path: Arithmetic) -> None:
    names, trace = Names.of(case.spec), case.step(path)
    listed = list(names.all())
    assert len(listed) == len(set(listed))
    assert np.all(np.isfinite([names.value(trace, name) for name in listed]))
    for index, name in enumerate(names.parameters):
        address = names.address(index)
        assert names.index(name) == names.index(address) == index
        for written in ("dE/d{}", "{}+"):
            found = [names.value(trace, written.format(key)) for key in (name, address)]
            assert found[0] == found[1]


@rarely
@given(case=small_cases, path=any_path, data=st.data())
def test_paths_and_contributions_add_up_to_the_gradient(
    case: Case, path: Arithmetic, data: st.DataObject
) -> None:
    trace, names = case.step(path), Names.of(case.spec)
    name = data.draw(st.sampled_from(names.parameters))
    derived = [derive(case.spec, trace, name, at) for at in range(len(case.inputs))]
    gradient = names.value(trace, f"dE/d{name}")
    add_up([one.contribution for one in derived], gradient)
    for at, one in enumerate(derived):
        share = names.value(trace, f"dE/d{name}[{at}]") * trace.backward.reduction_factor
        assert one.contribution == share
        assert one.gradient == gradient
        if not one.paths_truncated:
            add_up([each.product * one.reduction_factor for each in one.paths], one.contribution)


def add_up(parts: list[float], total: float) -> None:
    """As far as the cancelling of parts, and of deltas of about 1 within a part, lets them."""
    size = math.fsum(abs(part) for part in parts)
    assert math.fsum(parts) == pytest.approx(total, rel=1e-10, abs=max(1e-12 * size, 1e-14))


@rarely
@given(case=small_cases)
def test_compiled_or_not_the_bits_are_the_same(uncompiled: Callable[[], Any], case: Case) -> None:
    compiled = case.run(4)
    with uncompiled():
        by_python = case.run(4)
    assert same(compiled.thetas, by_python.thetas)
    assert same(compiled.losses, by_python.losses)
