"""Forward, error, backward and update, as arrays and as single values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.nn.names import Names
from app.nn.passes import (
    BackwardLayer,
    BackwardTrace,
    Errors,
    ForwardLayer,
    ForwardTrace,
    StepTrace,
)
from app.nn.softmax import jacobians
from app.nn.spec import Floats, Ints, NetworkSpec
from app.services.asking import Question
from app.services.library import At
from app.web.schemas.base import (
    Answer,
    Asked,
    AskedInQuery,
    Float,
    Floats1,
    Floats2,
    Floats3,
    Matrix,
    Number,
    Step,
    example,
)
from app.web.schemas.spec import to_array
from app.web.schemas.steps import MOST_UPDATES, UpdateOut

ALL = slice(None)
MOST_SLOPES = 100_000

SlopesOut: TypeAlias = Floats2 | Floats3 | None


class ForwardIn(Asked):
    """Without inputs: the network's own batch at that step."""

    model_config = example({"inputs": [[0.05, 0.10]]})

    inputs: Matrix | None = None
    step: Step | None = None
    overrides: dict[str, Number] = Field(
        default={}, description="Other parameters, for this pass only."
    )
    standardise: bool = Field(
        default=False, description="The inputs sent are treated as the data's inputs were."
    )

    def question(self) -> Question:
        inputs = to_array(self.inputs, "/inputs")
        return Question(At(self.step), inputs, None, self.overrides, self.standardise)


class BackwardIn(ForwardIn):
    model_config = example({"overrides": {"w5": 0.41}})

    targets: Matrix | None = None

    def question(self) -> Question:
        inputs = to_array(self.inputs, "/inputs")
        targets = to_array(self.targets, "/targets")
        return Question(At(self.step), inputs, targets, self.overrides, self.standardise)


class AtQuery(AskedInQuery):
    """Neither step nor seq: as the network is now."""

    step: Step | None = Field(
        default=None, description="After so many updates, on the current line."
    )
    seq: Step | None = Field(
        default=None, description="Any history entry, also one left by a reset."
    )

    @model_validator(mode="after")
    def not_both(self) -> Self:
        if self.step is not None and self.seq is not None:
            raise PydanticCustomError("one_of", "Give a step or a seq, not both.")
        return self

    @property
    def at(self) -> At:
        return At(self.step, self.seq)


class TraceQuery(AtQuery):
    example: Step | None = Field(default=None, description="One row of the batch, counted from 0.")


class ValuesQuery(AtQuery):
    example: Step = Field(default=0, description="The row of the batch, counted from 0.")
    names: Annotated[str, Field(max_length=20_000)] | None = Field(
        None,
        description="Names separated by commas; without them all, in order of computation.",
        examples=["net_h1,dE/dw5,w5+"],
    )
    page_size: int = Field(default=1_000, ge=1, le=1_000)
    page_token: Annotated[str, Field(max_length=20)] | None = None


class ValueQuery(AtQuery):
    example: Step = Field(default=0, description="The row of the batch, counted from 0.")


class ForwardLayerOut(Answer):
    layer: int
    net: Floats2
    out: Floats2


class BackwardLayerOut(ForwardLayerOut):
    """Per example: net, out, dE_dout, slope, delta. Of the batch, reduced: dE_dW, dE_db."""

    dE_dout: Floats2
    slope: SlopesOut = Field(
        description="Of softmax the Jacobian of each example, out by net; null where all of "
        "them are too many numbers: then ask for one example."
    )
    delta: Floats2
    dE_dW: Floats2
    dE_db: Floats1 | None


class ErrorOut(Answer):
    per_output: Floats2
    per_example: Floats1
    total: Float = Field(description="Reduced over the examples.")


class ForwardOut(Answer):
    step: int
    layers: list[ForwardLayerOut]
    outputs: Floats2
    error: ErrorOut | None


class BackwardOut(Answer):
    step: int
    layers: list[BackwardLayerOut]
    outputs: Floats2
    error: ErrorOut


class TracedUpdateOut(UpdateOut):
    change: Float


class TraceOut(Answer):
    step: int
    seq: int
    example: int | None
    rows: list[int] = Field(description="The places of the batch's examples in the data.")
    inputs: Floats2
    targets: Floats2
    layers: list[BackwardLayerOut]
    outputs: Floats2
    error: ErrorOut
    updates: list[TracedUpdateOut] = Field(description="At most 1000 parameters.")
    loss: Float = Field(description="E_batch, whichever example is shown.")


class ValuesOut(Answer):
    step: int
    example: int
    values: dict[str, Float]
    next_page_token: str | None = None


def forward_out(step: int, trace: ForwardTrace) -> ForwardOut:
    return ForwardOut(
        step=step,
        layers=[forward_layer(at, layer) for at, layer in enumerate(trace.layers, start=1)],
        outputs=trace.outputs.tolist(),
        error=None if trace.errors is None else error_out(trace.errors),
    )


def forward_layer(number: int, layer: ForwardLayer) -> ForwardLayerOut:
    return ForwardLayerOut(layer=number, net=layer.net.tolist(), out=layer.out.tolist())


def backward_out(step: int, trace: BackwardTrace) -> BackwardOut:
    return BackwardOut(
        step=step,
        layers=layers_out(trace, ALL),
        outputs=trace.forward.outputs.tolist(),
        error=error_out(judged(trace.forward)[1]),
    )


def layers_out(trace: BackwardTrace, rows: slice) -> list[BackwardLayerOut]:
    pairs = zip(trace.forward.layers, trace.layers, strict=True)
    return [backward_layer(at, f, b, rows) for at, (f, b) in enumerate(pairs, start=1)]


def backward_layer(
    number: int, forward: ForwardLayer, backward: BackwardLayer, rows: slice
) -> BackwardLayerOut:
    return BackwardLayerOut(
        layer=number,
        net=forward.net[rows].tolist(),
        out=forward.out[rows].tolist(),
        dE_dout=backward.dE_dout[rows].tolist(),
        slope=slopes(forward.out[rows], backward, rows),
        delta=backward.delta[rows].tolist(),
        dE_dW=backward.dE_dW.tolist(),
        dE_db=None if backward.dE_db is None else backward.dE_db.tolist(),
    )


def slopes(out: Floats, layer: BackwardLayer, rows: slice) -> SlopesOut:
    """A number for each neuron, of softmax a matrix for each example while they are few."""
    if not layer.joint:
        numbers: Floats2 = layer.slope[rows].tolist()
        return numbers
    if out.size * out.shape[1] > MOST_SLOPES:
        return None
    matrices: Floats3 = jacobians(out).tolist()
    return matrices


def error_out(errors: Errors, rows: slice = ALL) -> ErrorOut:
    return ErrorOut(
        per_output=errors.per_output[rows].tolist(),
        per_example=errors.per_example[rows].tolist(),
        total=errors.total,
    )


def judged(trace: ForwardTrace) -> tuple[Floats, Errors]:
    """Targets and errors of a pass that had targets, as every backward pass has."""
    assert trace.targets is not None  # noqa: S101
    assert trace.errors is not None  # noqa: S101
    return trace.targets, trace.errors


def trace_out(
    spec: NetworkSpec, trace: StepTrace, seq: int, indices: Ints, shown: int | None
) -> TraceOut:
    """`indices` (N,) are the data indices of the batch, `shown` one row of it."""
    rows = ALL if shown is None else slice(shown, shown + 1)
    forward = trace.backward.forward
    targets, errors = judged(forward)
    return TraceOut(
        step=trace.before.step,
        seq=seq,
        example=shown,
        rows=indices[rows].tolist(),
        inputs=forward.inputs[rows].tolist(),
        targets=targets[rows].tolist(),
        layers=layers_out(trace.backward, rows),
        outputs=forward.outputs[rows].tolist(),
        error=error_out(errors, rows),
        updates=updates_out(Names.of(spec), trace),
        loss=errors.total,
    )


def updates_out(names: Names, trace: StepTrace) -> list[TracedUpdateOut]:
    before, after = trace.before.theta, trace.after.theta
    first = slice(MOST_UPDATES)
    columns: Sequence[Sequence[Any]] = (
        *names.some_parameters(first),
        before[first].tolist(),
        trace.backward.gradient[first].tolist(),
        after[first].tolist(),
        (after - before)[first].tolist(),
    )
    numbers = zip(*columns, strict=True)
    return [
        TracedUpdateOut(name=n, address=a, before=b, gradient=g, after=after, change=change)
        for n, a, b, g, after, change in numbers
    ]
