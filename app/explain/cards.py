"""The card of any name: which explanation belongs to which kind of name.

Pure: everything follows from the specification, the trace of one step, the example and the
language. The table at the foot is the only door.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from app.errors import NotFound
from app.explain import (
    deltas,
    errors,
    factors,
    forward,
    gradients,
    memories,
    paths,
    summaries,
    updates,
)
from app.explain.anatomy import Anatomy
from app.explain.lost import Lost, first_lost, lost_value
from app.explain.model import Calculation, Card, Lang, Segment
from app.explain.reading import Reading, calculations
from app.explain.scene import Scene
from app.nn.losses import LOSSES
from app.nn.passes import StepTrace
from app.nn.spec import NetworkSpec

__all__ = ["Calculation", "Card", "Reading", "calculations", "card"]


def card(
    spec: NetworkSpec,
    trace: StepTrace,
    name: str,
    example: int,
    lang: Lang,
    step: int,
    lost: Lost | None = None,
) -> Card:
    """The explanation of one name; the name comes back as it was asked. Raises NotFound.

    `lost` is what stopped being finite first, if that was at this step or an earlier one.
    """
    anatomy = Anatomy.of(spec)
    scene = Scene(spec, trace, example, step, lang, anatomy)
    if not 0 <= example < scene.batch_size:
        detail = f"Unknown example {example}. This batch has {scene.batch_size}, from 0."
        raise NotFound(detail)
    for pattern, explain in _EXPLANATIONS:
        if match := pattern.fullmatch(name):
            with np.errstate(all="ignore"):  # numbers that are not finite are values like any other
                return _said_if_lost(scene, replace(explain(scene, match), name=name), lost)
    raise NotFound(anatomy.names.unknown("name", name))


def _said_if_lost(scene: Scene, made: Card, lost: Lost | None) -> Card:
    """A number that is not finite is explained by where the finite ones ended."""
    if np.isfinite(made.value) or made.name == "headline":
        return made
    first = lost or first_lost(scene)
    if first is None and LOSSES[scene.spec.loss].needs is not None:
        value = Segment(made.shown, made.name, made.value, "now")
        sentence = scene.say("lost.alone", name=made.name, value=value)
        return replace(made, sentence=sentence, why=None, relation="=")
    first = first or Lost(scene.step, made.name, made.value)
    here = first.step == scene.step
    itself = (first.name == made.name and here) or ":" in made.name or made.name == "result"
    sentence = scene.say(
        "lost" if itself else "lost.after",
        name=first.name if itself else made.name,
        first=first.name,
        value=lost_value(scene, first),
        step=str(first.step),
    )
    return replace(made, sentence=sentence, note=(), why=None, trap=None, relation="=")


Explain = Callable[..., Card]
Row = tuple[re.Pattern[str], Callable[[Scene, re.Match[str]], Card]]

_PLACES: dict[str, tuple[str, Callable[[Anatomy, str], object]]] = {
    "{input}": (r"(i\d+)", lambda anatomy, name: anatomy.neuron(name)),
    "{neuron}": (r"([ho]\d+(?:_\d+)?)", lambda anatomy, name: anatomy.neuron(name)),
    "{output}": (r"(o\d+)", lambda anatomy, name: anatomy.neuron(name)),
    "{parameter}": (r"([wb][\w.]*)", lambda anatomy, name: anatomy.parameter(name)),
    "{example}": (r"(\d+)", lambda _anatomy, number: int(number)),
}


def _row(shape: str, explain: Explain) -> Row:
    """A kind of name and who explains it, with the neurons and parameters in it as arguments."""
    places = re.findall(r"\{\w+\}", shape)
    readers = [_PLACES[place][1] for place in places]
    pattern = re.escape(shape)
    for place in places:
        pattern = pattern.replace(re.escape(place), _PLACES[place][0], 1)

    def explained(scene: Scene, match: re.Match[str]) -> Card:
        parts = zip(readers, match.groups(), strict=True)
        return explain(scene, *(read(scene.anatomy, part) for read, part in parts))

    return re.compile(pattern), explained


_EXPLANATIONS: tuple[Row, ...] = (
    _row("headline", summaries.headline),
    _row("phase:forward", summaries.forward_phase),
    _row("phase:error", summaries.error_phase),
    _row("phase:backward", summaries.backward_phase),
    _row("phase:update", summaries.update_phase),
    _row("result", summaries.result),
    _row("{input}", forward.given_input),
    _row("{parameter}", forward.parameter),
    _row("net_{neuron}", forward.net),
    _row("out_{neuron}", forward.out),
    _row("t_{output}", forward.given_target),
    _row("E_{output}", errors.output_error),
    _row("E_total", errors.total_error),
    _row("E_batch", errors.batch_error),
    _row("loss", errors.batch_error),
    _row("dE/dout_{neuron}", factors.gap),
    _row("dout_{neuron}/dnet_{neuron}", factors.slope),
    _row("dnet_{neuron}/d{parameter}", factors.lever),
    _row("dnet_{neuron}/dout_{neuron}", factors.through),
    _row("delta_{neuron}", deltas.delta),
    _row("dE_{output}/dout_{neuron}", paths.path),
    _row("dE/d{parameter}", gradients.gradient),
    _row("dE/d{parameter}[{example}]", gradients.contribution),
    _row("{parameter}+", updates.new_value),
    _row("learning_rate", updates.learning_rate),
    *(_row(f"{kind}_{{parameter}}", memories.remembered(kind)) for kind in memories.KINDS),
    *(_row(f"{kind}_{{parameter}}+", memories.renewed(kind)) for kind in memories.KINDS),
)
