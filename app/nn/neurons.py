"""Names of neurons, weights and biases, and the structural addresses beside them.

Nothing here grows with the network unless it is asked for: a name is read, not looked up.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.nn.layout import Layout
from app.nn.spec import NetworkSpec

NUMBER = r"([1-9][0-9]{0,8})"
NEURON = re.compile(rf"([iho]){NUMBER}(?:_{NUMBER})?")
WEIGHT = re.compile(rf"w{NUMBER}(?:\.{NUMBER}\.{NUMBER})?")
NEURON_BIAS = re.compile(rf"b(?:_(\w+)|{NUMBER}\.{NUMBER})")
SHARED_BIAS = re.compile(rf"b{NUMBER}")


class Ends(NamedTuple):
    """Where a parameter belongs, 1-based; a bias has no source, a shared one no neuron either."""

    layer: int
    neuron: int | None
    source: int | None


@dataclass(frozen=True)
class Parts:
    """The neurons and parameters of a network by name; layers and places are as in the spec."""

    spec: NetworkSpec
    layout: Layout

    def neuron_name(self, layer: int, place: int) -> str:
        """Layer 0..L, place 1-based: i1, h2 (one hidden layer), h1_2 (several), o1."""
        if layer == 0:
            return f"i{place}"
        if layer == self.spec.depth:
            return f"o{place}"
        return f"h{place}" if self.spec.depth == 2 else f"h{layer}_{place}"

    @cached_property
    def neurons(self) -> tuple[tuple[str, ...], ...]:
        """The names of all neurons, layer by layer from the inputs on."""
        return tuple(
            tuple(self.neuron_name(layer, place) for place in range(1, size + 1))
            for layer, size in enumerate(self.spec.sizes)
        )

    def neuron(self, name: str) -> tuple[int, int] | None:
        """(layer 0..L, place 1-based) of a neuron, or None."""
        match = NEURON.fullmatch(name)
        if not match:
            return None
        kind, first, second = match[1], int(match[2]), int(match[3] or 0)
        layer = {"i": 0, "o": self.spec.depth, "h": first if second else 1}[kind]
        place = second or first
        known = layer <= self.spec.depth and place <= self.spec.sizes[layer]
        return (layer, place) if known and self.neuron_name(layer, place) == name else None

    def parameter_name(self, index: int) -> str:
        if index < self.layout.n_weights:
            return f"w{index + 1}"
        ends = self.ends(index)
        if ends.neuron is None:
            return f"b{ends.layer}"
        return f"b_{self.neuron_name(ends.layer, ends.neuron)}"

    def address(self, index: int) -> str:
        """Layer, neuron, source: w2.1.1, b1.2, shared b1."""
        ends = self.ends(index)
        letter = "w" if index < self.layout.n_weights else "b"
        return letter + ".".join(str(number) for number in ends if number is not None)

    def ends(self, index: int) -> Ends:
        """Where the parameter at a place of theta belongs."""
        layout = self.layout
        if index < layout.n_weights:
            layer = bisect_right(layout.weight_offsets, index)
            row, column = divmod(
                index - layout.weight_offsets[layer - 1], layout.shapes[layer - 1][1]
            )
            return Ends(layer, row + 1, column + 1)
        layer = bisect_right(layout.bias_offsets, index)
        if self.spec.bias.mode == "shared":
            return Ends(layer, None, None)
        return Ends(layer, index - layout.bias_offsets[layer - 1] + 1, None)

    def weight_index(self, layer: int, neuron: int, source: int) -> int:
        """The place in theta of a weight, everything 1-based."""
        m = self.layout.shapes[layer - 1][1]
        return self.layout.weight_offsets[layer - 1] + (neuron - 1) * m + source - 1

    def bias_index(self, layer: int, neuron: int) -> int:
        shared = self.spec.bias.mode == "shared"
        return self.layout.bias_offsets[layer - 1] + (0 if shared else neuron - 1)

    def parameter(self, name: str) -> int | None:
        """The place in theta of a parameter, by name or address, or None."""
        if match := WEIGHT.fullmatch(name):
            return self._weight(*(int(number) for number in match.groups() if number))
        if self.spec.bias.mode == "shared" and (match := SHARED_BIAS.fullmatch(name)):
            layer = int(match[1])
            return self.bias_index(layer, 1) if layer <= self.spec.depth else None
        if self.spec.bias.mode == "per_neuron" and (match := NEURON_BIAS.fullmatch(name)):
            found = self.neuron(match[1]) if match[1] else (int(match[2]), int(match[3]))
            return self._bias(*found) if found else None
        return None

    def _weight(self, first: int, neuron: int = 0, source: int = 0) -> int | None:
        if not neuron:
            return first - 1 if first <= self.layout.n_weights else None
        if first > self.spec.depth:
            return None
        n, m = self.layout.shapes[first - 1]
        return self.weight_index(first, neuron, source) if neuron <= n and source <= m else None

    def _bias(self, layer: int, neuron: int) -> int | None:
        known = 1 <= layer <= self.spec.depth and neuron <= self.spec.sizes[layer]
        return self.bias_index(layer, neuron) if known else None
