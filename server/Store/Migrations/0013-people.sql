-- Who may do what. These rows change: what was done to an account stands in the event log, which does not.
CREATE TABLE accounts (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT    NOT NULL UNIQUE,     -- stays for ever: events name it
    display     TEXT    NOT NULL,            -- for people; empty once it was erased
    language    TEXT    NOT NULL,
    password    TEXT    NOT NULL,            -- a hash; empty once it was erased
    must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)),
    created_at  INTEGER NOT NULL,
    disabled_at INTEGER,
    totp_secret BLOB,                        -- of a second factor that was confirmed
    totp_draft  BLOB,                        -- of one that was shown and not confirmed yet
    totp_step   INTEGER NOT NULL DEFAULT 0   -- the last one used, so that none is used twice
) STRICT;

CREATE TABLE grants (
    account INTEGER NOT NULL REFERENCES accounts (id),
    role    TEXT    NOT NULL,
    scope   TEXT    NOT NULL,                -- "nation", "region:atlas", "site:depot-1"
    PRIMARY KEY (account, role, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    hash       BLOB    PRIMARY KEY,          -- SHA-256 of the secret in the cookie
    account    INTEGER NOT NULL REFERENCES accounts (id),
    started_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions (account);

CREATE TABLE api_tokens (
    name       TEXT    PRIMARY KEY,          -- stays for ever: events name it
    hash       BLOB    NOT NULL UNIQUE,      -- SHA-256 of the token
    scopes     TEXT    NOT NULL,             -- what it may be used for: words, one space between two
    place      TEXT    NOT NULL,             -- where: as the scope of a grant
    made_at    INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TRIGGER accounts_stay BEFORE DELETE ON accounts BEGIN SELECT RAISE(ABORT, 'accounts are never deleted: events name them'); END;
CREATE TRIGGER accounts_keep BEFORE UPDATE OF id, name, created_at ON accounts BEGIN SELECT RAISE(ABORT, 'the name of an account is never rewritten'); END;
CREATE TRIGGER api_tokens_stay BEFORE DELETE ON api_tokens BEGIN SELECT RAISE(ABORT, 'API tokens are never deleted: events name them'); END;
CREATE TRIGGER api_tokens_keep BEFORE UPDATE OF name, hash, scopes, place, made_at ON api_tokens BEGIN SELECT RAISE(ABORT, 'API tokens are never rewritten'); END;
