"""Cards that sum up: a phase, the result of a step, and what the network is for."""

from __future__ import annotations

import numpy as np

from app.explain.anatomy import Neuron
from app.explain.compose import question, segment, summary_card
from app.explain.digits import show, show_change
from app.explain.errors import share
from app.explain.expressions import Number
from app.explain.formulas import SHOWN_TERMS
from app.explain.lists import numbers
from app.explain.model import Card, Phase, Question, Segment, Sentence
from app.explain.scene import Scene
from app.nn import passes
from app.nn.spec import trainable_mask

SPOKEN_OUTPUTS = 3  # with more, only the one furthest off is named


def headline(scene: Scene) -> Card:
    """What the network is for: given this, it should answer that; now it answers …"""
    outputs = scene.anatomy.outputs
    inputs = [segment(scene.out(neuron)) for neuron in scene.anatomy.neurons(0)[:SHOWN_TERMS]]
    worst = _furthest_off(scene)
    many_inputs = ".many_inputs" if scene.spec.sizes[0] > SHOWN_TERMS else ""
    many_outputs = ".many_outputs" if len(outputs) > SHOWN_TERMS else ""
    count_inputs = str(scene.spec.sizes[0])
    count = str(len(outputs)) if many_outputs else count_inputs
    shown = outputs[:SHOWN_TERMS]
    sentence = scene.say(
        f"headline{many_inputs}{many_outputs}",
        inputs=numbers(scene, inputs),
        inputs_count=count_inputs,
        count=count,
        targets=numbers(scene, [segment(scene.target(output)) for output in shown]),
        outputs=numbers(scene, [segment(scene.out(output)) for output in shown]),
        neuron=worst.name,
        out=segment(scene.out(worst)),
        target=segment(scene.target(worst)),
    )
    return summary_card("headline", "forward", scene.total(), "", sentence)


def _furthest_off(scene: Scene) -> Neuron:
    errors = scene.errors.per_output[scene.example]
    return scene.anatomy.outputs[int(np.argmax(errors))]


def forward_phase(scene: Scene) -> Card:
    outputs = scene.anatomy.outputs
    spoken = outputs if len(outputs) <= SPOKEN_OUTPUTS else [_furthest_off(scene)]
    saying: list[Segment] = []
    for at, output in enumerate(spoken):
        out, target = scene.out(output), scene.target(output)
        saying.extend([Segment("; ")] if at else [])
        saying.extend(
            scene.say(
                "phase:forward.output",
                neuron=output.name,
                out=segment(out),
                target=segment(target),
            )
        )
    amount = {1: "one", 2: "two", 3: "few"}.get(len(outputs), "many")
    sentence = scene.say(
        f"phase:forward.{amount}",
        saying=tuple(saying),
        total=segment(scene.total(), role="now"),
        count=str(len(outputs)),
    )
    return _phase(scene, "forward", sentence, tuple(scene.out(output) for output in spoken))


def error_phase(scene: Scene) -> Card:
    total, worst = scene.total(), _furthest_off(scene)
    kind = ".zero" if not total.value else ".one" if len(scene.anatomy.outputs) == 1 else ""
    sentence = scene.say(
        f"phase:error{kind}",
        total=segment(total, role="now"),
        share=share(scene.error(worst).value, total.value),
        neuron=worst.name,
    )
    return _phase(scene, "error", sentence, (total,))


def backward_phase(scene: Scene) -> Card:
    sizes = np.abs(scene.trace.backward.gradient[: scene.spec.layout.n_weights])
    most, least = (
        scene.gradient(scene.anatomy.parameter_at(int(at)))
        for at in (np.argmax(sizes), np.argmin(sizes))
    )
    sentence = scene.say(
        "phase:backward" if len(sizes) > 1 else "phase:backward.one",
        error=scene.reacting,
        most=_parameter_name(most),
        most_value=segment(most),
        least=_parameter_name(least),
        least_value=segment(least),
    )
    return _phase(scene, "backward", sentence, (most, least))


def _parameter_name(gradient: Number) -> str:
    return (gradient.name or "").removeprefix("dE/d")


def update_phase(scene: Scene) -> Card:
    before, after = scene.trace.before.theta, scene.trace.after.theta
    moves = np.where(trainable_mask(scene.spec), after - before, 0.0)
    if not moves.any():
        return _phase(scene, "update", scene.say("phase:update.still"), (scene.total(),))
    longest = scene.anatomy.parameter_at(int(np.argmax(np.abs(moves))))
    old, new = scene.weight(longest), scene.new_weight(longest)
    sentence = scene.say(
        "phase:update",
        up=str(int(np.sum(moves > 0))),
        down=str(int(np.sum(moves < 0))),
        most=longest.name,
        before=segment(old),
        after=segment(new, role="now", shown=show_change(old.value, new.value)),
    )
    return _phase(scene, "update", sentence, (old, new))


def _phase(scene: Scene, phase: Phase, sentence: Sentence, terms: tuple[Number, ...]) -> Card:
    name = f"phase:{phase}"
    title = scene.text(f"{name}.title")
    return summary_card(name, phase, scene.total(), title, sentence, terms=terms)


def result(scene: Scene) -> Card:
    """What one step did to the error of its own batch."""
    before = scene.batch_error() if scene.many else scene.total()
    after = _error_after(scene)
    change = after - before.value
    kind = _turn(change)
    sentence = scene.say(
        f"result.{kind}",
        error=before.label,
        before=segment(before),
        after=_after(scene, before, after),
        percent=show(abs(round(100 * change / before.value, 1)) if before.value else 0.0).text,
        rate=segment(scene.option("learning_rate")),
    )
    return summary_card(
        "result",
        "update",
        before,
        scene.text("result.title"),
        sentence,
        terms=(before,),
        why=_why_directions(scene),
    )


def _after(scene: Scene, before: Number, after: float) -> Segment:
    """The error a step later, by its name there; with mini-batches that name is another batch's."""
    shown = show_change(before.value, after)
    if scene.spec.batch.size is not None:
        return Segment(shown.text)
    return Segment(shown.text, f"{before.name}@{scene.step + 1}", after, "now")


def _turn(change: float) -> str:
    if not np.isfinite(change):
        return "lost"
    return "same" if change == 0 else "fell" if change < 0 else "rose"


def _error_after(scene: Scene) -> float:
    """The error of the same batch with the new parameters."""
    forward = scene.trace.backward.forward
    again = passes.forward(scene.spec, scene.trace.after.theta, forward.inputs, forward.targets)
    if again.errors is None:
        raise ValueError("a step has been taken without targets")
    return again.errors.total


def _why_directions(scene: Scene) -> Question | None:
    """Why does w5 fall and w7 rise? About the first weight of the last layer to go each way."""
    first, count = scene.spec.layout.weight_offsets[-1], scene.spec.layout.n_weights
    moves = (scene.trace.after.theta - scene.trace.before.theta)[first:count]
    if not (moves.min() < 0 < moves.max()):
        return None
    falling, rising = (
        scene.anatomy.parameter_at(first + int(np.argmax(goes))).name
        for goes in (moves < 0, moves > 0)
    )
    return question(scene, "result", falling=falling, rising=rising)
