"""A history copied inside the database: no array of it passes through this program."""

from __future__ import annotations

from sqlalchemy import (
    Connection,
    Table,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from app.errors import unknown_network
from app.services.line import Line
from app.services.records import BYTES_PER_NUMBER, Network, Origin
from app.storage.encoding import to_bytes
from app.storage.tables import runs, settings, summaries


def copy(connection: Connection, fork: Network, line: Line) -> None:
    """Runs, summaries and settings along `line`, under the same seqs. Raises NotFound."""
    assert fork.origin is not None  # noqa: S101 — whoever forks says from where
    copied = sum(copy_stretch(connection, runs, fork, *stretch) for stretch in line.stretches)
    if not copied:
        raise unknown_network(fork.origin.id)
    for stretch in line.stretches:
        copy_stretch(connection, summaries, fork, *stretch)
    cut_last(connection, fork)
    copy_settings(connection, fork, fork.origin)


def copy_stretch(connection: Connection, table: Table, fork: Network, low: int, high: int) -> int:
    """The rows that begin at seq low..high; how many there were."""
    assert fork.origin is not None  # noqa: S101
    others = [column for column in table.c if column.name != "network_id"]
    wanted = select(literal(fork.id), *others).where(
        table.c.network_id == fork.origin.id, table.c.first_seq.between(low, high)
    )
    names = ["network_id", *(column.name for column in others)]
    return connection.execute(insert(table).from_select(names, wanted)).rowcount


def cut_last(connection: Connection, fork: Network) -> None:
    """The run that holds the head ends with it. Of a run whose rows were dropped, the head's own
    row is kept as the last one."""
    head = fork.head
    last = (
        (runs.c.network_id == fork.id)
        & (runs.c.first_seq <= head.seq)
        & (runs.c.first_seq + runs.c.length - 1 > head.seq)
    )
    first_seq = connection.scalar(select(runs.c.first_seq).where(last))
    if first_seq is None:
        return
    count, size = head.seq - first_seq + 1, head.state.theta.nbytes
    whole = runs.c.kept_rows.is_(None)
    connection.execute(
        update(runs)
        .where(last)
        .values(
            length=count,
            losses=func.substr(runs.c.losses, 1, count * BYTES_PER_NUMBER),
            thetas=case(
                (whole, func.substr(runs.c.thetas, 1, count * size)),
                else_=to_bytes(head.state.theta),
            ),
            kept_rows=case((whole | (count == 1), None), else_=1),
        )
    )
    gone = (summaries.c.network_id == fork.id) & (summaries.c.first_seq == first_seq)
    connection.execute(delete(summaries).where(gone))


def copy_settings(connection: Connection, fork: Network, origin: Origin) -> None:
    used = select(runs.c.setting).where(runs.c.network_id == fork.id)
    others = [column for column in settings.c if column.name != "network_id"]
    wanted = select(literal(fork.id), *others).where(
        settings.c.network_id == origin.id, settings.c.number.in_(used)
    )
    names = ["network_id", *(column.name for column in others)]
    connection.execute(insert(settings).from_select(names, wanted))
