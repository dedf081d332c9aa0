"""An example of every answer, computed: the worked example at its first step.

They come from the same functions as the answers themselves, so they cannot grow old.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from app import __version__
from app.explain.cards import card
from app.explain.derivations import derive
from app.nn.alarms import alarms
from app.nn.passes import StepTrace, step
from app.nn.spec import Choice
from app.nn.state import start
from app.services import buckets, explaining
from app.services.batches import next_batch, trace_of
from app.services.boundary import Grid, surface
from app.services.buckets import Buckets, Cells
from app.services.creation import first_parameters, first_revision
from app.services.data import Preparation, of_dataset
from app.services.gradient_checks import Wish, check
from app.services.learning import learn
from app.services.library import Span
from app.services.links import Token
from app.services.live import News, Position
from app.services.presets import PRESETS
from app.services.records import (
    Entry,
    Evaluate,
    Evaluation,
    Link,
    Network,
    Pointer,
    Progress,
    Role,
    Setting,
    Standing,
    Sweep,
    Training,
    Trial,
)
from app.services.steps import Steps
from app.services.stopping import Patience, Stop
from app.services.tally import tally
from app.services.values import by_name
from app.settings import Limits
from app.web.schemas.alarms import alarms_out
from app.web.schemas.base import Answer
from app.web.schemas.boundary import boundary_out
from app.web.schemas.catalog import CatalogOut, catalog_out
from app.web.schemas.data_out import SourceOut, StandardisationOut, preview_out
from app.web.schemas.derivations import derivation_out
from app.web.schemas.explanations import (
    CalculationOut,
    CountsOut,
    ExplanationsOut,
    FactorShownOut,
    MatrixOut,
    card_out,
)
from app.web.schemas.gradient_checks import KinkOut, gradient_check_out
from app.web.schemas.health import Health, Ready
from app.web.schemas.history import ColumnsOut, SeriesOf, history_out
from app.web.schemas.links import link_list, new_link_out
from app.web.schemas.live import PointerOut, network_event
from app.web.schemas.networks import (
    NetworkIn,
    NetworkList,
    NotFiniteOut,
    OriginOut,
    ThinnedOut,
    created_out,
    network_out,
    summary_out,
)
from app.web.schemas.parameters import parameter_list
from app.web.schemas.passes import ValuesOut, backward_out, forward_out, trace_out
from app.web.schemas.steps import steps_out
from app.web.schemas.sweeps import SweepList, TrialList, sweep_out, trial_out
from app.web.schemas.trainings import TrainingList, training_out

SOME_DAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FEW = 3
SECRET = "q8ZtW1n0pXo4…"  # noqa: S105 — of an example


def answers() -> Sequence[Answer]:
    """One example per kind of answer, two where there are two shapes."""
    network = worked_example()
    trace = trace_of(network.head)
    return [
        network_out(network, network.head.state.theta, None, full=False),
        NetworkList(networks=[summary_out(network)], next_page_token=None),
        parameter_list(network, 0, FEW),
        steps_out(one_step(network), None),
        *of_trace(network, trace),
        *of_words(network, trace),
        *of_history(network),
        *of_checks(network),
        *of_links(network),
        training_out(training()),
        TrainingList(trainings=[training_out(training())]),
        *of_sweeps(),
        *of_streams(),
        few_of_catalog(),
        Ready(),
        preview_out(of_dataset("xor", {}, Preparation())),
        SourceOut.model_validate({"dataset": "spiral", "count": 100, "noise": 0.1, "seed": 1}),
        StandardisationOut(mean=[5.84, 3.05], std=[0.83, 0.43]),
        NotFiniteOut(step=1, name="net_o1", value=math.inf),
        OriginOut(id="8d1f2c7a90b3e456", step=12),
        ThinnedOut(dropped=1200, recomputed=90_000, longest_gap=7),
        Health(version=__version__, kernel="compiled"),
    ]


def worked_example() -> Network:
    draft = NetworkIn.model_validate(dict(PRESETS["worked-example"])).draft()
    state = start(draft.spec, first_parameters(draft.spec, draft))
    made = first_revision(draft.name, Setting(0, draft.spec, draft.data), state)
    return replace(made, id="8d1f2c7a90b3e456", created_at=SOME_DAY, updated_at=SOME_DAY)


def one_step(network: Network) -> Steps:
    learned = learn(network.head, 1)
    after = network.extended(learned.runs, learned.head, SOME_DAY)
    gradient = trace_of(network.head).backward.gradient
    return Steps(after, 1, network.head.loss, network.head, gradient)


def of_streams() -> Iterator[Answer]:
    yield PointerOut.model_validate(Pointer(step=1, phase="backward", quantity="dE/dw5"))
    progress = Progress("5f0c31d3a2b94e61", "running", total=10_000, done=4_096)
    standing = Standing(9, 4_099, 4_099, 0.000_11, progress, 0, None)
    yield network_event(News("network", Position(4_099, 9, 0), standing, after_seq=3))


def of_trace(network: Network, trace: StepTrace) -> Sequence[Answer]:
    spec, backward = network.head.spec, trace.backward
    rows = next_batch(network.head.setting, 0).rows
    values = by_name(spec, trace, ["net_h1", "dE/dw5", "w5+"], 0)
    return [
        forward_out(0, backward.forward),
        backward_out(0, backward),
        trace_out(spec, trace, 0, rows, None),
        ValuesOut(step=0, example=0, values=values),
    ]


def of_words(network: Network, trace: StepTrace) -> Sequence[Answer]:
    spec = network.head.spec
    found = explaining.stops(network.head.setting, 0)
    stops = [CalculationOut.model_validate(stop) for stop in found[:FEW]]
    counts = CountsOut(**found.counts())
    said = card_out(card(spec, trace, "dE/dw5", 0, "en", 0))
    return [
        ExplanationsOut(step=0, example=0, calculations=stops, counts=counts, next_page_token="Mw"),  # noqa: S106
        ExplanationsOut(step=0, example=0, cards=[said]),
        slopes_of_softmax(),
        derivation_out(0, derive(spec, trace, "w5", 0)),
    ]


def slopes_of_softmax() -> MatrixOut:
    """Of two shares, 0.25 and 0.75."""
    names = [f"dout_o{of}/dnet_o{by}" for of in (1, 2) for by in (1, 2)]
    numbers = [
        FactorShownOut(name=name, value=value, shown=f"{value:.4f}".replace("-", "−"))
        for name, value in zip(names, (0.1875, -0.1875, -0.1875, 0.1875), strict=True)
    ]
    return MatrixOut(
        caption="dout/dnet, all of them",
        rows=["out_o1", "out_o2"],
        columns=["net_o1", "net_o2"],
        cells=[[*numbers[:2]], [*numbers[2:]]],
    )


def of_history(network: Network) -> Sequence[Answer]:
    axis = buckets.axis(Span(1, 4), 2)
    losses = np.array([[learn(network.head, steps).head.loss for steps in range(1, 5)]])
    gathered = Buckets(axis, 1)
    gathered.add([0], Cells(np.arange(1, 5), losses, losses, losses))
    found = SeriesOf(network, {"loss": gathered.series()[0]})
    return [
        history_out(axis, found, found),
        ColumnsOut(columns=["i1", "i2", "w1", "w2"], next_page_token="NA"),  # noqa: S106,
    ]


def of_links(network: Network) -> Sequence[Answer]:
    shown = network_out(network, network.head.state.theta, None, full=False)
    edit = token("3c9d5e2b71a80f46", network, "edit")
    view = token("b1f6a07d24e8935c", network, "view")
    return [
        created_out(shown, (edit, view), linked=True),
        new_link_out(view),
        link_list([edit.link, view.link]),
    ]


def token(link_id: str, network: Network, role: Role) -> Token:
    return Token(
        Link(link_id, network.id, role, b"", SOME_DAY, SOME_DAY.date()), f"{link_id}.{SECRET}"
    )


def of_checks(network: Network) -> Sequence[Answer]:
    """Twins need another start: the same weights everywhere."""
    spec, head = network.head.spec, network.head
    entry = Entry(head.seq, head.step, head.setting, head.state.theta, head.loss)
    batch = next_batch(head.setting, 0)
    same = start(spec, np.full(spec.layout.size, 0.5))
    twins = step(spec, same, batch.inputs, batch.targets)
    wish = Wish(parameters=["w5"], largest=1e-4, smallest=1e-6, points=3)
    grid = Grid(resolution=2, low=(0.0, 0.0), high=(1.0, 1.0))
    return [
        gradient_check_out(check(head, wish, Limits())),
        KinkOut(
            parameter="w1",
            neuron="h1",
            layer=1,
            example=0,
            function="activation",
            corner=0.0,
            distance=0.0003,
            from_h=0.01,
            within_best_h=False,
        ),
        alarms_out(0, alarms(spec, twins), "en"),
        boundary_out(surface(entry, grid, Limits()), neurons=True),
    ]


def training() -> Training:
    return Training(
        id="5f0c31d3a2b94e61",
        network_id="8d1f2c7a90b3e456",
        state="running",
        total=10_000,
        done=4_096,
        seconds=0.005,
        cancel=False,
        loss=0.00012,
        problem=None,
        created_at=SOME_DAY,
        updated_at=SOME_DAY,
        stop=Stop(loss_below=0.00001, no_improvement=Patience(500), seconds=60.0),
        evaluate=Evaluate(1_000),
        evaluations=(Evaluation(4_000, 0.00013, None),),
    )


def of_sweeps() -> Sequence[Answer]:
    axes: dict[str, Sequence[Any]] = {
        "hidden": [(3,), (4, 4)],
        "optimizer": [Choice("adam")],
        "learning_rate": [0.1],
    }
    sweep = Sweep("c41d0f6a7b2e9853", "Two sizes", axes, "test_loss", False, SOME_DAY)
    choices = {"hidden": (3,), "optimizer": Choice("adam"), "learning_rate": 0.1}
    seen = (Evaluation(10_000, 0.00013, 0.98),)
    ended = replace(training(), state="succeeded", done=10_000, evaluations=seen)
    began = SOME_DAY - timedelta(seconds=2)
    trials = [
        Trial(1, choices, ended.network_id, ended),
        Trial(2, {**choices, "hidden": (4, 4)}, ended.network_id, training()),
    ]
    found = sweep_out(tally(replace(sweep, created_at=began), trials))
    return [
        found,
        SweepList(sweeps=[found], next_page_token=None),
        TrialList(trials=[trial_out(trial) for trial in trials], next_page_token="Mg"),  # noqa: S106
    ]


def few_of_catalog() -> CatalogOut:
    """One entry of each kind: the whole would drown the description."""
    whole = catalog_out(Limits())
    few = {
        name: dict(list(value.items())[:1]) if isinstance(value, dict) else value[:1]
        for name, value in whole
        if name != "limits"
    }
    return whole.model_copy(update=few)
