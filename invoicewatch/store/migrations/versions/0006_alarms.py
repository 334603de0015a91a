"""What speaks against a record, and what a person is asked about it, are kept with how it was read."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    connection.exec_driver_sql("ALTER TABLE run ADD COLUMN alarms VARCHAR")
    connection.exec_driver_sql("ALTER TABLE run ADD COLUMN asked VARCHAR")
