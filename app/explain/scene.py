"""The numbers of one step for one example, each with symbol, role and label.

A scene knows network, trace, example, step and language; the cards ask it for numbers by
neuron and parameter, and put them into formulas and sentences.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from app.explain.anatomy import Anatomy, Neuron, Parameter
from app.explain.digits import Style
from app.explain.expressions import Number
from app.explain.model import Lang, Role, Sentence
from app.explain.notation import symbol
from app.explain.say import Slot, say, text
from app.nn.losses import LOSSES
from app.nn.passes import BackwardLayer, Errors, StepTrace
from app.nn.registry import number
from app.nn.spec import Floats, NetworkSpec


@dataclass(frozen=True, slots=True)
class Scene:
    spec: NetworkSpec
    trace: StepTrace
    example: int
    step: int
    lang: Lang
    anatomy: Anatomy

    # -- words ---------------------------------------------------------------------------------
    def say(self, key: str, **slots: Slot) -> Sentence:
        return say(key, self.lang, **slots)

    def text(self, key: str, **slots: Slot) -> str:
        return text(key, self.lang, **slots)

    def of_example(self, example: int) -> Scene:
        """The same step, seen from another example of the batch."""
        return replace(self, example=example)

    # -- shape ---------------------------------------------------------------------------------
    @property
    def batch_size(self) -> int:
        return len(self.trace.backward.forward.inputs)

    @property
    def many(self) -> bool:
        """Whether gradients gather several examples, so that E_batch is more than E_total."""
        return self.batch_size > 1

    @property
    def reacting(self) -> str:
        """The error that the gradients are of, in a word: of the one example, or of the batch."""
        return self.text("label.batch" if self.many else "label.reacting")

    @property
    def sequential(self) -> bool:
        return self.spec.update_order == "sequential"

    @property
    def errors(self) -> Errors:
        errors = self.trace.backward.forward.errors
        if errors is None:
            raise ValueError("a step has been taken without targets")
        return errors

    def backward(self, neuron: Neuron) -> BackwardLayer:
        return self.trace.backward.layers[neuron.layer - 1]

    def outs(self, layer: int) -> Floats:
        """(n,) what the neurons of a layer send on; for layer 0 the inputs."""
        forward = self.trace.backward.forward
        rows = forward.inputs if layer == 0 else forward.layers[layer - 1].out
        return np.asarray(rows[self.example])

    def deltas(self, layer: int) -> Floats:
        """(n,) the deltas of a layer."""
        return np.asarray(self.trace.backward.layers[layer - 1].delta[self.example])

    # -- numbers -------------------------------------------------------------------------------
    def net(self, neuron: Neuron) -> Number:
        layer = self.trace.backward.forward.layers[neuron.layer - 1]
        value = layer.net[self.example, neuron.position]
        return self._of(neuron, f"net_{neuron.name}", value, "plain", "label.net")

    def out(self, neuron: Neuron, role: Role = "plain") -> Number:
        """The output of a neuron; of an input neuron the input itself."""
        value = self.outs(neuron.layer)[neuron.position]
        if neuron.layer == 0:
            number = self._of(neuron, neuron.name, value, role, "label.input")
            return replace(number, style=Style.DATUM)
        return self._of(neuron, f"out_{neuron.name}", value, role, "label.output")

    def target(self, neuron: Neuron) -> Number:
        targets = self.trace.backward.forward.targets
        value = float("nan") if targets is None else targets[self.example, neuron.position]
        number = self._of(neuron, f"t_{neuron.name}", value, "plain", "label.target")
        return replace(number, style=Style.DATUM)

    def error(self, neuron: Neuron) -> Number:
        value = self.errors.per_output[self.example, neuron.position]
        return self._of(neuron, f"E_{neuron.name}", value, "plain", "label.error")

    def total(self) -> Number:
        value = float(self.errors.per_example[self.example])
        return Number(value, symbol("E_total"), "E_total", label=self.text("label.total"))

    def batch_error(self) -> Number:
        label = self.text("label.batch")
        return Number(self.errors.total, symbol("E_batch"), "E_batch", label=label)

    def gap(self, neuron: Neuron) -> Number:
        """dE/dout: for an output the gap, for a hidden neuron the sum over its paths."""
        value = self.backward(neuron).dE_dout[self.example, neuron.position]
        name = f"dE/dout_{neuron.name}"
        if self.anatomy.is_output(neuron):
            return self._of(neuron, name, value, "gap", "label.gap")
        return Number(float(value), symbol(name), name, "gap", label=self.paths_label(neuron))

    def paths_label(self, neuron: Neuron) -> str:
        count = self.anatomy.fan_out(neuron)
        kind = {1: "one", 2: "two"}.get(count, "many")
        return self.text(f"paths.label.{kind}", count=str(count))

    def slope(self, neuron: Neuron) -> Number:
        value = self.backward(neuron).slope[self.example, neuron.position]
        name = f"dout_{neuron.name}/dnet_{neuron.name}"
        return self._of(neuron, name, value, "slope", "label.slope")

    def joint(self, neuron: Neuron) -> bool:
        """Whether its output depends on every net input of the layer, as with softmax."""
        return neuron.layer > 0 and self.backward(neuron).joint

    def share_slope(self, of: Neuron, by: Neuron) -> Number:
        """dout/dnet of two neurons of a joint layer: one entry of its Jacobian."""
        name = f"dout_{of.name}/dnet_{by.name}"
        value = self.anatomy.names.value(self.trace, name, self.example)
        return self._of(of, name, value, "slope", "label.slope")

    def collapsed(self, neuron: Neuron) -> bool:
        """Whether delta was computed as one number, not as dE/dout times the slope."""
        return self.anatomy.is_output(neuron) and LOSSES[self.spec.loss].needs is not None

    def chained(self, neuron: Neuron) -> bool:
        """Whether dE/dout times dout/dnet is the delta, both being known numbers."""
        factors = (self.gap(neuron).value, self.slope(neuron).value)
        return not self.joint(neuron) and all(math.isfinite(factor) for factor in factors)

    def delta(self, neuron: Neuron) -> Number:
        value = self.backward(neuron).delta[self.example, neuron.position]
        return self._of(neuron, f"delta_{neuron.name}", value, "gap", "label.delta")

    def incoming(self, parameter: Parameter, neuron: Neuron) -> Number:
        """dnet/dw: what the weight is multiplied by; 1 for a bias."""
        name = f"dnet_{neuron.name}/d{parameter.name}"
        if parameter.source is None:
            return Number(1.0, symbol(name), name, "source", label=self.text("label.one"))
        source = self.out(parameter.source, "source")
        return replace(source, name=name, symbol=symbol(name))

    def weight(self, parameter: Parameter) -> Number:
        return self._parameter(parameter, parameter.name, self.trace.before.theta)

    def new_weight(self, parameter: Parameter) -> Number:
        return self._parameter(parameter, parameter.name + "+", self.trace.after.theta)

    def link_back(self, above: Neuron, below: Neuron) -> Number:
        """The weight that the delta of `above` flows through: in sequential order the new one."""
        weight = self.anatomy.weight(above, below.position)
        return self.new_weight(weight) if self.sequential else self.weight(weight)

    def gradient(self, parameter: Parameter) -> Number:
        """Of the batch error; with one example that is the total error."""
        value = float(self.trace.backward.gradient[parameter.index])
        name = f"dE/d{parameter.name}"
        error = "E_batch" if self.many else "E_total"
        label = self.text("label.gradient", name=parameter.name)
        return Number(value, symbol(name, error), name, "gap", label=label)

    def contribution(self, parameter: Parameter, example: int) -> Number:
        """One example's gradient, before the reduction."""
        name = f"dE/d{parameter.name}[{example}]"
        label = self.text("label.gradient_of", name=parameter.name, number=str(example))
        value = self.anatomy.names.value(self.trace, name, example)
        return Number(value, symbol(name), name, "gap", label=label)

    def contributions(self, parameter: Parameter) -> Floats:
        """(N,) every example's gradient of one parameter, before the reduction."""
        layer = self.trace.backward.layers[parameter.layer - 1]
        if parameter.target is None:
            return np.asarray(layer.delta.sum(axis=1))
        delta = layer.delta[:, parameter.target.position]
        if parameter.source is None:
            return delta
        forward = self.trace.backward.forward
        below = parameter.layer - 1
        sent = forward.inputs if below == 0 else forward.layers[below - 1].out
        return np.asarray(delta * sent[:, parameter.source.position])

    def option(self, name: str) -> Number:
        """A setting of the optimizer: learning_rate, momentum, weight_decay, …"""
        value = number(self.spec.optimizer_options[name])
        known = name if name == "learning_rate" else None  # the one that is a name on the page
        return Number(value, symbol(name), known, label=self.text(f"label.{name}"))

    def memory(self, kind: str, parameter: Parameter) -> Number:
        """What the optimizer remembers before the update; NotFound if it does not keep that."""
        return self._remembered(kind, parameter, "")

    def new_memory(self, kind: str, parameter: Parameter) -> Number:
        return self._remembered(kind, parameter, "+")

    def _remembered(self, kind: str, parameter: Parameter, plus: str) -> Number:
        name = f"{kind}_{parameter.name}{plus}"
        value = self.anatomy.names.value(self.trace, name)
        label = self.text(f"label.{kind}", name=parameter.name)
        return Number(value, symbol(name), name, label=label)

    def count(self) -> Number:
        """t, which counts the optimizer's updates; this one is the first of a new optimizer."""
        t = self.trace.before.step - self.spec.optimizer_since + 1
        return Number(float(t), symbol("t"), label=self.text("label.count"))

    def clip_scale(self) -> Number | None:
        """κ, by which clipping multiplies every gradient; None where it is not in use."""
        if not self.spec.clips:
            return None
        value = float(self.trace.board[self.trace.blueprint.plan.scale])
        return Number(value, symbol("clip_scale"), label=self.text("label.clip_scale"))

    def is_frozen(self, parameter: Parameter) -> bool:
        return parameter.is_bias and not self.spec.bias.trainable

    def _of(self, neuron: Neuron, name: str, value: float, role: Role, label: str) -> Number:
        words = self.text(label, neuron=neuron.name)
        return Number(float(value), symbol(name), name, role, label=words)

    def _parameter(self, parameter: Parameter, name: str, theta: Floats) -> Number:
        kind = "bias" if parameter.is_bias else "new_weight" if name.endswith("+") else "weight"
        label = self.text(f"label.{kind}", name=name)
        value = float(theta[parameter.index])
        return Number(value, symbol(name), name, "weight", Style.WEIGHT, label)
