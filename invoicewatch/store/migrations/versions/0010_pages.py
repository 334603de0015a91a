"""The words of pages with their boxes, and the changes of a text that a person refused."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = (
    """
CREATE TABLE page_words (
    invoice_id INTEGER NOT NULL,
    page INTEGER NOT NULL,
    turns INTEGER NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (invoice_id, page),
    FOREIGN KEY(invoice_id) REFERENCES invoice (id) ON DELETE CASCADE
)
""",
    """
CREATE TABLE refused_edit (
    id INTEGER NOT NULL,
    invoice_id INTEGER NOT NULL,
    page INTEGER NOT NULL,
    "before" VARCHAR NOT NULL,
    "after" VARCHAR NOT NULL,
    x0 FLOAT NOT NULL,
    y0 FLOAT NOT NULL,
    x1 FLOAT NOT NULL,
    y1 FLOAT NOT NULL,
    who VARCHAR NOT NULL,
    entered VARCHAR NOT NULL,
    withdrawn_by VARCHAR,
    withdrawn VARCHAR,
    PRIMARY KEY (id),
    FOREIGN KEY(invoice_id) REFERENCES invoice (id) ON DELETE CASCADE
)
""",
    "CREATE INDEX ix_refused_edit_invoice_id ON refused_edit (invoice_id)",
)


def upgrade() -> None:
    connection = op.get_bind()
    for table in TABLES:
        connection.exec_driver_sql(table)
