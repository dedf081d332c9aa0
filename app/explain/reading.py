"""The order in which a step is read: every calculation, one after another.

Forward neuron by neuron; the errors; backward from the outputs, each neuron's factors first,
then its weights, the delta once the first weight has shown what it is made of; then the new
values, outputs first. A large network has millions of calculations, so a reading knows its
length and makes only the part that is asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import overload

from app.explain.anatomy import Anatomy, Neuron, Parameter
from app.explain.model import Calculation, Phase
from app.nn.activations import ACTIVATIONS
from app.nn.losses import LOSSES
from app.nn.spec import NetworkSpec

PHASES: tuple[Phase, ...] = ("forward", "error", "backward", "update")


@dataclass(frozen=True, slots=True)
class Section:
    """The calculations of one neuron (or of the error) in one phase."""

    phase: Phase
    group: str
    count: int
    name: Callable[[int], str]


class Reading(Sequence[Calculation]):
    """All calculations of a step, made when they are asked for."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sections
        self._starts = list(accumulate((section.count for section in sections), initial=0))

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, at: int) -> Calculation: ...
    @overload
    def __getitem__(self, at: slice) -> list[Calculation]: ...
    def __getitem__(self, at: int | slice) -> Calculation | list[Calculation]:
        if isinstance(at, slice):
            return [self._make(place) for place in range(*at.indices(len(self)))]
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(f"{at} is not one of {len(self)} calculations")
        return self._make(place)

    def counts(self) -> dict[Phase, int]:
        """How many calculations each phase has."""
        return {phase: self.span(phase)[1] - self.span(phase)[0] for phase in PHASES}

    def span(self, phase: Phase) -> tuple[int, int]:
        """The places of a phase: its first, and the one behind its last."""
        of_it = [at for at, section in enumerate(self._sections) if section.phase == phase]
        return (self._starts[of_it[0]], self._starts[of_it[-1] + 1]) if of_it else (0, 0)

    def _make(self, place: int) -> Calculation:
        at = bisect_right(self._starts, place) - 1
        section = self._sections[at]
        return Calculation(section.name(place - self._starts[at]), section.phase, section.group)


@lru_cache(maxsize=64)
def calculations(spec: NetworkSpec, batch_size: int = 1, example: int = 0) -> Reading:
    """In reading order. With several examples each gradient is shown twice: what this example
    contributes, then what the whole batch makes of it.
    """
    return Reading(
        [section for section in _sections(Anatomy.of(spec), batch_size, example) if section.count]
    )


def _sections(anatomy: Anatomy, batch_size: int, example: int) -> Iterator[Section]:
    depth = anatomy.spec.depth
    for layer in range(1, depth + 1):
        for neuron in anatomy.neurons(layer):
            names = [f"net_{neuron.name}", f"out_{neuron.name}"]
            yield _listed("forward", neuron.name, names)
    for output in anatomy.outputs:
        yield _listed("error", output.name, [f"E_{output.name}"])
    yield _listed("error", "E", ["E_total"] if batch_size == 1 else ["E_total", "E_batch"])
    each = [""] if batch_size == 1 else [f"[{example}]", ""]
    for layer in range(depth, 0, -1):
        for neuron in anatomy.neurons(layer):
            yield from _backward(anatomy, neuron, each)
        yield from _shared_bias(anatomy, layer, "backward", [f"dE/d{{}}{one}" for one in each])
    for layer in range(depth, 0, -1):
        for neuron in anatomy.neurons(layer):
            yield from _update(anatomy, neuron)
        yield from _shared_bias(anatomy, layer, "update", ["{}+"])


def _backward(anatomy: Anatomy, neuron: Neuron, each: list[str]) -> Iterator[Section]:
    first = anatomy.weight(neuron, 0).name
    gradient_of_first = [f"dnet_{neuron.name}/d{first}", *(f"dE/d{first}{one}" for one in each)]
    delta = [f"delta_{neuron.name}"]
    yield _listed(
        "backward",
        neuron.name,
        [
            *_paths(anatomy, neuron),
            f"dE/dout_{neuron.name}",
            f"dout_{neuron.name}/dnet_{neuron.name}",
            *(delta + gradient_of_first if _ready(anatomy, neuron) else gradient_of_first + delta),
        ],
    )
    siblings = anatomy.fan_in(neuron) - 1

    def gradient(at: int) -> str:
        sibling, one = divmod(at, len(each))
        return f"dE/d{anatomy.weight(neuron, sibling + 1).name}{each[one]}"

    yield Section("backward", neuron.name, siblings * len(each), gradient)
    bias = _own_bias(anatomy, neuron)
    if bias is not None:
        yield _listed("backward", neuron.name, [f"dE/d{bias.name}{one}" for one in each])


def _ready(anatomy: Anatomy, neuron: Neuron) -> bool:
    """Whether the delta comes as one number, so that it need not be put together first."""
    spec = anatomy.spec
    joint = ACTIVATIONS[spec.activations[-1]].joint
    return anatomy.is_output(neuron) and (joint or LOSSES[spec.loss].needs is not None)


def _paths(anatomy: Anatomy, neuron: Neuron) -> list[str]:
    """One name per output that the neuron feeds; deeper down paths have no names."""
    if neuron.layer != anatomy.spec.depth - 1 or len(anatomy.outputs) == 1:
        return []
    return [f"dE_{output.name}/dout_{neuron.name}" for output in anatomy.outputs]


def _update(anatomy: Anatomy, neuron: Neuron) -> Iterator[Section]:
    yield Section(
        "update",
        neuron.name,
        anatomy.fan_in(neuron),
        lambda at: anatomy.weight(neuron, at).name + "+",
    )
    bias = _own_bias(anatomy, neuron)
    if bias is not None:
        yield _listed("update", neuron.name, [bias.name + "+"])


def _own_bias(anatomy: Anatomy, neuron: Neuron) -> Parameter | None:
    own = anatomy.spec.bias.mode == "per_neuron" and anatomy.spec.bias.trainable
    return anatomy.bias(neuron) if own else None


def _shared_bias(
    anatomy: Anatomy, layer: int, phase: Phase, shapes: list[str]
) -> Iterator[Section]:
    if anatomy.spec.bias.mode != "shared" or not anatomy.spec.bias.trainable:
        return
    bias = anatomy.bias(anatomy.at(layer, 0))
    if bias is not None:
        yield _listed(phase, bias.name, [shape.format(bias.name) for shape in shapes])


def _listed(phase: Phase, group: str, names: list[str]) -> Section:
    return Section(phase, group, len(names), names.__getitem__)
