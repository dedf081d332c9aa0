"""Runs of history entries as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    bindparam,
    case,
    cast,
    func,
    insert,
    select,
    update,
)

from app.nn.spec import Floats
from app.services.records import Curve, Outline, Run, Summary
from app.services.summaries import bins_of
from app.storage.encoding import to_bytes, to_floats
from app.storage.tables import runs, summaries

CURVE = select(runs.c.first_seq, runs.c.first_step, runs.c.length, runs.c.losses)


def unless_summarised(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A large value that the database reads only when there is no summary."""
    return case((summaries.c.numbers.is_(None), column)).label(column.name)


LARGE = {"losses", "memory", "thetas"}
SUMMARISED = runs.outerjoin(
    summaries,
    (summaries.c.network_id == runs.c.network_id) & (summaries.c.first_seq == runs.c.first_seq),
)
SHORT = select(
    *(unless_summarised(c) if c.name in LARGE else c for c in runs.c), summaries.c.numbers
).select_from(SUMMARISED)
SHORT_CURVE = select(
    runs.c.first_seq, runs.c.first_step, runs.c.length, unless_summarised(runs.c.losses),
    summaries.c.numbers,
).select_from(SUMMARISED)  # fmt: skip

OUTLINE = (
    select(
        runs.c.first_seq, runs.c.first_step, runs.c.length, runs.c.kept_rows, runs.c.kind,
        func.length(runs.c.memory).label("memory_bytes"),
        func.length(runs.c.thetas).label("theta_bytes"),
    )
    .where(runs.c.network_id == bindparam("network_id"))
    .order_by(runs.c.first_seq)
)  # fmt: skip
"""The length of a large value is known without reading it."""


def touching(
    query: Select[Any], network_id: str, low: int, high: int, first: int, last: int
) -> Select[Any]:
    """Of the runs that begin at seq low..high those that have some of the steps first..last."""
    return query.where(
        runs.c.network_id == network_id,
        runs.c.first_seq.between(low, high),
        runs.c.first_step <= last,
        runs.c.first_step + runs.c.length > first,
    ).order_by(runs.c.first_seq)


def add_runs(connection: Connection, network_id: str, added: Sequence[Run]) -> None:
    if added:
        connection.execute(insert(runs), [run_row(network_id, run) for run in added])
    for run in added:
        if run.summary is not None:
            numbers = to_bytes(run.summary)
            row = {"network_id": network_id, "first_seq": run.first_seq, "numbers": numbers}
            connection.execute(insert(summaries).values(row))


def run_row(network_id: str, run: Run) -> dict[str, Any]:
    return {
        "network_id": network_id,
        "first_seq": run.first_seq,
        "first_step": run.first_step,
        "length": run.count,
        "after_seq": run.after_seq,
        "setting": run.setting,
        "kind": run.kind,
        "losses": None if run.losses is None else to_bytes(run.losses),
        "memory": to_bytes(run.memory),
        "thetas": to_bytes(run.thetas),
        "kept_rows": len(run.thetas) if run.dropped else None,
    }


def thin_runs(
    connection: Connection, network_id: str, rows: Mapping[int, int], row_bytes: int
) -> None:
    """Keeps only the last row of parameters of these runs, or none and no memory either."""
    for first_seq, left in rows.items():
        this = (runs.c.network_id == network_id) & (runs.c.first_seq == first_seq)
        begin = cast((runs.c.length - 1) * row_bytes + 1, Integer)
        last = func.substr(runs.c.thetas, begin, row_bytes)
        hollow = {"thetas": case((runs.c.kept_rows.is_(None), last), else_=runs.c.thetas)}
        changed = hollow if left else {"thetas": b"", "memory": b""}
        connection.execute(update(runs).where(this).values(**changed, kept_rows=left))


def read_outlines(connection: Connection, network_id: str) -> list[Outline]:
    found = connection.execute(OUTLINE, {"network_id": network_id})
    return [to_outline(row) for row in found]


def to_outline(row: Any) -> Outline:  # noqa: ANN401 — a row of OUTLINE
    rows = row.length if row.kept_rows is None else row.kept_rows
    return Outline(
        row.first_seq,
        row.first_step,
        row.length,
        rows,
        row.theta_bytes // rows if rows else 0,
        row.memory_bytes,
        row.kind == "updates",
    )


def to_run(row: Row[Any], high: int | None = None) -> Run:
    """Entries after `high` are cut off."""
    rows = row.length if row.kept_rows is None else row.kept_rows
    thetas = to_rows(row.thetas, rows)
    run = Run(
        kind=row.kind,
        first_seq=row.first_seq,
        first_step=row.first_step,
        after_seq=row.after_seq,
        setting=row.setting,
        memory=to_floats(row.memory, thetas.shape[1]) if rows else thetas,
        losses=None if row.losses is None else to_floats(row.losses),
        thetas=thetas,
        dropped=row.length - rows,
    )
    return run if high is None else run.up_to(high)


def to_rows(kept: bytes, rows: int) -> Floats:
    return to_floats(kept).reshape(rows, -1) if rows else np.empty((0, 0))


def to_curve(row: Row[Any], high: int) -> Curve:
    count = min(row.length, high - row.first_seq + 1)
    losses = None if row.losses is None else to_floats(row.losses)[:count]
    return Curve(row.first_step, count, losses)


def to_short(row: Row[Any], high: int, *, losses_only: bool) -> Run | Curve | Summary:
    if row.numbers is None:
        return to_curve(row, high) if losses_only else to_run(row, high)
    bins = bins_of(row.first_step, row.length)
    numbers = to_floats(row.numbers).reshape(3, bins, -1)
    return Summary(row.first_seq, row.first_step, row.length, numbers)
