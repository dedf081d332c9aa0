"""The tables. float64 is kept as bytes: SQLite would turn NaN into NULL and -0.0 into 0.0.

In `runs`, losses stand before the parameters, so that reading a curve skips the large column.
SQLite walks through a large value to whatever stands behind it, so summaries have a table of
their own, and `kept_rows` is NULL, 0 or 1, which SQLite keeps at the front of a row.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

metadata = MetaData()


def network_reference() -> Column[str]:
    target = ForeignKey("networks.id", ondelete="CASCADE")
    return Column("network_id", String(32), target, primary_key=True)


networks = Table(
    "networks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text),
    Column("revision", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("step", BigInteger, nullable=False),
    Column("setting", BigInteger, nullable=False),
    Column("training", String(32)),
    Column("kept_bytes", BigInteger, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("updated_at", String(32), nullable=False),
    Column("loss", LargeBinary),
    Column("memory", LargeBinary, nullable=False),
    Column("theta", LargeBinary, nullable=False),
    Column("forked_from", String(32)),
    Column("forked_step", BigInteger),
    Column("entries_dropped", BigInteger, nullable=False, server_default="0"),
    Column("entries_recomputed", BigInteger, nullable=False, server_default="0"),
    Column("longest_gap", BigInteger, nullable=False, server_default="0"),
    Index("networks_by_age", "created_at", "id"),
)

settings = Table(
    "settings",
    metadata,
    network_reference(),
    Column("number", BigInteger, primary_key=True),
    Column("spec", Text, nullable=False),
    Column("inputs", LargeBinary),
    Column("targets", LargeBinary),
    Column("test_inputs", LargeBinary),
    Column("test_targets", LargeBinary),
    Column("about_data", Text),
)

runs = Table(
    "runs",
    metadata,
    network_reference(),
    Column("first_seq", BigInteger, primary_key=True),
    Column("first_step", BigInteger, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("after_seq", BigInteger, nullable=False),
    Column("setting", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("losses", LargeBinary),
    Column("memory", LargeBinary, nullable=False),
    Column("thetas", LargeBinary, nullable=False),
    Column("kept_rows", SmallInteger),
    Index("runs_by_kind", "network_id", "kind", "first_seq", "after_seq"),
)

links = Table(
    "links",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("subject", String(32), nullable=False),
    Column("role", String(8), nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("used_on", String(10), nullable=False),
    Index("links_of_subject", "subject", "created_at"),
)

quotas = Table(
    "quotas",
    metadata,
    Column("client", String(64), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("made", BigInteger, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("scope", String(80), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("asked", LargeBinary, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("at", Float, nullable=False),
    Index("answers_by_age", "at"),
)

summaries = Table(
    "summaries",
    metadata,
    network_reference(),
    Column("first_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("numbers", LargeBinary, nullable=False),
)

cursors = Table(
    "cursors",
    metadata,
    network_reference(),
    Column("version", BigInteger, nullable=False),
    Column("value", Text, nullable=False),
)

trainings = Table(
    "trainings",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("network_id", String(32), ForeignKey("networks.id", ondelete="CASCADE"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("cancel", Boolean, nullable=False),
    Column("loss", LargeBinary),
    Column("problem", Text),
    Column("created_at", String(32), nullable=False),
    Column("updated_at", String(32), nullable=False),
    Column("stop", Text),
    Column("stopped_by", String(16)),
    Column("best", LargeBinary),
    Column("best_at", BigInteger),
    Column("evaluate", Text),
    Column("evaluations", LargeBinary),
    Column("sweep_id", String(32)),
    Column("fence", BigInteger, nullable=False),
    Column("beat", BigInteger, nullable=False),
    Column("turn", BigInteger, nullable=False),
    Column("deaths", BigInteger, nullable=False),
    Column("held", Boolean, nullable=False),
    Index("trainings_of_network", "network_id", "created_at"),
    Index("trainings_by_state", "state", "created_at"),
    Index("trainings_of_sweep", "sweep_id", "state"),
)

sweeps = Table(
    "sweeps",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text),
    Column("grid", Text, nullable=False),
    Column("judged_by", String(16), nullable=False),
    Column("cancel", Boolean, nullable=False),
    Column("created_at", String(32), nullable=False),
    Index("sweeps_by_age", "created_at", "id"),
)

trials = Table(
    "trials",
    metadata,
    Column("sweep_id", String(32), ForeignKey("sweeps.id", ondelete="CASCADE"), primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("network_id", String(32), nullable=False),
    Column("training_id", String(32), nullable=False),
    Column("choices", Text, nullable=False),
)
