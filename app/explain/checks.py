"""The verdict of a gradient check in a sentence, for all parameters and for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np

from app.explain.alarms import listed
from app.explain.digits import show
from app.explain.model import Lang
from app.explain.say import text
from app.nn.gradcheck import Sweep, Verdict
from app.nn.kinks import Kink
from app.nn.names import Names

Whole: TypeAlias = Literal["agrees", "agrees_except_kinks", "by_design", "disagrees", "not_finite"]

# The first one that any parameter has is the verdict of the whole.
WORST_FIRST: tuple[tuple[Verdict, Whole], ...] = (
    ("not_finite", "not_finite"),
    ("disagrees", "disagrees"),
    ("by_design", "by_design"),
    ("kink", "agrees_except_kinks"),
    ("agrees", "agrees"),
)


def whole(sweep: Sweep) -> Whole:
    return next(said for kind, said in WORST_FIRST if kind in sweep.verdicts)


def sentence(names: Names, sweep: Sweep, lang: Lang) -> str:
    """About all checked parameters."""
    verdict = whole(sweep)
    kind = next(kind for kind, said in WORST_FIRST if said == verdict)
    places = [place for place, each in enumerate(sweep.verdicts) if each == kind]
    errors = np.nan_to_num(sweep.at_best(sweep.errors)[places], nan=np.inf)
    worst = places[int(np.argmax(errors))]
    parameters = [names.parameter_name(int(sweep.indices[place])) for place in places]
    one = ".one" if verdict == "agrees" and len(places) == 1 else ""
    return text(
        f"check.{verdict}{one}",
        lang,
        count=str(len(places)),
        names=listed(parameters, lang),
        name=names.parameter_name(int(sweep.indices[worst])),
        neurons=neurons(names, sweep, places, lang),
        error=show(float(np.max(errors)), digits=2).text,
        **numbers(sweep, worst),
    )


def parameter_sentence(names: Names, sweep: Sweep, place: int, lang: Lang) -> str:
    """About the parameter at one place of the sweep."""
    return text(
        f"check.parameter.{sweep.verdicts[place]}",
        lang,
        neurons=neurons(names, sweep, [place], lang),
        **numbers(sweep, place),
    )


def numbers(sweep: Sweep, place: int) -> dict[str, str]:
    numeric = float(sweep.at_best(sweep.numeric)[place])
    return {"analytic": show(float(sweep.analytic[place])).text, "numeric": show(numeric).text}


def neurons(names: Names, sweep: Sweep, places: Sequence[int], lang: Lang) -> str:
    """Whose corners lie within the best h of some parameters; never empty for a `kink`."""
    near = {kink_neuron(names, kink) for place in places for kink in kinks_of(sweep, place)}
    return listed(sorted(near), lang) if near else ""


def kinks_of(sweep: Sweep, place: int) -> Sequence[Kink]:
    """Those that a parameter's best h goes across."""
    h = float(sweep.hs[sweep.best[place]])
    return [each for each in sweep.kinks if each.parameter == sweep.indices[place] and each.h <= h]


def kink_neuron(names: Names, kink: Kink) -> str:
    return names.neuron_name(kink.layer, kink.neuron)
