"""What may be wrong with a network specification: every fault at once, each with its place.

The places are JSON pointers into the specification of the API.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from app.errors import BadInput, Fault, unknown
from app.nn.activations import ACTIVATIONS
from app.nn.arrays import Floats
from app.nn.initializers import INITIALIZERS, Initializer
from app.nn.losses import LOSSES
from app.nn.optimizers import OPTIMIZERS, Optimizer
from app.nn.registry import filled, name_fault, option_faults

if TYPE_CHECKING:  # spec.py imports this module
    from app.nn.spec import Choice, NetworkSpec

MAX_SEED = 2**53 - 1

CHOICES = {
    "/reduction": ("reduction", ("mean", "sum")),
    "/bias/mode": ("bias mode", ("per_neuron", "shared", "none")),
    "/update_order": ("update order", ("simultaneous", "sequential")),
}


def check(spec: NetworkSpec) -> None:
    """Raise BadInput with everything that is wrong with a specification."""
    faults = [
        *size_faults(spec),
        *activation_faults(spec),
        *loss_faults(spec),
        *choice_faults(spec),
        *entry_faults(OPTIMIZERS.get(spec.optimizer.name), spec.optimizer, "/optimizer"),
        *clipping_faults(spec),
        *entry_faults(INITIALIZERS.get(spec.initializer.name), spec.initializer, "/initializer"),
        *number_faults(spec),
    ]
    if faults:
        raise BadInput(faults)


def size_faults(spec: NetworkSpec) -> Iterator[Fault]:
    if spec.depth < 1:
        detail = "A network has an input layer and at least one layer that computes."
        yield Fault("/layers", "too-few", detail)
    for layer, size in enumerate(spec.sizes):
        if size < 1:
            pointer = f"/layers/{layer}/size"
            yield Fault(pointer, "out-of-range", "A layer has at least one neuron.")


def activation_faults(spec: NetworkSpec) -> Iterator[Fault]:
    if len(spec.activations) != spec.depth:
        yield Fault("/layers", "wrong-shape", "Every layer but the first has one activation.")
    for layer, name in enumerate(spec.activations, start=1):
        pointer = f"/layers/{layer}/activation"
        yield from name_fault(ACTIVATIONS, "activation", name, pointer)
        if layer < spec.depth and name in ACTIVATIONS and ACTIVATIONS[name].joint:
            yield Fault(pointer, "conflict", f"{name} belongs to the output layer. {others(name)}")


def others(name: str) -> str:
    """What can be chosen instead of an activation of the output layer."""
    known = ", ".join(entry for entry in ACTIVATIONS if not ACTIVATIONS[entry].joint)
    return f"A hidden layer takes one of {known}; {name} works in the last layer."


def loss_faults(spec: NetworkSpec) -> Iterator[Fault]:
    """A cross-entropy needs the activation whose outputs it reads as probabilities."""
    yield from name_fault(LOSSES, "loss", spec.loss, "/loss")
    if spec.loss not in LOSSES or len(spec.activations) != spec.depth or spec.depth < 1:
        return
    needed, given = LOSSES[spec.loss].needs, spec.activations[-1]
    if needed is not None and given != needed:
        free = ", ".join(name for name, loss in LOSSES.items() if loss.needs in (None, given))
        yield Fault(
            "/loss",
            "conflict",
            f"{spec.loss} needs {needed} in the output layer, which has {given}. "
            f"With {given}, choose one of {free}.",
        )


def target_faults(loss: str, targets: Floats, pointer: str) -> Iterator[Fault]:
    """A fault for the first target, of (n, K), that a loss cannot take."""
    low, high = LOSSES[loss].low, LOSSES[loss].high
    wrong = np.zeros(targets.shape, dtype=np.bool_)
    if low is not None:
        wrong |= targets < low
    if high is not None:
        wrong |= targets > high
    for row, output in np.argwhere(wrong)[:1].tolist():
        bounds = f"at least {low:g}" if high is None else f"between {low:g} and {high:g}"
        detail = f"{loss} takes targets {bounds}, not {targets[row, output]:g}."
        yield Fault(f"{pointer}/{row}/{output}", "out-of-range", detail)


def choice_faults(spec: NetworkSpec) -> Iterator[Fault]:
    given = (spec.reduction, spec.bias.mode, spec.update_order)
    for value, (pointer, (kind, known)) in zip(given, CHOICES.items(), strict=True):
        if value not in known:
            yield Fault(pointer, "unknown-name", unknown(kind, value, known))


def entry_faults(
    entry: Optimizer | Initializer | None, choice: Choice, pointer: str
) -> Iterator[Fault]:
    """What is wrong with an optimizer or an initializer: name, options, how options fit."""
    kind = pointer.removeprefix("/")
    if entry is None:
        registry = OPTIMIZERS if kind == "optimizer" else INITIALIZERS
        yield Fault(f"{pointer}/name", "unknown-name", unknown(kind, choice.name, registry))
        return
    faults = [*option_faults(entry.options, choice.options, pointer)]
    yield from faults
    if not faults and (problem := entry.conflict(filled(entry.options, choice.options))):
        yield Fault(pointer, "conflict", problem)


def clipping_faults(spec: NetworkSpec) -> Iterator[Fault]:
    if spec.clips and spec.update_order == "sequential":
        detail = (
            "Clipping needs the norm of all gradients before any parameter moves; in sequential "
            "order the upper layers move first. Leave gradient_clip_norm out (null in a change), "
            "or use update_order simultaneous."
        )
        yield Fault("/optimizer/gradient_clip_norm", "conflict", detail)


def number_faults(spec: NetworkSpec) -> Iterator[Fault]:
    if not 0 <= spec.seed <= MAX_SEED:
        yield Fault("/seed", "out-of-range", f"A seed is between 0 and {MAX_SEED}.")
    if spec.batch.size is not None and spec.batch.size < 1:
        yield Fault("/batch/size", "out-of-range", "A batch holds at least one example.")
