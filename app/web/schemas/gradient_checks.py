"""Gradients measured by central differences, beside those of backpropagation."""

from __future__ import annotations

from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.explain import checks
from app.explain.checks import Whole
from app.nn.gradcheck import Verdict
from app.nn.kinks import Function, Kink
from app.nn.names import Names
from app.services.gradient_checks import LARGEST_H, POINTS, SMALLEST_H, Checked, Wish
from app.services.library import At
from app.web.schemas.base import Answer, Asked, Float, Floats1, Number, Step, Text, example
from app.web.schemas.catalog import Bilingual

MOST_KINKS = 100

H = Annotated[Number, Field(ge=1e-15, le=1.0)]


class GradientCheckIn(Asked):
    """Everything may be left out: then the batch of the present step, and some parameters."""

    model_config = example({"parameters": ["w1", "w5"], "step": 0})

    step: Step | None = None
    parameters: Annotated[list[Text], Field(min_length=1, max_length=10_000)] | None = Field(
        None, description="Names or addresses; without them some of every layer."
    )
    example: Step | None = Field(
        None, description="One row of the batch, counted from 0; without it the whole batch."
    )
    largest_h: H = LARGEST_H
    smallest_h: H = SMALLEST_H
    points: int = Field(
        default=POINTS,
        ge=1,
        le=40,
        description="Sizes of h, evenly spaced on a logarithmic scale; 1e-4, 1e-5 and 1e-6 are "
        "always among them.",
    )

    @model_validator(mode="after")
    def falling(self) -> Self:
        if self.largest_h < self.smallest_h:
            raise PydanticCustomError("out_of_range", "largest_h must not be below smallest_h.")
        return self

    @property
    def at(self) -> At:
        return At(self.step)

    def wish(self) -> Wish:
        return Wish(
            self.parameters,
            self.example,
            self.largest_h,
            self.smallest_h,
            self.points,
        )


class CheckedParameterOut(Answer):
    name: str
    address: str
    layer: int
    analytic: Float = Field(description="By backpropagation: what the update uses.")
    numeric: Float = Field(description="Measured with `best_h`.")
    best_h: float = Field(
        description="Where the measurement moves least from one h to the next. It is chosen "
        "without looking at `analytic`."
    )
    relative_error: Float = Field(
        description="Of the two, relative to the larger one (at least 0.001)."
    )
    uncertainty: Float = Field(description="How far the measurement itself may be off.")
    verdict: Verdict
    by_design: bool = Field(
        description="Differs only because sequential order uses weights that have moved already."
    )
    sentence: Bilingual
    errors: Floats1 = Field(description="The relative error for every h.")


class KinkOut(Answer):
    """A corner of an activation or of the loss that a parameter's change goes across."""

    parameter: str
    neuron: str
    layer: int
    example: int
    function: Function
    corner: float = Field(description="Of the net input; of out - target for the loss.")
    distance: Float = Field(description="From the corner, before any change.")
    from_h: float = Field(description="The smallest h that goes across it.")
    within_best_h: bool


class GradientCheckOut(Answer):
    step: int
    example: int | None
    rows: list[int] = Field(description="The places of the examples in the data.")
    verdict: Whole
    sentence: Bilingual
    best_h: float = Field(description="Where the largest error of all parameters is least.")
    h: list[float] = Field(description="Falling.")
    max_errors: Floats1 = Field(description="The largest relative error for every h.")
    parameters: list[CheckedParameterOut]
    checked: int
    of: int = Field(description="The number of parameters that the network has.")
    kinks: list[KinkOut] = Field(description="Nearest first, at most 100.")
    kinks_truncated: bool


def gradient_check_out(checked: Checked) -> GradientCheckOut:
    found, names = checked.sweep, Names.of(checked.spec)
    worst = np.max(found.errors, axis=1)
    known = np.where(np.isnan(worst), np.inf, worst)
    return GradientCheckOut(
        step=checked.step,
        example=checked.example,
        rows=checked.rows.tolist(),
        verdict=checks.whole(found),
        sentence=Bilingual(
            en=checks.sentence(names, found, "en"), ko=checks.sentence(names, found, "ko")
        ),
        best_h=float(found.hs[int(np.argmin(known))]),
        h=found.hs.tolist(),
        max_errors=worst.tolist(),
        parameters=[parameter_out(names, checked, place) for place in range(len(found.indices))],
        checked=len(found.indices),
        of=checked.spec.layout.size,
        kinks=[kink_out(names, checked, kink) for kink in found.kinks[:MOST_KINKS]],
        kinks_truncated=len(found.kinks) > MOST_KINKS,
    )


def parameter_out(names: Names, checked: Checked, place: int) -> CheckedParameterOut:
    found = checked.sweep
    index, verdict = int(found.indices[place]), found.verdicts[place]
    return CheckedParameterOut(
        name=names.parameter_name(index),
        address=names.address(index),
        layer=names.ends(index).layer,
        analytic=float(found.analytic[place]),
        numeric=float(found.at_best(found.numeric)[place]),
        best_h=best_h(checked, place),
        relative_error=float(found.at_best(found.errors)[place]),
        uncertainty=float(found.at_best(found.uncertainty)[place]),
        verdict=verdict,
        by_design=verdict == "by_design",
        sentence=Bilingual(
            en=checks.parameter_sentence(names, found, place, "en"),
            ko=checks.parameter_sentence(names, found, place, "ko"),
        ),
        errors=found.errors[:, place].tolist(),
    )


def best_h(checked: Checked, place: int) -> float:
    return float(checked.sweep.hs[checked.sweep.best[place]])


def kink_out(names: Names, checked: Checked, kink: Kink) -> KinkOut:
    place = int(np.flatnonzero(checked.sweep.indices == kink.parameter)[0])
    return KinkOut(
        parameter=names.parameter_name(kink.parameter),
        neuron=names.neuron_name(kink.layer, kink.neuron),
        layer=kink.layer,
        example=kink.example,
        function=kink.function,
        corner=kink.corner,
        distance=kink.distance,
        from_h=kink.h,
        within_best_h=kink.h <= best_h(checked, place),
    )
