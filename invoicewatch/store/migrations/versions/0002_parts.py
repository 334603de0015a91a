"""One file may hold several documents: records are told apart by content and part.

SQLite cannot take a UNIQUE away, so the tables are made anew. Foreign keys must be off for it, which ``migrate`` sees
to: with them on, dropping ``invoice`` would delete all that refers to it.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NEW_COLUMNS = {"part": "0", "part_count": "0", "part_pages": "'[]'", "other_part": "0"}

TABLES = {
    "invoice": """
CREATE TABLE invoice (
    id INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    part INTEGER NOT NULL,
    part_count INTEGER NOT NULL,
    part_pages VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    path_bytes BLOB,
    file_name VARCHAR NOT NULL,
    inbox VARCHAR NOT NULL,
    stored_path VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    arrived VARCHAR NOT NULL,
    run INTEGER NOT NULL,
    page_count INTEGER NOT NULL,
    seller_name VARCHAR,
    seller_key VARCHAR,
    invoice_number VARCHAR,
    issue_date VARCHAR,
    due_date VARCHAR,
    currency VARCHAR,
    total INTEGER,
    verified BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (sha256, part)
)
""",
    "lesson": """
CREATE TABLE lesson (
    sha256 VARCHAR NOT NULL,
    part INTEGER NOT NULL,
    seller_key VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    vat_id VARCHAR NOT NULL,
    iban VARCHAR NOT NULL,
    domain VARCHAR NOT NULL,
    currency VARCHAR NOT NULL,
    date_order VARCHAR NOT NULL,
    decimal_sign VARCHAR NOT NULL,
    number_pattern VARCHAR NOT NULL,
    PRIMARY KEY (sha256, part)
)
""",
    "near_duplicate": """
CREATE TABLE near_duplicate (
    sha256 VARCHAR NOT NULL,
    part INTEGER NOT NULL,
    other_sha256 VARCHAR NOT NULL,
    other_part INTEGER NOT NULL,
    PRIMARY KEY (sha256, part, other_sha256, other_part)
)
""",
}


def upgrade() -> None:
    connection = op.get_bind()
    for table, statement in TABLES.items():
        columns = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
        indexes = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY name",
            (table,),
        ).scalars().all()
        new = [name for name in NEW_COLUMNS if f"    {name} " in statement]
        connection.exec_driver_sql(f"CREATE TABLE moved AS SELECT * FROM {table}")
        connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql(statement)
        names = ", ".join([*columns, *new])
        values = ", ".join([*columns, *(NEW_COLUMNS[name] for name in new)])
        connection.exec_driver_sql(f"INSERT INTO {table} ({names}) SELECT {values} FROM moved")
        connection.exec_driver_sql("DROP TABLE moved")
        for index in indexes:
            connection.exec_driver_sql(index)
