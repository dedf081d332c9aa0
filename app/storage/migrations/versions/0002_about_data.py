"""Examples kept apart for testing, and what is remembered of data besides its numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ADDED = {"test_inputs": sa.LargeBinary, "test_targets": sa.LargeBinary, "about_data": sa.Text}


def upgrade() -> None:
    for name, kind in ADDED.items():
        op.add_column("settings", sa.Column(name, kind))


def downgrade() -> None:
    for name in ADDED:
        op.drop_column("settings", name)
