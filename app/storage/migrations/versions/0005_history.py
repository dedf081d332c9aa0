"""Forks, summaries of long runs, and parameters that were dropped to stay under a budget."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("networks", sa.Column("forked_from", sa.String(32)))
    op.add_column("networks", sa.Column("forked_step", sa.BigInteger))
    op.add_column("networks", count("entries_dropped"))
    op.add_column("networks", count("entries_recomputed"))
    op.add_column("networks", count("longest_gap"))
    op.add_column("runs", sa.Column("kept_rows", sa.SmallInteger))
    op.create_table(
        "summaries",
        sa.Column(
            "network_id",
            sa.String(32),
            sa.ForeignKey("networks.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("first_seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("numbers", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("summaries")
    op.drop_column("runs", "kept_rows")
    for name in (
        "longest_gap",
        "entries_recomputed",
        "entries_dropped",
        "forked_step",
        "forked_from",
    ):
        op.drop_column("networks", name)


def count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False, server_default="0")
