"""Networks and their histories in the database: the `Store` port of the services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
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
from app.services.line import Line
from app.services.ports import NOTHING, Beside, Besides, Change, Page, Pending
from app.services.records import (
    Curve,
    Data,
    Moment,
    Network,
    Origin,
    Outline,
    Run,
    Setting,
    Summary,
    Thinned,
)
from app.services.thinning import told
from app.settings import HISTORY_BYTES
from app.storage import answers, forking, links, quotas, trainings
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
from app.storage.runs import (
    CURVE,
    SHORT,
    SHORT_CURVE,
    add_runs,
    read_outlines,
    thin_runs,
    to_curve,
    to_run,
    to_short,
    touching,
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


class DatabaseStore:
    def __init__(self, engine: Engine, history_bytes: int = HISTORY_BYTES) -> None:
        self.history_bytes = history_bytes
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
            keep_beside(connection, beside)
            add_network(connection, network, start)

    def fork(self, network: Network, line: Line, beside: Besides) -> Network:
        with writing(self._engine) as connection:
            connection.execute(insert(networks).values(id=network.id, **network_row(network)))
            forking.copy(connection, network, line)
            kept = read_outlines(connection, network.id)
            made = replace(
                network, kept_bytes=sum(run.kept_bytes for run in kept), thinned=told(kept)
            )
            own = networks.c.id == network.id
            connection.execute(update(networks).where(own).values(**network_row(made)))
            keep_beside(connection, beside(made))
            return made

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

    def outlines(self, network_id: str) -> Sequence[Outline]:
        with reading(self._engine) as connection:
            return read_outlines(connection, network_id)

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
        for row in self._rows(touching(select(runs), network_id, low, high, first, last)):
            yield to_run(row, high)

    def curves(
        self, network_id: str, low: int, high: int, first: int, last: int
    ) -> Iterator[Curve]:
        for row in self._rows(touching(CURVE, network_id, low, high, first, last)):
            yield to_curve(row, high)

    def summaries(
        self, network_id: str, low: int, high: int, first: int, last: int, *, losses_only: bool
    ) -> Iterator[Run | Curve | Summary]:
        query = SHORT_CURVE if losses_only else SHORT
        for row in self._rows(touching(query, network_id, low, high, first, last)):
            yield to_short(row, high, losses_only=losses_only)

    def _rows(self, query: Select[Any]) -> Iterator[Row[Any]]:
        """One row after another: a whole history need not fit into memory."""
        with (
            reading(self._engine) as connection,
            connection.execution_options(yield_per=16).execute(query) as rows,
        ):
            yield from rows


def keep_beside(connection: Connection, beside: Beside) -> None:
    if beside.answer is not None:
        answers.keep(connection, beside.answer)
    if beside.quota is not None:
        quotas.count(connection, beside.quota)
    links.keep(connection, beside.links)


def add_network(connection: Connection, network: Network, start: Run) -> None:
    connection.execute(insert(networks).values(id=network.id, **network_row(network)))
    add_setting(connection, network.id, network.head.setting)
    add_runs(connection, network.id, [start])


def apply(connection: Connection, before: Network, change: Change) -> bool:
    """Compare and swap: nothing is written when `before` is no longer the current revision, or
    when the training goes on under another fence.
    """
    unchanged = (networks.c.id == before.id) & (networks.c.revision == before.revision)
    if change.training is not None:
        # The network's lock first, in whatever order the two are written: no ring of waiting.
        locked = connection.execute(select(networks.c.id).where(unchanged).with_for_update())
        if locked.first() is None or not trainings.keep(connection, change.training):
            return False
    swap = update(networks).where(unchanged).values(**network_row(change.after))
    if connection.execute(swap).rowcount != 1:
        return False
    if change.setting is not None:
        add_setting(connection, before.id, change.setting)
    add_runs(connection, before.id, change.runs)
    thin_runs(connection, before.id, change.rows, change.after.head.state.theta.nbytes)
    if change.begun is not None:
        trainings.add(connection, change.begun)
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
        origin=None if row.forked_from is None else Origin(row.forked_from, row.forked_step),
        thinned=to_thinned(row),
    )


def to_thinned(row: Any) -> Thinned | None:  # noqa: ANN401 — a row of NETWORK
    found = Thinned(row.entries_dropped, row.entries_recomputed, row.longest_gap)
    return found if found.dropped or found.recomputed else None


def network_row(network: Network) -> dict[str, Any]:
    head, thinned = network.head, network.thinned or Thinned(0, 0, 0)
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
        "forked_from": None if network.origin is None else network.origin.id,
        "forked_step": None if network.origin is None else network.origin.step,
        "entries_dropped": thinned.dropped,
        "entries_recomputed": thinned.recomputed,
        "longest_gap": thinned.longest_gap,
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
