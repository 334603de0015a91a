"""What people change is written down, chained by hash; the log begins with this revision."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE log_entry (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    what VARCHAR NOT NULL,
    invoice_id INTEGER,
    sha256 VARCHAR NOT NULL,
    part INTEGER NOT NULL,
    subject VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    "before" VARCHAR,
    "after" VARCHAR,
    previous VARCHAR NOT NULL,
    hash VARCHAR NOT NULL
)
""",
    "CREATE INDEX ix_log_entry_sha256 ON log_entry (sha256, part)",
    "CREATE INDEX ix_log_entry_invoice ON log_entry (invoice_id)",
    "CREATE INDEX ix_log_entry_who ON log_entry (who)",
    """CREATE TRIGGER log_entry_stays BEFORE UPDATE ON log_entry
    BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END""",
    """CREATE TRIGGER log_entry_is_kept BEFORE DELETE ON log_entry
    BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END""",
    """
CREATE TABLE log_value (
    number INTEGER NOT NULL,
    side VARCHAR NOT NULL,
    salt BLOB NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY (number, side),
    FOREIGN KEY(number) REFERENCES log_entry (number)
)
 WITHOUT ROWID
""",
)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
