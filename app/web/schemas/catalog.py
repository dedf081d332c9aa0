"""What there is to choose from, each with its formula and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Literal

from app.explain.words import catalog_words
from app.nn.activations import ACTIVATIONS, Activation
from app.nn.datasets import DATASETS, Dataset, generate
from app.nn.initializers import INITIALIZERS
from app.nn.losses import LOSSES, Loss
from app.nn.optimizers import OPTIMIZERS
from app.nn.registry import Option, Registered
from app.services.presets import PRESETS, SENTENCES
from app.settings import Limits
from app.web.schemas.base import Answer
from app.web.schemas.networks import NetworkIn


class Bilingual(Answer):
    en: str
    ko: str


class OptionOut(Answer):
    name: str
    default: float | bool | None
    """null when the option is not in use unless it is given."""
    low: float | None
    """The smallest value; null when there is none."""
    below: float | None
    """What the value stays below; null when there is no such bound."""
    high: float | None
    """The largest."""
    whole: bool
    """Without a fraction."""


class EntryOut(Answer):
    name: str
    formula: str
    formula_latex: str
    sentence: Bilingual
    link: str
    options: list[OptionOut]


class ActivationOut(EntryOut):
    joint: bool
    """Made from all net inputs of its layer: for the output layer only."""


class LossOut(EntryOut):
    needs: str | None
    """The activation that the output layer must have; null when any will do."""


class DatasetOut(EntryOut):
    kind: Literal["classification", "regression"]
    inputs: list[str]
    """The names of the columns; as many inputs does a network need."""
    targets: list[str]
    classes: list[str]
    """What is told apart; empty for a regression."""
    examples: int
    """With the options at their defaults."""
    spec: NetworkIn
    """A network that learns it, ready to be posted."""


class PresetOut(Answer):
    name: str
    sentence: Bilingual
    spec: NetworkIn


class TermCardOut(Answer):
    id: str
    sign: str
    name: Bilingual
    meaning: Bilingual
    aloud: Bilingual


class CatalogOut(Answer):
    activations: list[ActivationOut]
    losses: list[LossOut]
    optimizers: list[EntryOut]
    initializers: list[EntryOut]
    datasets: list[DatasetOut]
    presets: list[PresetOut]
    limits: dict[str, int]
    words: dict[str, Bilingual]
    """The templates of all sentences."""
    terms: list[TermCardOut]
    """The glossary."""


def catalog_out(limits: Limits) -> CatalogOut:
    words = catalog_words()
    return CatalogOut(
        activations=[activation_out(entry) for entry in ACTIVATIONS.values()],
        losses=[loss_out(entry) for entry in LOSSES.values()],
        optimizers=entries_out(OPTIMIZERS),
        initializers=entries_out(INITIALIZERS),
        datasets=[dataset_out(entry) for entry in DATASETS.values()],
        presets=[preset_out(name) for name in PRESETS],
        limits=asdict(limits),
        words={key: Bilingual(**text) for key, text in words["templates"].items()},
        terms=[TermCardOut.model_validate(term) for term in words["terms"]],
    )


def entries_out(registry: Mapping[str, Registered]) -> list[EntryOut]:
    return [entry_out(entry) for entry in registry.values()]


def entry_out(entry: Registered) -> EntryOut:
    options: tuple[Option, ...] = getattr(entry, "options", ())
    return EntryOut(
        name=entry.name,
        formula=entry.formula,
        formula_latex=entry.formula_latex,
        sentence=Bilingual.model_validate(dict(entry.sentence)),
        link=entry.link,
        options=[OptionOut.model_validate(option) for option in options],
    )


def activation_out(entry: Activation) -> ActivationOut:
    return ActivationOut(**dict(entry_out(entry)), joint=entry.joint)


def loss_out(entry: Loss) -> LossOut:
    return LossOut(**dict(entry_out(entry)), needs=entry.needs)


def dataset_out(entry: Dataset) -> DatasetOut:
    return DatasetOut(
        **dict(entry_out(entry)),
        kind=entry.kind,
        inputs=list(entry.inputs),
        targets=list(entry.targets),
        classes=list(entry.classes),
        examples=len(generate(entry.name, {})[0]),
        spec=suggested(entry),
    )


def suggested(entry: Dataset) -> NetworkIn:
    recipe = entry.suggested
    layers = [{"size": size, "activation": name} for size, name in recipe.layers]
    spec = {
        "layers": [{"size": len(entry.inputs)}, *layers],
        "loss": recipe.loss,
        "optimizer": {"name": "sgd", "learning_rate": recipe.learning_rate},
        "data": {"dataset": entry.name},
    }
    return NetworkIn.model_validate(spec)


def preset_out(name: str) -> PresetOut:
    return PresetOut(
        name=name,
        sentence=Bilingual.model_validate(dict(SENTENCES[name])),
        spec=NetworkIn.model_validate(dict(PRESETS[name])),
    )
