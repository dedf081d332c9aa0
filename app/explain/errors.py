"""Cards of the error: of one output, of one example, of the batch."""

from __future__ import annotations

import numpy as np

from app.explain import loss_recipes, recipes
from app.explain.anatomy import Neuron
from app.explain.compose import question, worked_card
from app.explain.digits import show
from app.explain.expressions import Expression, Fraction, Number, Sum
from app.explain.formulas import SHOWN_TERMS, Formula, aligned, dots_added_up, long_sum
from app.explain.model import Card, Question
from app.explain.notation import symbol
from app.explain.scene import Scene

# Losses that need no words of their own: a mean over one output is the thing itself.
ALIKE = {"squared_error": "squared"}
ONE_OUTPUT = ALIKE | {"mean_squared_error": "squared"}


def output_error(scene: Scene, neuron: Neuron) -> Card:
    """E_o: the term of one output."""
    loss = scene.spec.loss
    target, out, result = scene.target(neuron), scene.out(neuron), scene.error(neuron)
    recipe = loss_recipes.LOSSES.get(loss)
    worked = (
        recipe(target, out, scene.spec.sizes[-1])
        if recipe
        else recipes.unlisted(loss, out, result.value)
    )
    asides = (worked.spoken,) if worked.spoken else ()
    settled = Formula(result, worked.work, worked.partial, asides).settle()
    kind = loss_kind(scene)
    gap = loss_recipes.spoken_gap(target, out)
    return worked_card(
        "error",
        settled,
        scene.say(
            _output_key(kind, gap.value),
            neuron=neuron.name,
            out=settled.number(out),
            target=settled.number(target),
            gap=settled.number(gap),
            work=settled.write(worked.spoken or worked.work),
            result=settled.result,
            count=str(scene.spec.sizes[-1]),
        ),
        scene.say(f"E_o.words.{kind}"),
        why=_why(scene, kind),
    )


def loss_kind(scene: Scene) -> str:
    """Which words fit the loss; the mean over one output is the plain square."""
    loss = scene.spec.loss
    if loss not in loss_recipes.LOSSES:
        return "other"
    one = scene.spec.sizes[-1] == 1
    return ONE_OUTPUT.get(loss, loss) if one else ALIKE.get(loss, loss)


def _output_key(kind: str, gap: float) -> str:
    if kind in ("other", "binary_cross_entropy", "cross_entropy"):
        return f"E_o.{kind}"
    if gap == 0:
        return "E_o.hit"
    return f"E_o.{kind}.{'above' if gap > 0 else 'below'}"


def _why(scene: Scene, kind: str) -> Question | None:
    asked = {
        "half_squared_error": "half",
        "squared": "square",
        "mean_squared_error": "square",
        "binary_cross_entropy": "logarithm",
        "cross_entropy": "logarithm",
    }
    return question(scene, f"E_o.{asked[kind]}") if kind in asked else None


def total_error(scene: Scene) -> Card:
    """E_total: the errors of all outputs of one example."""
    outputs = scene.anatomy.outputs
    values = scene.errors.per_output[scene.example]

    def term(at: int) -> Expression:
        return scene.error(outputs[at])

    summands = long_sum(len(outputs), term, lambda middle: float(np.sum(values[middle])))
    result = scene.total()
    work = Sum(summands)
    spoken = Sum(tuple(aligned(summand) for summand in summands))
    settled = Formula(result, work, dots_added_up(work), (spoken,)).settle()
    worst = outputs[int(np.argmax(values))]
    return worked_card(
        "error",
        settled,
        scene.say(
            f"E_total.{_total_kind(result.value, len(outputs))}",
            sum=settled.write(spoken),
            result=settled.result,
            count=str(len(outputs)),
            share=share(float(np.max(values)), result.value),
            neuron=worst.name,
        ),
        scene.say("E_total.words"),
        why=question(scene, "E_total") if len(outputs) > 1 else None,
    )


def _total_kind(total: float, outputs: int) -> str:
    if total == 0:
        return "zero"
    if outputs == 1:
        return "one"
    return "few" if outputs <= SHOWN_TERMS else "many"


def share(part: float, whole: float) -> str:
    """In percent, as a whole number."""
    return show(round(100 * part / whole)).text if whole and np.isfinite(part / whole) else "?"


def reduced(scene: Scene, result: Number, total: Sum) -> Formula:
    """A sum over the examples of the batch, divided by their number where that is the reduction."""
    averaged = scene.spec.reduction == "mean" and scene.many
    short = dots_added_up(total)
    if not averaged:
        return Formula(result, total, short)
    count = recipes.whole(scene.batch_size)
    return Formula(result, Fraction(total, count), short and Fraction(short, count))


def batch_error(scene: Scene) -> Card:
    """E_batch: the errors of all examples, reduced."""
    result = scene.batch_error()
    count = scene.batch_size
    values = scene.errors.per_example

    def term(at: int) -> Expression:
        name = f"E_total[{at}]"
        label = scene.text("label.total_of", number=str(at))
        return Number(float(values[at]), symbol(name), None, label=label)

    total = Sum(long_sum(count, term, lambda middle: float(np.sum(values[middle]))))
    settled = reduced(scene, result, total).settle()
    return worked_card(
        "error",
        settled,
        scene.say(
            f"E_batch.{scene.spec.reduction if count > 1 else 'one'}",
            count=str(count),
            result=settled.result,
        ),
        scene.say(f"E_batch.words.{scene.spec.reduction}"),
    )
