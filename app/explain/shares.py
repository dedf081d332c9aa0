"""Cards of softmax: the shares of an output layer, and the matrix of their slopes."""

from __future__ import annotations

from app.explain import recipes
from app.explain.anatomy import Neuron
from app.explain.compose import direction, worked_card
from app.explain.expressions import Expression, Fraction, Minus, Number, Product, Sum
from app.explain.formulas import Formula, difference, half_way, long_sum
from app.explain.jacobian import jacobian
from app.explain.model import Card
from app.explain.scene import Scene


def out(scene: Scene, neuron: Neuron) -> Card:
    """out_i = e^net_i / sum e^net_j."""
    before, result = scene.net(neuron), scene.out(neuron)
    outputs = scene.anatomy.neurons(neuron.layer)

    def power(at: int) -> Expression:
        return recipes.power_of_e(scene.net(outputs[at]))

    def powers(middle: slice) -> float:
        return float(sum(_worth(power(at)) for at in range(len(outputs))[middle]))

    terms = long_sum(len(outputs), power, powers)
    own = recipes.power_of_e(before)
    work = Fraction(own, Sum(terms))
    partial = Fraction(half_way(own), half_way(Sum(terms)))
    settled = Formula(result, work, partial).settle()
    return worked_card(
        "forward",
        settled,
        scene.say(
            "out.softmax",
            neuron=neuron.name,
            count=str(len(outputs)),
            net=settled.number(before),
            result=settled.result,
        ),
        scene.say("out.softmax.words", neuron=neuron.name),
        uses=tuple(f"net_{output.name}" for output in outputs),
    )


def _worth(expression: Expression) -> float:
    number = expression.evaluate(None)
    return float("nan") if number is None else float(number)


def slope(scene: Scene, of: Neuron, by: Neuron) -> Card:
    """dout_i/dnet_j = out_i (d_ij - out_j)."""
    one, other, result = scene.out(of), scene.out(by), scene.share_slope(of, by)
    settled = Formula(result, *_work(one, other, itself=of == by)).settle()
    verb = direction(result.value)
    kind = "zero" if verb == "zero" else "own" if of == by else "other"
    return worked_card(
        "backward",
        settled,
        scene.say(
            f"slope.share.{kind}",
            neuron=of.name,
            net_name=f"net_{by.name}",
            out_name=f"out_{of.name}",
            size=settled.size,
        ),
        scene.say("slope.share.own.words" if of == by else "slope.share.other.words"),
        note=scene.say("slope.share.note"),
        matrix=jacobian(scene, of, by),
        uses=(f"net_{by.name}", f"out_{of.name}"),
    )


def _work(one: Number, other: Number, *, itself: bool) -> tuple[Expression, Expression | None]:
    if not itself:
        return Minus(Product((one, other), "", "×")), None
    rest = difference(recipes.ONE, one)
    return Product((one, rest), "", "×"), Product((one, half_way(rest)), "", "×")
