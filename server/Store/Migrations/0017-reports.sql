-- Reports as they were signed, revision after revision. None is ever rewritten: what changed since makes another revision.
CREATE TABLE report_revisions (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    number   TEXT    NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    site     TEXT    NOT NULL,              -- empty: of all sites
    unit     TEXT,                          -- the storage unit, when it is of one
    finding  INTEGER REFERENCES findings (id),
    form     INTEGER NOT NULL CHECK (form > 0), -- in which the content is written
    sha256   TEXT    NOT NULL,              -- of the content, in lower-case hexadecimal
    made_at  INTEGER NOT NULL,
    content  BLOB    NOT NULL,              -- the JSON that is signed; last, so that what lists read does not lie behind it
    UNIQUE (number, revision)
) STRICT;
CREATE INDEX report_revisions_by_finding ON report_revisions (finding) WHERE finding IS NOT NULL;

CREATE TABLE report_signatures (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    report    INTEGER NOT NULL REFERENCES report_revisions (id),
    meaning   TEXT    NOT NULL CHECK (meaning IN ('prepared', 'reviewed', 'approved')),
    account   TEXT    NOT NULL CHECK (account <> ''),
    display   TEXT    NOT NULL,             -- the person's name, as it was then
    signed_at INTEGER NOT NULL,
    zone      TEXT    NOT NULL,             -- in which the person read that time
    sentence  TEXT    NOT NULL,
    sha256    TEXT    NOT NULL,             -- of the content that was signed
    UNIQUE (report, meaning)
) STRICT;

-- That the content would be another one now, so that no signature under the revision counts any more.
CREATE TABLE report_voids (
    report INTEGER PRIMARY KEY REFERENCES report_revisions (id),
    at     INTEGER NOT NULL,
    reason TEXT    NOT NULL CHECK (reason <> ''),
    sha256 TEXT    NOT NULL                 -- of what it would be
) STRICT;

-- When a revision was last compared with what it would be. Not history.
CREATE TABLE report_checks (
    report     INTEGER PRIMARY KEY REFERENCES report_revisions (id),
    checked_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER report_revisions_keep BEFORE UPDATE ON report_revisions BEGIN SELECT RAISE(ABORT, 'reports are never rewritten'); END;
CREATE TRIGGER report_revisions_stay BEFORE DELETE ON report_revisions BEGIN SELECT RAISE(ABORT, 'reports are never deleted'); END;
CREATE TRIGGER report_signatures_keep BEFORE UPDATE ON report_signatures BEGIN SELECT RAISE(ABORT, 'signatures are never rewritten'); END;
CREATE TRIGGER report_signatures_stay BEFORE DELETE ON report_signatures BEGIN SELECT RAISE(ABORT, 'signatures are never deleted'); END;
CREATE TRIGGER report_voids_keep BEFORE UPDATE ON report_voids BEGIN SELECT RAISE(ABORT, 'what made a report void is never rewritten'); END;
CREATE TRIGGER report_voids_stay BEFORE DELETE ON report_voids BEGIN SELECT RAISE(ABORT, 'what made a report void is never deleted'); END;
