"""The grammar of names: what each one means as a place on the board.

A place is a product of two cells (nearly always of a cell and the 1 on the board), or the sum
of several neighbouring cells times one. Each row of KINDS reads one kind of name; the kinds
are a closed list (see the names in the conventions).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from app.nn.arrays import Floats
from app.nn.board import Blueprint
from app.nn.neurons import Parts

Phase: TypeAlias = Literal["forward", "error", "backward", "update"]


@dataclass(frozen=True, slots=True)
class Place:
    """board[first] * board[second], or the sum over `count` cells from `first` on of that."""

    first: int
    second: int
    count: int = 1

    def read(self, board: Floats) -> float:
        value = float(board[self.first]) * float(board[self.second])
        for cell in range(self.first + 1, self.first + self.count):
            value += float(board[cell]) * float(board[self.second])
        return value


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the places of one network's names on one kind of board, for one example.

    Each method takes the parts of a name that its pattern caught and answers None when they do
    not fit together.
    """

    parts: Parts
    drawing: Blueprint
    example: int

    def cell(self, cell: int) -> Place:
        return Place(cell, self.drawing.plan.one)

    def of_neuron(self, start: int, layer: int, neuron: int) -> int:
        """The example's cell of a neuron, where `start` is the layer's first cell."""
        return start + self.example * self.drawing.spec.sizes[layer] + neuron - 1

    def out_cell(self, layer: int, neuron: int) -> int:
        return self.of_neuron(self.drawing.layers[layer].out, layer, neuron)

    def delta_cell(self, layer: int, neuron: int) -> int:
        return self.of_neuron(self.drawing.layers[layer].delta, layer, neuron)

    def flow_cell(self, layer: int, neuron: int, source: int) -> int:
        """The weight through which delta flows down: the new one in sequential order."""
        plan = self.drawing.plan
        start = plan.after if plan.sequential else plan.theta
        return start + self.parts.weight_index(layer, neuron, source)

    def computed(self, name: str) -> tuple[int, int] | None:
        """(layer, neuron) of a neuron that computes something, or None."""
        found = self.parts.neuron(name)
        return found if found and found[0] > 0 else None

    def output(self, name: str) -> int | None:
        """The 0-based place of an output neuron, or None."""
        found = self.parts.neuron(name)
        return found[1] - 1 if found and found[0] == self.drawing.spec.depth else None

    # one method for each kind of name ---------------------------------------------------------

    def input(self, name: str) -> Place | None:
        found = self.parts.neuron(name)
        return self.cell(self.out_cell(*found)) if found else None

    def net(self, name: str) -> Place | None:
        if not (found := self.computed(name)):
            return None
        return self.cell(self.of_neuron(self.drawing.layers[found[0]].net, *found))

    def out(self, name: str) -> Place | None:
        found = self.computed(name)
        return self.cell(self.out_cell(*found)) if found else None

    def target(self, name: str) -> Place | None:
        return self.per_output(self.drawing.plan.targets, name)

    def error(self, name: str) -> Place | None:
        return self.per_output(self.drawing.plan.errors, name)

    def per_output(self, start: int, name: str) -> Place | None:
        output = self.output(name)
        if output is None:
            return None
        return self.cell(start + self.example * self.drawing.spec.sizes[-1] + output)

    def total(self) -> Place:
        return self.cell(self.drawing.plan.totals + self.example)

    def batch_error(self) -> Place:
        return self.cell(self.drawing.plan.batch_error)

    def gap(self, name: str) -> Place | None:
        if not (found := self.computed(name)):
            return None
        return self.cell(self.of_neuron(self.drawing.layers[found[0]].gap, *found))

    def slope(self, name: str, again: str) -> Place | None:
        """dout/dnet; in a joint layer of any two neurons, off the diagonal as a product."""
        of, by = self.computed(name), self.computed(again)
        if not of or not by or of[0] != by[0]:
            return None
        layer = self.drawing.layers[of[0]]
        first = layer.slope + self.example * layer.slopes
        if of == by:
            return self.cell(first + of[1] - 1)
        if layer.slopes == layer.n:
            return None
        return Place(self.out_cell(*of), first + layer.n + by[1] - 1)

    def delta(self, name: str) -> Place | None:
        found = self.computed(name)
        return self.cell(self.delta_cell(*found)) if found else None

    def through(self, name: str, below: str) -> Place | None:
        """dnet/dout of the layer below: the weight between them."""
        to, source = self.computed(name), self.computed(below)
        if not to or not source or source[0] != to[0] - 1:
            return None
        return self.cell(self.flow_cell(*to, source[1]))

    def path(self, name: str, below: str) -> Place | None:
        """dE_o/dout of the layer below: delta of the output times the weight between them."""
        to, source = self.computed(name), self.computed(below)
        if not to or not source or to[0] != self.drawing.spec.depth or source[0] != to[0] - 1:
            return None
        return Place(self.delta_cell(*to), self.flow_cell(*to, source[1]))

    def lever(self, name: str, parameter: str) -> Place | None:
        """dnet/dw = out of its source; dnet/db = 1."""
        to, index = self.computed(name), self.parts.parameter(parameter)
        if not to or index is None:
            return None
        ends = self.parts.ends(index)
        if ends.layer != to[0] or ends.neuron not in (None, to[1]):
            return None
        return self.cell(
            self.drawing.plan.one if ends.source is None else self.out_cell(to[0] - 1, ends.source)
        )

    def gradient(self, parameter: str) -> Place | None:
        return self.per_parameter(self.drawing.plan.gradient, parameter)

    def contribution(self, parameter: str, example: str) -> Place | None:
        """One example's share of a gradient before the reduction: delta times out, or delta."""
        index = self.parts.parameter(parameter)
        if index is None or int(example) >= self.drawing.plan.rows:
            return None
        here = Finder(self.parts, self.drawing, int(example))
        ends = self.parts.ends(index)
        if ends.neuron is None:
            width = self.drawing.spec.sizes[ends.layer]
            return Place(here.delta_cell(ends.layer, 1), self.drawing.plan.one, width)
        delta = here.delta_cell(ends.layer, ends.neuron)
        if ends.source is None:
            return self.cell(delta)
        return Place(delta, here.out_cell(ends.layer - 1, ends.source))

    def learning_rate(self) -> Place:
        return self.cell(self.drawing.plan.options)

    def memory(self, kind: str, parameter: str) -> Place | None:
        return self.remembered(self.drawing.plan.memory, kind, parameter)

    def memory_after(self, kind: str, parameter: str) -> Place | None:
        return self.remembered(self.drawing.plan.memory_after, kind, parameter)

    def remembered(self, start: int, kind: str, parameter: str) -> Place | None:
        kinds = self.drawing.spec.memory
        if kind not in kinds:
            return None
        slot = kinds.index(kind) * self.drawing.plan.parameters
        return self.per_parameter(start + slot, parameter)

    def before(self, parameter: str) -> Place | None:
        return self.per_parameter(self.drawing.plan.theta, parameter)

    def after(self, parameter: str) -> Place | None:
        return self.per_parameter(self.drawing.plan.after, parameter)

    def per_parameter(self, start: int, parameter: str) -> Place | None:
        index = self.parts.parameter(parameter)
        return None if index is None else self.cell(start + index)


Reader: TypeAlias = Callable[..., Place | None]

N = r"([iho][0-9_]+)"  # a neuron
P = r"([wb][0-9a-z_.]+)"  # a parameter, by name or address

KINDS: tuple[tuple[str, Phase, Reader], ...] = (
    (r"(i[0-9]+)", "forward", Finder.input),
    (P, "forward", Finder.before),
    (rf"net_{N}", "forward", Finder.net),
    (rf"out_{N}", "forward", Finder.out),
    (rf"t_{N}", "error", Finder.target),
    (rf"E_{N}", "error", Finder.error),
    (r"E_total", "error", Finder.total),
    (r"E_batch|loss", "error", Finder.batch_error),
    (rf"dE/dout_{N}", "backward", Finder.gap),
    (rf"dout_{N}/dnet_{N}", "backward", Finder.slope),
    (rf"delta_{N}", "backward", Finder.delta),
    (rf"dnet_{N}/dout_{N}", "backward", Finder.through),
    (rf"dE_{N}/dout_{N}", "backward", Finder.path),
    (rf"dnet_{N}/d{P}", "backward", Finder.lever),
    (rf"dE/d{P}", "backward", Finder.gradient),
    (rf"dE/d{P}\[([0-9]{{1,9}})\]", "backward", Finder.contribution),
    (r"learning_rate", "update", Finder.learning_rate),
    (rf"([a-z]+)_{P}", "update", Finder.memory),
    (rf"([a-z]+)_{P}\+", "update", Finder.memory_after),
    (rf"{P}\+", "update", Finder.after),
)
GRAMMAR = tuple((re.compile(pattern), phase, reader) for pattern, phase, reader in KINDS)


def find(finder: Finder, name: str) -> tuple[Phase, Place] | None:
    """The phase and the place of a name, or None when there is no such name."""
    for pattern, phase, reader in GRAMMAR:
        match = pattern.fullmatch(name)
        if match and (place := reader(finder, *match.groups())):
            return phase, place
    return None
