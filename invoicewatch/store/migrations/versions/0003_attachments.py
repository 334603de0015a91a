"""The files inside a file are kept with how it was read."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql("ALTER TABLE run ADD COLUMN attachments VARCHAR")
