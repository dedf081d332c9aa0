"""Networks and their histories in the database: the `Store` port of the services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    Select,
    bindparam,
    column,
    delete,
    insert,
    select,
    table,
    update,
)

from app.errors import Unavailable, unknown_network
from app.nn.passes import State
from app.nn.spec import Floats, NetworkSpec
from app.services.ports import NOTHING, Beside, Change, Page, Pending
from app.services.records import Curve, Data, Moment, Network, Run, Setting
from app.storage import answers, links, quotas, trainings
from app.storage.asking import Asking
from app.storage.committing import Committer
from app.storage.database import reading, writing
from app.storage.encoding import (
    about_to_text,
    number_to_bytes,
    spec_to_text,
    time_to_text,
    to_about,
    to_bytes,
    to_floats,
    to_number,
    to_spec,
    to_time,
)
from app.storage.schema import SCHEMA
from app.storage.tables import networks, runs, settings

REVISION = select(networks.c.revision).where(networks.c.id == bindparam("network_id"))
NETWORK = (
    select(
        *networks.c, settings.c.spec, settings.c.inputs, settings.c.targets,
        settings.c.test_inputs, settings.c.test_targets, settings.c.about_data,
    )
    .join(settings, (settings.c.network_id == networks.c.id)
          & (settings.c.number == networks.c.setting))
    .where(networks.c.id == bindparam("network_id"))
)  # fmt: skip
"""A network with its setting, in one consistent view."""
SCHEMA_NOW: Select[Any] = select(column("version_num")).select_from(table("alembic_version"))
CURVE = (runs.c.first_seq, runs.c.first_step, runs.c.length, runs.c.losses)


class DatabaseStore:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asking = Asking(engine)
        self._committer = Committer(engine, apply)

    def check(self) -> None:
        found = self._asking.scalar(SCHEMA_NOW)
        if found != SCHEMA:
            raise Unavailable(
                f"The database has schema {found}, and this version of Slowprop works with "
                f"{SCHEMA}: start it again, or use the version that has changed the database."
            )

    def revision(self, network_id: str) -> int:
        found = self._asking.scalar(REVISION, network_id=network_id)
        if found is None:
            raise unknown_network(network_id)
        return int(found)

    def network(self, network_id: str) -> Network:
        return found_network(self._asking.row(NETWORK, network_id=network_id), network_id)

    def page(self, after: str | None, size: int) -> Page:
        query = select(networks.c.id, networks.c.created_at).order_by(
            networks.c.created_at.desc(), networks.c.id.desc()
        )
        if after is not None:
            created_at, _, last = after.partition(" ")
            query = query.where(
                (networks.c.created_at < created_at)
                | ((networks.c.created_at == created_at) & (networks.c.id < last))
            )
        with reading(self._engine) as connection:
            found = connection.execute(query.limit(size + 1)).all()
            page = tuple(read_network(connection, row.id) for row in found[:size])
        more = f"{found[size - 1].created_at} {found[size - 1].id}" if len(found) > size else None
        return Page(page, more)

    def add(self, network: Network, start: Run, beside: Beside = NOTHING) -> None:
        with writing(self._engine) as connection:
            if beside.answer is not None:
                answers.keep(connection, beside.answer)
            if beside.quota is not None:
                quotas.count(connection, beside.quota)
            links.keep(connection, beside.links)
            connection.execute(insert(networks).values(id=network.id, **network_row(network)))
            add_setting(connection, network.id, network.head.setting)
            add_runs(connection, network.id, [start])

    def submit(self, before: Network, change: Change, earlier: Pending | None = None) -> Pending:
        return self._committer.submit(before, change, earlier)

    def commit(self, before: Network, change: Change) -> bool:
        return self.submit(before, change).kept()

    def delete(self, network_id: str) -> None:
        with writing(self._engine) as connection:
            gone = connection.execute(delete(networks).where(networks.c.id == network_id))
            if gone.rowcount != 1:
                raise unknown_network(network_id)
            links.forget(connection, network_id)

    def setting(self, network_id: str, number: int) -> Setting:
        with reading(self._engine) as connection:
            return read_setting(connection, network_id, number)

    def resets(self, network_id: str) -> Sequence[tuple[int, int]]:
        query = (
            select(runs.c.first_seq, runs.c.after_seq)
            .where(runs.c.network_id == network_id, runs.c.kind == "reset")
            .order_by(runs.c.first_seq)
        )
        with reading(self._engine) as connection:
            return [(row.first_seq, row.after_seq) for row in connection.execute(query)]

    def run_with(self, network_id: str, seq: int) -> Run | None:
        query = (
            select(runs)
            .where(runs.c.network_id == network_id, runs.c.first_seq <= seq)
            .order_by(runs.c.first_seq.desc())
            .limit(1)
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        if row is None or seq >= row.first_seq + row.length:
            return None
        return to_run(row)

    def last_at(self, network_id: str, step: int, low: int, high: int) -> int | None:
        query = (
            select(runs.c.first_seq, runs.c.first_step)
            .where(
                runs.c.network_id == network_id,
                runs.c.first_seq.between(low, high),
                runs.c.first_step <= step,
            )
            .order_by(runs.c.first_seq.desc())
            .limit(1)
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else int(row.first_seq + step - row.first_step)

    def runs(self, network_id: str, low: int, high: int, first: int, last: int) -> Iterator[Run]:
        for row in self._rows(select(runs), network_id, low, high, first, last):
            yield to_run(row, high)

    def curves(
        self, network_id: str, low: int, high: int, first: int, last: int
    ) -> Iterator[Curve]:
        for row in self._rows(select(*CURVE), network_id, low, high, first, last):
            yield to_curve(row, high)

    def _rows(
        self, query: Select[Any], network_id: str, low: int, high: int, first: int, last: int
    ) -> Iterator[Row[Any]]:
        """One row after another: a whole history need not fit into memory."""
        query = query.where(
            runs.c.network_id == network_id,
            runs.c.first_seq.between(low, high),
            runs.c.first_step <= last,
            runs.c.first_step + runs.c.length > first,
        ).order_by(runs.c.first_seq)
        with (
            reading(self._engine) as connection,
            connection.execution_options(yield_per=16).execute(query) as rows,
        ):
            yield from rows


def apply(connection: Connection, before: Network, change: Change) -> bool:
    """Compare and swap: nothing is written when `before` is no longer the current revision."""
    unchanged = (networks.c.id == before.id) & (networks.c.revision == before.revision)
    swap = update(networks).where(unchanged).values(**network_row(change.after))
    if connection.execute(swap).rowcount != 1:
        return False
    if change.setting is not None:
        add_setting(connection, before.id, change.setting)
    add_runs(connection, before.id, change.runs)
    if change.training is not None:
        trainings.keep(connection, change.training)
    if change.answer is not None:
        answers.keep(connection, change.answer)
    return True


def read_network(connection: Connection, network_id: str) -> Network:
    row = connection.execute(NETWORK, {"network_id": network_id}).one_or_none()
    return found_network(row, network_id)


def found_network(row: Any, network_id: str) -> Network:  # noqa: ANN401 — a row of NETWORK
    if row is None:
        raise unknown_network(network_id)
    setting = to_setting(row.setting, row)
    theta = to_floats(row.theta)
    state = State(theta=theta, memory=to_floats(row.memory, len(theta)), step=row.step)
    return Network(
        id=row.id,
        name=row.name,
        revision=row.revision,
        head=Moment(row.seq, setting, state, to_number(row.loss)),
        training=row.training,
        kept_bytes=row.kept_bytes,
        created_at=to_time(row.created_at),
        updated_at=to_time(row.updated_at),
    )


def network_row(network: Network) -> dict[str, Any]:
    head = network.head
    return {
        "name": network.name,
        "revision": network.revision,
        "seq": head.seq,
        "step": head.step,
        "setting": head.setting.number,
        "training": network.training,
        "kept_bytes": network.kept_bytes,
        "created_at": time_to_text(network.created_at),
        "updated_at": time_to_text(network.updated_at),
        "loss": number_to_bytes(head.loss),
        "memory": to_bytes(head.state.memory),
        "theta": to_bytes(head.state.theta),
    }


def read_setting(connection: Connection, network_id: str, number: int) -> Setting:
    query = select(settings).where(settings.c.network_id == network_id, settings.c.number == number)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise unknown_network(network_id)
    return to_setting(number, row)


def to_setting(number: int, row: Any) -> Setting:  # noqa: ANN401 — a row with a setting's columns
    spec = to_spec(row.spec)
    return Setting(number, spec, None if row.inputs is None else to_data(row, spec))


def to_data(row: Any, spec: NetworkSpec) -> Data:  # noqa: ANN401
    sizes = spec.sizes[0], spec.sizes[-1]
    inputs, targets = examples(row.inputs, row.targets, sizes)
    kept = row.test_inputs is not None
    test = examples(row.test_inputs, row.test_targets, sizes) if kept else None
    return Data(inputs, targets, test, to_about(row.about_data))


def examples(inputs: bytes, targets: bytes, sizes: tuple[int, int]) -> tuple[Floats, Floats]:
    return to_floats(inputs, sizes[0]), to_floats(targets, sizes[1])


def add_setting(connection: Connection, network_id: str, setting: Setting) -> None:
    connection.execute(
        insert(settings).values(
            network_id=network_id,
            number=setting.number,
            spec=spec_to_text(setting.spec),
            **({} if setting.data is None else data_row(setting.data)),
        )
    )


def data_row(data: Data) -> dict[str, Any]:
    row = {
        "inputs": to_bytes(data.inputs),
        "targets": to_bytes(data.targets),
        "about_data": about_to_text(data.about),
    }
    if data.test is not None:
        row["test_inputs"], row["test_targets"] = map(to_bytes, data.test)
    return row


def add_runs(connection: Connection, network_id: str, added: Sequence[Run]) -> None:
    if added:
        connection.execute(insert(runs), [run_row(network_id, run) for run in added])


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
    }


def to_run(row: Row[Any], high: int | None = None) -> Run:
    """Entries after `high` are cut off."""
    thetas = to_floats(row.thetas).reshape(row.length, -1)
    return Run(
        kind=row.kind,
        first_seq=row.first_seq,
        first_step=row.first_step,
        after_seq=row.after_seq,
        setting=row.setting,
        memory=to_floats(row.memory, thetas.shape[1]),
        losses=None if row.losses is None else to_floats(row.losses)[: kept(row, high)],
        thetas=thetas[: kept(row, high)],
    )


def to_curve(row: Row[Any], high: int) -> Curve:
    losses = None if row.losses is None else to_floats(row.losses)[: kept(row, high)]
    return Curve(row.first_step, kept(row, high), losses)


def kept(row: Row[Any], high: int | None) -> int:
    """How many entries of a run lie up to `high`."""
    return int(row.length if high is None else min(row.length, high - row.first_seq + 1))
