"""Trainings as rows: what is kept once, what changes with every chunk, and the way back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import numpy as np
from sqlalchemy import Row

from app.services.records import Evaluate, Evaluation, Training
from app.services.stopping import Best, Patience, Stop
from app.storage.encoding import (
    number_to_bytes,
    time_to_text,
    to_bytes,
    to_floats,
    to_number,
    to_time,
)

COLUMNS = 3
"""Of an evaluation: step, loss, accuracy, where NaN stands for none."""


def first_row(training: Training, turn: int) -> dict[str, Any]:
    return {
        "id": training.id,
        "network_id": training.network_id,
        "total": training.total,
        "cancel": training.cancel,
        "created_at": time_to_text(training.created_at),
        "stop": text_of(training.stop),
        "evaluate": None if training.evaluate is None else text_of(training.evaluate),
        "sweep_id": training.sweep_id,
        "fence": training.fence,
        "held": training.held,
        "turn": turn,
        "beat": 0,
        "deaths": 0,
        **progress_row(training),
    }


def progress_row(training: Training) -> dict[str, Any]:
    return {
        "state": training.state,
        "done": training.done,
        "seconds": training.seconds,
        "loss": number_to_bytes(training.loss),
        "problem": training.problem,
        "updated_at": time_to_text(training.updated_at),
        "stopped_by": training.stopped_by,
        "best": number_to_bytes(training.best.loss),
        "best_at": training.best.at,
        "evaluations": evaluations_to_bytes(training.evaluations),
    }


def text_of(rules: Stop | Evaluate) -> str:
    return json.dumps(asdict(rules), separators=(",", ":"))


def evaluations_to_bytes(seen: tuple[Evaluation, ...]) -> bytes:
    nan = float("nan")
    rows = [(e.step, e.loss, nan if e.accuracy is None else e.accuracy) for e in seen]
    return to_bytes(np.array(rows, dtype=np.float64))


def to_training(row: Row[Any]) -> Training:
    return Training(
        id=row.id,
        network_id=row.network_id,
        state=row.state,
        total=row.total,
        done=row.done,
        seconds=row.seconds,
        cancel=row.cancel,
        loss=to_number(row.loss),
        problem=row.problem,
        created_at=to_time(row.created_at),
        updated_at=to_time(row.updated_at),
        stop=to_stop(row.stop),
        stopped_by=row.stopped_by,
        best=Best() if row.best is None else Best(float(to_floats(row.best)[0]), row.best_at),
        evaluate=None if row.evaluate is None else Evaluate(**json.loads(row.evaluate)),
        evaluations=to_evaluations(row.evaluations),
        sweep_id=row.sweep_id,
        fence=row.fence,
        held=row.held,
    )


def to_stop(text: str | None) -> Stop:
    """No rule for trainings that were kept before there were any."""
    fields: dict[str, Any] = {} if text is None else json.loads(text)
    if fields.get("no_improvement") is not None:
        fields["no_improvement"] = Patience(**fields["no_improvement"])
    return Stop(**fields)


def to_evaluations(kept: bytes | None) -> tuple[Evaluation, ...]:
    return tuple(
        Evaluation(int(step), loss, None if accuracy != accuracy else accuracy)
        for step, loss, accuracy in to_floats(kept or b"", COLUMNS).tolist()
    )
