-- The event log is the audit trail: each event says who did it, from where and in which zone the server stood, and is chained to the one before
-- by a hash. Events of before have none of these; the first hash covers them all. No other table can say more about what was done than is here.

ALTER TABLE events ADD COLUMN who TEXT;       -- "person:amina", "device:pi-001", "software:coldchain-server 0.1.0"
ALTER TABLE events ADD COLUMN source TEXT;    -- the address from which it was done; null for the server itself
ALTER TABLE events ADD COLUMN zone TEXT;      -- IANA name
ALTER TABLE events ADD COLUMN hash BLOB;      -- SHA-256 over the hash before and this row

CREATE INDEX events_by_who ON events (who, id) WHERE who NOT LIKE 'software:%';

CREATE TRIGGER events_chained BEFORE INSERT ON events WHEN new.hash IS NULL OR new.who IS NULL OR new.zone IS NULL
    BEGIN SELECT RAISE(ABORT, 'an event without its place in the audit trail is not stored'); END;
