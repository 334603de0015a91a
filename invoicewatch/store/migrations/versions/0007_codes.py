"""The codes on the pages are kept with how they were read."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql("ALTER TABLE run ADD COLUMN codes VARCHAR")
