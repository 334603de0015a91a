"""What is known of an e-invoice: its signature, whether it is valid, and the element that each field stands in."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for change in (
        "ALTER TABLE run ADD COLUMN signature VARCHAR",
        "ALTER TABLE run ADD COLUMN validation VARCHAR",
        "ALTER TABLE field ADD COLUMN xpath VARCHAR",
    ):
        op.get_bind().exec_driver_sql(change)
