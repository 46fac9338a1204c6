-- What people are told, and what they said to it. An incident's row is where it stands now; how it came there is in the tables below and in the
-- event log, which are only added to.
CREATE TABLE incidents (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    cause      TEXT    NOT NULL,
    site       TEXT    NOT NULL,  -- empty: of no site
    unit       TEXT,              -- the storage unit, when it is of one
    opened_at  INTEGER NOT NULL,  -- by the server's clock
    since_at   INTEGER NOT NULL,  -- by the readings
    severity   INTEGER NOT NULL,  -- 0 advisory, 1 warning, 2 critical: the highest that it has been
    wakes      INTEGER NOT NULL CHECK (wakes IN (0, 1)),
    round      INTEGER NOT NULL,
    round_from INTEGER NOT NULL,
    next_step  INTEGER NOT NULL,
    over_at    INTEGER,
    ack_at     INTEGER,
    ack_until  INTEGER,
    next_at    INTEGER,           -- when the next step is due, or the acknowledgement runs out
    closed_at  INTEGER
) STRICT;
CREATE UNIQUE INDEX incidents_open ON incidents (cause) WHERE closed_at IS NULL;
CREATE INDEX incidents_due ON incidents (next_at) WHERE next_at IS NOT NULL;

-- What an incident consists of: an excursion, a silence, a condition. The newest row of a member says whether it goes on.
CREATE TABLE incident_members (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    incident INTEGER NOT NULL REFERENCES incidents (id),
    member   TEXT    NOT NULL,
    goes_on  INTEGER NOT NULL CHECK (goes_on IN (0, 1)),
    severity INTEGER NOT NULL,
    unit     TEXT,
    since_at INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    event    INTEGER NOT NULL     -- of the event log, which told it; 0 for none
) STRICT;
CREATE INDEX incident_members_by_incident ON incident_members (incident);
CREATE INDEX incident_members_by_member ON incident_members (member);

CREATE TABLE acknowledgements (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    incident INTEGER NOT NULL REFERENCES incidents (id),
    account  INTEGER NOT NULL REFERENCES accounts (id),
    at       INTEGER NOT NULL,
    until    INTEGER NOT NULL,
    action   TEXT    NOT NULL,    -- what the person means to do
    way      TEXT    NOT NULL     -- page, link or api
) STRICT;
CREATE INDEX acknowledgements_by_incident ON acknowledgements (incident);

CREATE TABLE shelvings (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    incident INTEGER NOT NULL REFERENCES incidents (id),
    account  INTEGER NOT NULL REFERENCES accounts (id),
    severity INTEGER NOT NULL,
    from_at  INTEGER NOT NULL,
    until    INTEGER NOT NULL,
    reason   TEXT    NOT NULL CHECK (reason <> '')
) STRICT;
CREATE INDEX shelvings_by_incident ON shelvings (incident);

CREATE TABLE shelving_seconds (
    shelving INTEGER PRIMARY KEY REFERENCES shelvings (id),
    account  INTEGER NOT NULL REFERENCES accounts (id),
    at       INTEGER NOT NULL
) STRICT;

CREATE TABLE shelving_ends (
    shelving INTEGER PRIMARY KEY REFERENCES shelvings (id),
    account  INTEGER NOT NULL REFERENCES accounts (id),
    at       INTEGER NOT NULL
) STRICT;

-- Every decision whether somebody is told, once for each incident, round, step, person and channel.
CREATE TABLE notifications (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    incident   INTEGER NOT NULL REFERENCES incidents (id),
    round      INTEGER NOT NULL,
    step       INTEGER NOT NULL,
    account    INTEGER NOT NULL,  -- 0: nobody in person
    channel    TEXT    NOT NULL,
    is_sent    INTEGER NOT NULL CHECK (is_sent IN (0, 1)),
    reason     TEXT    NOT NULL,
    decided_at INTEGER NOT NULL,
    UNIQUE (incident, round, step, account, channel)
) STRICT;

-- What waits for a message. Not history: rows leave it.
CREATE TABLE notification_queue (
    notification INTEGER PRIMARY KEY REFERENCES notifications (id),
    account      INTEGER NOT NULL,
    channel      TEXT    NOT NULL,
    incident     INTEGER NOT NULL
) STRICT;

CREATE TABLE messages (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL,
    channel TEXT    NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_by_account ON messages (account, made_at);

CREATE TABLE message_items (
    message      INTEGER NOT NULL REFERENCES messages (id),
    notification INTEGER NOT NULL REFERENCES notifications (id),
    PRIMARY KEY (message, notification)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_items_by_notification ON message_items (notification);

CREATE TABLE message_states (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL REFERENCES messages (id),
    state   TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    detail  TEXT    NOT NULL
) STRICT;
CREATE INDEX message_states_by_message ON message_states (message);

-- What waits for its channel. Not history either.
CREATE TABLE message_queue (
    message INTEGER PRIMARY KEY REFERENCES messages (id),
    channel TEXT    NOT NULL,
    next_at INTEGER NOT NULL
) STRICT;
CREATE INDEX message_queue_by_channel ON message_queue (channel, next_at);

-- By which a person acknowledges without signing in.
CREATE TABLE acknowledgement_links (
    hash       BLOB    PRIMARY KEY,  -- SHA-256 of what stands in the address
    message    INTEGER NOT NULL REFERENCES messages (id),
    account    INTEGER NOT NULL REFERENCES accounts (id),
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX acknowledgement_links_by_account ON acknowledgement_links (account);

CREATE TABLE on_call_slots (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    scope      TEXT    NOT NULL,     -- as the scope of a grant
    account    INTEGER NOT NULL REFERENCES accounts (id),
    duty       TEXT    NOT NULL CHECK (duty IN ('first', 'second', 'supervisor')),
    from_at    INTEGER NOT NULL,
    to_at      INTEGER NOT NULL CHECK (to_at > from_at),
    entered_by TEXT    NOT NULL,
    entered_at INTEGER NOT NULL
) STRICT;
CREATE INDEX on_call_slots_by_end ON on_call_slots (to_at);

CREATE TABLE on_call_removals (
    slot       INTEGER PRIMARY KEY REFERENCES on_call_slots (id),
    removed_by TEXT    NOT NULL,
    removed_at INTEGER NOT NULL
) STRICT;

-- Where a person is reached. These rows change, and go when the person has left.
CREATE TABLE contacts (
    account INTEGER NOT NULL REFERENCES accounts (id),
    kind    TEXT    NOT NULL CHECK (kind IN ('email', 'phone')),
    address TEXT    NOT NULL CHECK (address <> ''),
    PRIMARY KEY (account, kind)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER incidents_stay BEFORE DELETE ON incidents BEGIN SELECT RAISE(ABORT, 'incidents are never deleted'); END;
CREATE TRIGGER incidents_keep BEFORE UPDATE OF id, cause, site, unit, opened_at, since_at ON incidents BEGIN SELECT RAISE(ABORT, 'what an incident is of is never rewritten'); END;
CREATE TRIGGER incident_members_keep BEFORE UPDATE ON incident_members BEGIN SELECT RAISE(ABORT, 'members are never rewritten'); END;
CREATE TRIGGER incident_members_stay BEFORE DELETE ON incident_members BEGIN SELECT RAISE(ABORT, 'members are never deleted'); END;
CREATE TRIGGER acknowledgements_keep BEFORE UPDATE ON acknowledgements BEGIN SELECT RAISE(ABORT, 'acknowledgements are never rewritten'); END;
CREATE TRIGGER acknowledgements_stay BEFORE DELETE ON acknowledgements BEGIN SELECT RAISE(ABORT, 'acknowledgements are never deleted'); END;
CREATE TRIGGER shelvings_keep BEFORE UPDATE ON shelvings BEGIN SELECT RAISE(ABORT, 'shelvings are never rewritten'); END;
CREATE TRIGGER shelvings_stay BEFORE DELETE ON shelvings BEGIN SELECT RAISE(ABORT, 'shelvings are never deleted'); END;
CREATE TRIGGER shelving_seconds_keep BEFORE UPDATE ON shelving_seconds BEGIN SELECT RAISE(ABORT, 'second persons are never rewritten'); END;
CREATE TRIGGER shelving_seconds_stay BEFORE DELETE ON shelving_seconds BEGIN SELECT RAISE(ABORT, 'second persons are never deleted'); END;
CREATE TRIGGER shelving_ends_keep BEFORE UPDATE ON shelving_ends BEGIN SELECT RAISE(ABORT, 'ends of shelvings are never rewritten'); END;
CREATE TRIGGER shelving_ends_stay BEFORE DELETE ON shelving_ends BEGIN SELECT RAISE(ABORT, 'ends of shelvings are never deleted'); END;
CREATE TRIGGER notifications_keep BEFORE UPDATE ON notifications BEGIN SELECT RAISE(ABORT, 'notifications are never rewritten'); END;
CREATE TRIGGER notifications_stay BEFORE DELETE ON notifications BEGIN SELECT RAISE(ABORT, 'notifications are never deleted'); END;
CREATE TRIGGER messages_keep BEFORE UPDATE ON messages BEGIN SELECT RAISE(ABORT, 'messages are never rewritten'); END;
CREATE TRIGGER messages_stay BEFORE DELETE ON messages BEGIN SELECT RAISE(ABORT, 'messages are never deleted'); END;
CREATE TRIGGER message_items_keep BEFORE UPDATE ON message_items BEGIN SELECT RAISE(ABORT, 'items of messages are never rewritten'); END;
CREATE TRIGGER message_items_stay BEFORE DELETE ON message_items BEGIN SELECT RAISE(ABORT, 'items of messages are never deleted'); END;
CREATE TRIGGER message_states_keep BEFORE UPDATE ON message_states BEGIN SELECT RAISE(ABORT, 'states of messages are never rewritten'); END;
CREATE TRIGGER message_states_stay BEFORE DELETE ON message_states BEGIN SELECT RAISE(ABORT, 'states of messages are never deleted'); END;
CREATE TRIGGER on_call_slots_keep BEFORE UPDATE ON on_call_slots BEGIN SELECT RAISE(ABORT, 'slots are never rewritten'); END;
CREATE TRIGGER on_call_slots_stay BEFORE DELETE ON on_call_slots BEGIN SELECT RAISE(ABORT, 'slots are never deleted: they are removed'); END;
CREATE TRIGGER on_call_removals_keep BEFORE UPDATE ON on_call_removals BEGIN SELECT RAISE(ABORT, 'removals are never rewritten'); END;
CREATE TRIGGER on_call_removals_stay BEFORE DELETE ON on_call_removals BEGIN SELECT RAISE(ABORT, 'removals are never deleted'); END;
