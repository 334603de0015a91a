"""The first released schema, frozen: a later change is a revision of its own (add it to ``schema.REVISIONS``)."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE invoice (
    id INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
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
    UNIQUE (sha256)
)
""",
    """
CREATE INDEX ix_invoice_arrived ON invoice (arrived)
""",
    """
CREATE INDEX ix_invoice_due_date ON invoice (due_date)
""",
    """
CREATE INDEX ix_invoice_seller_key ON invoice (seller_key)
""",
    """
CREATE INDEX ix_invoice_issue_date ON invoice (issue_date)
""",
    """
CREATE INDEX ix_invoice_verified ON invoice (verified)
""",
    """
CREATE INDEX ix_invoice_total ON invoice (total)
""",
    """
CREATE INDEX ix_invoice_status ON invoice (status)
""",
    """
CREATE TABLE word (
    id INTEGER NOT NULL,
    term VARCHAR NOT NULL,
    sound VARCHAR NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (term)
)
""",
    """
CREATE INDEX ix_word_sound ON word (sound)
""",
    """
CREATE TABLE inbox (
    path VARCHAR NOT NULL,
    mount_point VARCHAR NOT NULL,
    file_system VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    PRIMARY KEY (path)
)
""",
    """
CREATE TABLE lesson (
    sha256 VARCHAR NOT NULL,
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
    PRIMARY KEY (sha256)
)
""",
    """
CREATE INDEX ix_lesson_seller_key ON lesson (seller_key)
""",
    """
CREATE TABLE seller_memory (
    seller_key VARCHAR NOT NULL,
    proofs INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    vat_id VARCHAR NOT NULL,
    iban VARCHAR NOT NULL,
    domain VARCHAR NOT NULL,
    currency VARCHAR NOT NULL,
    date_order VARCHAR NOT NULL,
    decimal_sign VARCHAR NOT NULL,
    number_pattern VARCHAR NOT NULL,
    PRIMARY KEY (seller_key)
)
""",
    """
CREATE TABLE memory_version (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id)
)
""",
    """
CREATE TABLE near_duplicate (
    sha256 VARCHAR NOT NULL,
    other_sha256 VARCHAR NOT NULL,
    PRIMARY KEY (sha256, other_sha256)
)
""",
    """
CREATE INDEX ix_near_duplicate_other_sha256 ON near_duplicate (other_sha256)
""",
    """
CREATE TABLE run (
    invoice_id INTEGER NOT NULL,
    recorded VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    engine VARCHAR NOT NULL,
    model VARCHAR,
    page_sizes VARCHAR NOT NULL,
    reasons VARCHAR NOT NULL,
    notes VARCHAR NOT NULL,
    versions VARCHAR NOT NULL,
    timings VARCHAR NOT NULL,
    error VARCHAR,
    PRIMARY KEY (invoice_id),
    FOREIGN KEY(invoice_id) REFERENCES invoice (id) ON DELETE CASCADE
)
""",
    """
CREATE TABLE field (
    invoice_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    amount INTEGER,
    confidence FLOAT NOT NULL,
    verified BOOLEAN NOT NULL,
    page INTEGER,
    x0 FLOAT,
    y0 FLOAT,
    x1 FLOAT,
    y1 FLOAT,
    source VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    alternatives VARCHAR NOT NULL,
    PRIMARY KEY (invoice_id, name),
    FOREIGN KEY(invoice_id) REFERENCES invoice (id) ON DELETE CASCADE
)
 WITHOUT ROWID


""",
    """
CREATE TABLE human_value (
    id INTEGER NOT NULL,
    invoice_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    value VARCHAR,
    withdrawn BOOLEAN NOT NULL,
    "before" VARCHAR,
    who VARCHAR NOT NULL,
    entered VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(invoice_id) REFERENCES invoice (id) ON DELETE CASCADE
)
""",
    """
CREATE INDEX ix_human_value_invoice_id ON human_value (invoice_id)
""",
    """
CREATE TABLE edit (
    invoice_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    page INTEGER NOT NULL,
    line INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    "before" VARCHAR NOT NULL,
    "after" VARCHAR NOT NULL,
    x0 FLOAT NOT NULL,
    y0 FLOAT NOT NULL,
    x1 FLOAT NOT NULL,
    y1 FLOAT NOT NULL,
    reason VARCHAR NOT NULL,
    score_before FLOAT NOT NULL,
    score_after FLOAT NOT NULL,
    processor VARCHAR NOT NULL,
    PRIMARY KEY (invoice_id, position),
    FOREIGN KEY(invoice_id) REFERENCES invoice (id) ON DELETE CASCADE
)
 WITHOUT ROWID


""",
    """
CREATE TABLE text (
    invoice_id INTEGER NOT NULL,
    raw VARCHAR NOT NULL,
    enhanced VARCHAR,
    enhanced_is_raw BOOLEAN NOT NULL,
    PRIMARY KEY (invoice_id),
    FOREIGN KEY(invoice_id) REFERENCES invoice (id) ON DELETE CASCADE
)
""",
    """
CREATE TABLE file (
    id INTEGER NOT NULL,
    inbox VARCHAR NOT NULL,
    path BLOB NOT NULL,
    name VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    in_inbox BOOLEAN NOT NULL,
    inode INTEGER NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    seen_s FLOAT NOT NULL,
    changed_s FLOAT NOT NULL,
    since_s FLOAT NOT NULL,
    next_s FLOAT NOT NULL,
    checks INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    crashes INTEGER NOT NULL,
    without_model BOOLEAN NOT NULL,
    sha256 VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    invoice_id INTEGER,
    duplicate_of INTEGER,
    version_of INTEGER,
    target BLOB NOT NULL,
    filed_s FLOAT,
    error_code VARCHAR NOT NULL,
    error_message VARCHAR NOT NULL,
    error_remedy VARCHAR NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT file_state_known CHECK (state IN ('seen', 'settled', 'claimed', 'working', 'recorded', 'filed', 'waiting', 'set_aside', 'duplicate', 'gone')),
    CONSTRAINT file_has_its_record CHECK (state NOT IN ('recorded', 'filed') OR invoice_id IS NOT NULL),
    CONSTRAINT file_was_hashed CHECK (state NOT IN ('claimed', 'working', 'recorded') OR sha256 <> ''),
    CONSTRAINT file_has_its_first CHECK (state <> 'duplicate' OR duplicate_of IS NOT NULL),
    FOREIGN KEY(invoice_id) REFERENCES invoice (id),
    FOREIGN KEY(duplicate_of) REFERENCES file (id),
    FOREIGN KEY(version_of) REFERENCES file (id)
)
""",
    """
CREATE INDEX ix_file_state ON file (state, next_s)
""",
    """
CREATE INDEX ix_file_invoice ON file (invoice_id)
""",
    """
CREATE INDEX ix_file_inbox ON file (inbox) WHERE in_inbox = 1
""",
    """
CREATE UNIQUE INDEX ix_file_owner ON file (path) WHERE in_inbox = 1
""",
    """
CREATE INDEX ix_file_sha256 ON file (sha256)
""",
    """
CREATE INDEX ix_file_unfiled ON file (next_s, id) WHERE filed_s IS NULL AND state IN ('duplicate', 'recorded', 'set_aside')
""",
    """
CREATE INDEX ix_file_settled ON file (seen_s, id) WHERE state = 'settled'
""",
    """
CREATE TRIGGER file_state_legal BEFORE UPDATE OF state ON file
    WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ('seen>gone', 'seen>settled', 'settled>claimed', 'settled>gone', 'settled>seen', 'settled>set_aside', 'settled>waiting', 'claimed>duplicate', 'claimed>recorded', 'claimed>set_aside', 'claimed>settled', 'claimed>working', 'working>claimed', 'working>recorded', 'working>set_aside', 'working>waiting', 'waiting>claimed', 'waiting>gone', 'waiting>seen', 'waiting>settled', 'recorded>filed', 'set_aside>claimed', 'set_aside>gone', 'set_aside>seen')
    BEGIN SELECT RAISE(ABORT, 'illegal change of state'); END
""",
    """
CREATE TRIGGER file_begins_seen BEFORE INSERT ON file WHEN NEW.state <> 'seen'
    BEGIN SELECT RAISE(ABORT, 'a file begins as seen'); END
""",
    """
CREATE VIRTUAL TABLE word_index USING fts5(words, content='', columnsize=0, tokenize='ascii')
""",
    """
CREATE VIRTUAL TABLE word_trigram USING fts5(
    term, content='', columnsize=0, detail='none', tokenize='trigram case_sensitive 1'
)
""",
)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
