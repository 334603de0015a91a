"""What is a guess is marked, field by field and in the record's line."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    bind.exec_driver_sql("ALTER TABLE field ADD COLUMN doubtful BOOLEAN DEFAULT '0' NOT NULL")
    bind.exec_driver_sql("ALTER TABLE invoice ADD COLUMN doubtful_fields VARCHAR DEFAULT '' NOT NULL")
