/** One step forward. It runs in a transaction of its own; a step that was released is never changed again. */
export type MigrationStep = string;

/**
 * Step n takes a database from schema n to schema n + 1, so the length of the table is the schema this program knows.
 *
 * The journal's triggers make it a log that only grows for every program that opens the file by mistake, too. AUTOINCREMENT: no sequence
 * or revision is used twice. `data` is kept as the very text that was acknowledged, so that a hash chain over it can be added.
 */
export const schemaSteps: readonly MigrationStep[] = [
  `
  CREATE TABLE registry (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE registry_revision (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    revision INTEGER NOT NULL
  ) STRICT;
  INSERT INTO registry_revision (only, revision) VALUES (1, 0);
  CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    run TEXT NOT NULL,
    utc_ms REAL NOT NULL,
    monotonic_ms REAL NOT NULL,
    kind TEXT NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
  CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
  `,
  // `place` counts the rows from 0, as the leaves of the tree; nodes are kept once they are whole, and never change.
  `
  CREATE TABLE audit_row (
    place INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL UNIQUE,
    link BLOB NOT NULL
  ) STRICT;
  CREATE TABLE audit_node (
    level INTEGER NOT NULL,
    place INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (level, place)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE audit_head (
    size INTEGER PRIMARY KEY,
    text TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER audit_row_no_update BEFORE UPDATE ON audit_row BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
  CREATE TRIGGER audit_row_no_delete BEFORE DELETE ON audit_row BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
  CREATE TRIGGER audit_node_no_update BEFORE UPDATE ON audit_node BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
  CREATE TRIGGER audit_node_no_delete BEFORE DELETE ON audit_node BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
  CREATE TRIGGER audit_head_no_update BEFORE UPDATE ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
  CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
  `,
  // Small beside the rows: only those of the features that read theirs at every start.
  `
  CREATE INDEX journal_incident ON journal (sequence) WHERE kind >= 'incident.' AND kind < 'incident/';
  CREATE INDEX journal_evidence ON journal (sequence) WHERE kind >= 'evidence.' AND kind < 'evidence/';
  `,
  // What rows are about, so that they are found among millions. An index and no more: what counts is the row, and `verify` looks at nothing else.
  `
  CREATE TABLE audit_facet_name (
    id INTEGER PRIMARY KEY,
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (facet, value)
  ) STRICT;
  CREATE TABLE audit_facet (
    name INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (name, sequence)
  ) STRICT, WITHOUT ROWID;
  `,
];
