"""Stop rules and evaluations of trainings, who computes one by claims instead of clocks; sweeps."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OPTIONAL: dict[str, sa.types.TypeEngine[Any]] = {
    "stop": sa.Text(),
    "stopped_by": sa.String(16),
    "best": sa.LargeBinary(),
    "best_at": sa.BigInteger(),
    "evaluate": sa.Text(),
    "evaluations": sa.LargeBinary(),
    "sweep_id": sa.String(32),
}
COUNTED = ("fence", "beat", "turn", "deaths")


def upgrade() -> None:
    for name, kind in OPTIONAL.items():
        op.add_column("trainings", sa.Column(name, kind))
    for name in COUNTED:
        column = sa.Column(name, sa.BigInteger, nullable=False, server_default="0")
        op.add_column("trainings", column)
    held = sa.Column("held", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("trainings", held)
    op.drop_column("trainings", "leased_until")
    op.create_index("trainings_of_sweep", "trainings", ["sweep_id", "state"])
    create_sweeps()


def create_sweeps() -> None:
    op.create_table(
        "sweeps",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text),
        sa.Column("grid", sa.Text, nullable=False),
        sa.Column("judged_by", sa.String(16), nullable=False),
        sa.Column("cancel", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
    )
    op.create_index("sweeps_by_age", "sweeps", ["created_at", "id"])
    op.create_table(
        "trials",
        sa.Column(
            "sweep_id", sa.String(32), sa.ForeignKey("sweeps.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.BigInteger, primary_key=True),
        sa.Column("network_id", sa.String(32), nullable=False),
        sa.Column("training_id", sa.String(32), nullable=False),
        sa.Column("choices", sa.Text, nullable=False),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("trials")
    op.drop_table("sweeps")
    op.drop_index("trainings_of_sweep", "trainings")
    leased = sa.Column("leased_until", sa.Float, nullable=False, server_default="0")
    op.add_column("trainings", leased)
    for name in (*OPTIONAL, *COUNTED, "held"):
        op.drop_column("trainings", name)
