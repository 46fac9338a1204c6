-- Who is silent now: a device, a whole site, or the server's own connection to the broker. A row stays as long as the silence does.
CREATE TABLE silences (
    scope         TEXT    NOT NULL CHECK (scope IN ('server', 'site', 'device')),
    subject       TEXT    NOT NULL,   -- the site, the device; empty for the server
    site          TEXT    NOT NULL,   -- of the device; empty for the server
    since         INTEGER NOT NULL,   -- the last word before it, or when supervision began
    noticed_at    INTEGER NOT NULL,
    told          TEXT    NOT NULL CHECK (told IN ('itself', 'with-site', 'not-yet')),
    excused_until INTEGER,            -- of a device whose site was heard again: until then it is not told by itself
    PRIMARY KEY (scope, subject)
) STRICT, WITHOUT ROWID;
