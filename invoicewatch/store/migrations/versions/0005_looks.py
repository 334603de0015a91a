"""How sellers' papers look: sketches, lessons, looks; and the records that are to be judged again."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE sketch (
    invoice_id INTEGER NOT NULL,
    marks VARCHAR NOT NULL,
    sketch BLOB NOT NULL,
    readings BLOB,
    PRIMARY KEY (invoice_id),
    FOREIGN KEY(invoice_id) REFERENCES invoice (id) ON DELETE CASCADE
)
""",
    """
CREATE TABLE look_lesson (
    sha256 VARCHAR NOT NULL,
    part INTEGER NOT NULL,
    look INTEGER NOT NULL,
    version INTEGER NOT NULL,
    known VARCHAR NOT NULL,
    sketch BLOB NOT NULL,
    PRIMARY KEY (sha256, part)
)
""",
    "CREATE INDEX ix_look_lesson_look ON look_lesson (look)",
    """
CREATE TABLE look (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)
""",
    "CREATE INDEX ix_look_version ON look (version)",
    """
CREATE TABLE look_mark (
    mark VARCHAR NOT NULL,
    look INTEGER NOT NULL,
    PRIMARY KEY (mark, look)
) WITHOUT ROWID
""",
    "CREATE INDEX ix_look_mark_look ON look_mark (look)",
    """
CREATE TABLE judge_again (
    invoice_id INTEGER NOT NULL,
    since VARCHAR NOT NULL,
    PRIMARY KEY (invoice_id),
    FOREIGN KEY(invoice_id) REFERENCES invoice (id) ON DELETE CASCADE
)
""",
    "ALTER TABLE memory_version RENAME TO moved",
    """
CREATE TABLE memory_version (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    forgotten INTEGER NOT NULL,
    PRIMARY KEY (id)
)
""",
    "INSERT INTO memory_version (id, version, forgotten) SELECT id, version, 0 FROM moved",
    "DROP TABLE moved",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
