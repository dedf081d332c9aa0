"""Many trainings over a grid."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Field, TypeAdapter, WrapValidator, model_validator
from pydantic_core import PydanticCustomError

from app.errors import BadInput, NotFound
from app.nn.spec import MAX_SEED, Choice
from app.services.creation import Draft
from app.services.grid import Grid
from app.services.library import Library
from app.services.records import Trial, TrialState
from app.services.stopping import Rule
from app.services.sweeps import Wish, base_of
from app.services.tally import Tally
from app.services.trainings import Plan
from app.web.schemas.base import (
    Answer,
    Asked,
    AskedInQuery,
    Count,
    Float,
    Id,
    Number,
    Text,
    example,
)
from app.web.schemas.networks import NetworkIn
from app.web.schemas.spec import ChoiceOut, OptimizerIn, choice_out, is_none
from app.web.schemas.trainings import State, StopIn

MOST = 1_000
KNOWN_ID = TypeAdapter(Id)


def by_its_kind(given: object, _handler: object) -> object:
    """Faults of what is meant, an id or a specification, not of both."""
    if isinstance(given, str):
        return KNOWN_ID.validate_python(given)
    return NetworkIn.model_validate(given)


def by_name(given: object, _handler: object) -> object:
    return OptimizerIn.model_validate({"name": given} if isinstance(given, str) else given)


Base: TypeAlias = Annotated[Id | NetworkIn, WrapValidator(by_its_kind)]
OptimizerChoice: TypeAlias = Annotated[
    OptimizerIn,
    WrapValidator(by_name, json_schema_input_type=Text | OptimizerIn),
]
Sizes: TypeAlias = Annotated[list[Count], Field(max_length=MOST)]
Seed: TypeAlias = Annotated[int, Field(ge=0, le=MAX_SEED)]


class GridIn(Asked):
    """What is varied. Every combination is a trial; the last of these varies fastest."""

    model_config = example({"hidden": [[3], [4, 4]], "learning_rate": [0.1, 0.5, 2.0]})

    hidden: Annotated[list[Sizes], Field(max_length=MOST)] = Field(
        default=[], description="The sizes of the hidden layers; [] means none."
    )
    activation: Annotated[list[Text], Field(max_length=MOST)] = Field(
        default=[], description="Of all hidden layers."
    )
    optimizer: Annotated[list[OptimizerChoice], Field(max_length=MOST)] = Field(
        default=[], description="Names, or objects with options."
    )
    learning_rate: Annotated[list[Number], Field(max_length=MOST)] = Field(default=[])
    seed: Annotated[list[Seed], Field(max_length=MOST)] = Field(
        default=[],
        description="With seeds or sizes the starting parameters are drawn; else they are the "
        "base's own.",
    )

    @property
    def grid(self) -> Grid:
        return Grid(
            hidden=[tuple(sizes) for sizes in self.hidden],
            activation=self.activation,
            optimizer=[Choice(entry.name, entry.options) for entry in self.optimizer],
            learning_rate=self.learning_rate,
            seed=self.seed,
        )


class SweepIn(Asked):
    model_config = example(
        {
            "network": {
                "layers": [{"size": 2}, {"size": 3, "activation": "tanh"}, {"size": 1}],
                "data": {"dataset": "moons", "test_fraction": 0.25},
            },
            "grid": {"hidden": [[3], [4, 4]], "learning_rate": [0.1, 0.5, 2.0]},
            "epochs": 500,
            "stop": {"not_finite": True},
        },
        {"network": "8d1f2c7a90b3e456", "grid": {"learning_rate": [0.1, 0.5]}, "steps": 1_000},
    )

    name: Text | None = None
    network: Base = Field(description="The id of a network, or a specification.")
    grid: GridIn
    steps: Count | None = None
    epochs: Count | None = None
    stop: StopIn = StopIn()

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        if (self.steps is None) == (self.epochs is None):
            raise PydanticCustomError("one_of", "Give either steps or epochs.")
        return self

    def wish(self, library: Library) -> Wish:
        """Raises BadInput."""
        return Wish(
            base=drafted(self.network, library),
            inline=not isinstance(self.network, str),
            grid=self.grid.grid,
            plan=Plan(self.steps, self.epochs, self.stop.rules),
            name=self.name,
        )


def drafted(base: str | NetworkIn, library: Library) -> Draft:
    """Raises BadInput that points into `network`."""
    try:
        return base_of(library, base) if isinstance(base, str) else base.draft()
    except NotFound as error:
        raise BadInput.at("/network", "unknown-name", error.detail) from None
    except BadInput as error:
        faults = [replace(f, pointer=f"/network{f.pointer}") for f in error.faults]
        raise BadInput(faults) from None


class SweepQuery(AskedInQuery):
    page_size: int = Field(default=20, ge=1, le=100)
    page_token: Annotated[str, Field(max_length=200)] | None = None


class TrialQuery(AskedInQuery):
    page_size: int = Field(default=100, ge=1, le=1000)
    page_token: Annotated[str, Field(max_length=20)] | None = None


class ChoicesOut(Answer):
    """What a trial has of each axis that is varied."""

    hidden: list[int] | None = Field(default=None, exclude_if=is_none)
    activation: str | None = Field(default=None, exclude_if=is_none)
    optimizer: ChoiceOut | None = Field(default=None, exclude_if=is_none)
    learning_rate: Float | None = Field(default=None, exclude_if=is_none)
    seed: int | None = Field(default=None, exclude_if=is_none)


class GridOut(Answer):
    hidden: list[list[int]] | None = Field(default=None, exclude_if=is_none)
    activation: list[str] | None = Field(default=None, exclude_if=is_none)
    optimizer: list[ChoiceOut] | None = Field(default=None, exclude_if=is_none)
    learning_rate: list[Float] | None = Field(default=None, exclude_if=is_none)
    seed: list[int] | None = Field(default=None, exclude_if=is_none)


class TrialOut(Answer):
    number: int
    settings: ChoicesOut
    state: TrialState
    network_id: str
    training_id: str | None = Field(description="null once the network was deleted.")
    total: int | None
    done: int | None
    loss: Float | None
    test_loss: Float | None
    accuracy: Float | None = Field(description="On the test examples, for classes.")
    stopped_by: Rule | None
    problem: str | None


class TrialList(Answer):
    trials: list[TrialOut]
    next_page_token: str | None


class SweepOut(Answer):
    id: str
    name: str | None
    state: State
    grid: GridOut
    trials: int
    states: dict[TrialState, int] = Field(description="How many trials are in each state.")
    total: int = Field(description="Steps of all trials.")
    done: int
    rate: Float | None = Field(description="Steps per second of all trials together.")
    seconds_left: Float | None
    judged_by: Literal["test_loss", "loss"] = Field(description="What makes a trial the best.")
    best: TrialOut | None = Field(description="Of those that have succeeded so far.")
    created_at: datetime


class SweepList(Answer):
    sweeps: list[SweepOut]
    next_page_token: str | None


def sweep_out(found: Tally) -> SweepOut:
    sweep = found.sweep
    return SweepOut(
        id=sweep.id,
        name=sweep.name,
        state=found.state,
        grid=GridOut(**{name: [shown(v) for v in values] for name, values in sweep.axes.items()}),
        trials=found.trials,
        states=dict(found.states),
        total=found.total,
        done=found.done,
        rate=found.rate,
        seconds_left=found.seconds_left,
        judged_by=sweep.judged_by,
        best=None if found.best is None else trial_out(found.best),
        created_at=sweep.created_at,
    )


def trial_out(trial: Trial) -> TrialOut:
    training, seen = trial.training, trial.evaluation
    return TrialOut(
        number=trial.number,
        settings=ChoicesOut(**{name: shown(value) for name, value in trial.choices.items()}),
        state=trial.state,
        network_id=trial.network_id,
        training_id=None if training is None else training.id,
        total=None if training is None else training.total,
        done=None if training is None else training.done,
        loss=None if training is None else training.loss,
        test_loss=None if seen is None else seen.loss,
        accuracy=None if seen is None else seen.accuracy,
        stopped_by=None if training is None else training.stopped_by,
        problem=None if training is None else training.problem,
    )


def shown(value: Any) -> Any:  # noqa: ANN401 — a value on any axis
    if isinstance(value, Choice):
        return choice_out(value.name, value.options)
    return list(value) if isinstance(value, tuple) else value
