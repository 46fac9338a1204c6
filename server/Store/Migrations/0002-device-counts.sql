-- How often each device did what it should not, since ever. An empty device stands for the strangers beyond those told apart.
CREATE TABLE device_counts (
    device   TEXT    NOT NULL,
    what     TEXT    NOT NULL,
    count    INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    told_at  INTEGER,           -- of the last event of it
    told     INTEGER NOT NULL,  -- the count at that event
    PRIMARY KEY (device, what)
) STRICT, WITHOUT ROWID;

-- What concerns a device or a site and no single storage unit, for the pages of the units that depend on it.
CREATE INDEX events_by_subject ON events (subject, id) WHERE unit IS NULL;
