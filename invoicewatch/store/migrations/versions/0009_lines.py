"""What a bill is made of: its lines, and its tax by rate."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PLACE = """
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    page INTEGER,
    x0 FLOAT,
    y0 FLOAT,
    x1 FLOAT,
    y1 FLOAT,
    path VARCHAR NOT NULL,
    PRIMARY KEY (invoice_id, position),
    FOREIGN KEY(invoice_id) REFERENCES invoice (id) ON DELETE CASCADE
"""

TABLES = (
    f"""
CREATE TABLE invoice_line (
    invoice_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    description VARCHAR NOT NULL,
    quantity VARCHAR,
    unit VARCHAR NOT NULL,
    unit_price VARCHAR,
    net VARCHAR,
    gross VARCHAR,
    rate VARCHAR,{PLACE})
 WITHOUT ROWID
""",
    f"""
CREATE TABLE tax_by_rate (
    invoice_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    category VARCHAR NOT NULL,
    rate VARCHAR,
    base VARCHAR,
    tax VARCHAR NOT NULL,{PLACE})
 WITHOUT ROWID
""",
)


def upgrade() -> None:
    connection = op.get_bind()
    for table in TABLES:
        connection.exec_driver_sql(table)
