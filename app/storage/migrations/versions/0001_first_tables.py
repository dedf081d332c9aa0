"""The first tables: networks, the settings in force, runs of history entries, trainings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "networks",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("step", sa.BigInteger, nullable=False),
        sa.Column("setting", sa.BigInteger, nullable=False),
        sa.Column("training", sa.String(32)),
        sa.Column("kept_bytes", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        sa.Column("loss", sa.LargeBinary),
        sa.Column("memory", sa.LargeBinary, nullable=False),
        sa.Column("theta", sa.LargeBinary, nullable=False),
    )
    op.create_index("networks_by_age", "networks", ["created_at", "id"])
    op.create_table(
        "settings",
        network_reference(primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True),
        sa.Column("spec", sa.Text, nullable=False),
        sa.Column("inputs", sa.LargeBinary),
        sa.Column("targets", sa.LargeBinary),
    )
    op.create_table(
        "runs",
        network_reference(primary_key=True),
        sa.Column("first_seq", sa.BigInteger, primary_key=True),
        sa.Column("first_step", sa.BigInteger, nullable=False),
        sa.Column("length", sa.BigInteger, nullable=False),
        sa.Column("after_seq", sa.BigInteger, nullable=False),
        sa.Column("setting", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("losses", sa.LargeBinary),
        sa.Column("memory", sa.LargeBinary, nullable=False),
        sa.Column("thetas", sa.LargeBinary, nullable=False),
    )
    op.create_index("runs_by_kind", "runs", ["network_id", "kind", "first_seq", "after_seq"])
    op.create_table(
        "trainings",
        sa.Column("id", sa.String(32), primary_key=True),
        network_reference(primary_key=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.Column("done", sa.BigInteger, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("cancel", sa.Boolean, nullable=False),
        sa.Column("loss", sa.LargeBinary),
        sa.Column("problem", sa.Text),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        sa.Column("leased_until", sa.Float, nullable=False),
    )
    op.create_index("trainings_of_network", "trainings", ["network_id", "created_at"])
    op.create_index("trainings_by_state", "trainings", ["state", "created_at"])


def downgrade() -> None:
    for table in ("trainings", "runs", "settings", "networks"):
        op.drop_table(table)


def network_reference(*, primary_key: bool) -> sa.Column[str]:
    return sa.Column(
        "network_id",
        sa.String(32),
        sa.ForeignKey("networks.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )
