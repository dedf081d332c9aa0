"""Links, by which networks are seen and changed; answers that may be asked for again; quotas."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "links",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("used_on", sa.String(10), nullable=False),
    )
    op.create_index("links_of_subject", "links", ["subject", "created_at"])
    op.create_table(
        "answers",
        sa.Column("scope", sa.String(80), primary_key=True),
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("asked", sa.LargeBinary, nullable=False),
        sa.Column("answer", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_index("answers_by_age", "answers", ["at"])
    op.create_table(
        "quotas",
        sa.Column("client", sa.String(64), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("made", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    for table in ("quotas", "answers", "links"):
        op.drop_table(table)
