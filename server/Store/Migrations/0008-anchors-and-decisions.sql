-- What dates readings that were measured without a trusted clock: facts of the devices, beside the packs, which stay as they came.
CREATE TABLE anchors (
    id       INTEGER PRIMARY KEY,
    device   TEXT    NOT NULL,
    boot     TEXT    NOT NULL,
    mono     INTEGER NOT NULL,  -- milliseconds of the monotonic clock since that boot
    utc      INTEGER NOT NULL,  -- what UTC was then
    error_ms INTEGER NOT NULL,  -- how far it may be off, either way
    received INTEGER NOT NULL,
    UNIQUE (device, boot, mono, utc, error_ms)
) STRICT;

-- Where those readings are: the accepted ones of a pack and boot, by their monotonic time, ends included.
CREATE TABLE undated (
    device    TEXT    NOT NULL,
    boot      TEXT    NOT NULL,
    pack      INTEGER NOT NULL REFERENCES packs (id),
    epoch     TEXT    NOT NULL,
    from_seq  INTEGER NOT NULL,
    to_seq    INTEGER NOT NULL,
    from_mono INTEGER NOT NULL,
    to_mono   INTEGER NOT NULL,
    readings  INTEGER NOT NULL,
    PRIMARY KEY (device, boot, pack)
) STRICT, WITHOUT ROWID;

-- Of the packs before: a pack states its boot in a record and again where it changes. Seqs count on from the first record. Those that were
-- not accepted may be among them: the spans only say where to look, and the count is a little high then.
INSERT INTO undated (device, boot, pack, epoch, from_seq, to_seq, from_mono, to_mono, readings)
WITH record AS (
    SELECT packs.id AS pack, packs.device, packs.epoch, packs.first_seq + each.key AS seq,
        json_extract(each.value, '$.clock_') AS clock, json_extract(each.value, '$.mono') AS mono,
        json_extract(each.value, '$.boot') AS boot,
        count(json_extract(each.value, '$.boot')) OVER (PARTITION BY packs.id ORDER BY each.key) AS part
    FROM packs, json_each(CAST(packs.bytes AS TEXT)) AS each
    WHERE packs.epoch <> 'foreign' AND instr(CAST(packs.bytes AS TEXT), '"clock_"') > 0
), placed AS (
    SELECT pack, device, epoch, seq, clock, mono, max(boot) OVER (PARTITION BY pack, part) AS boot FROM record
)
SELECT device, boot, pack, epoch, min(seq), max(seq), min(mono), max(mono), count(*) FROM placed
WHERE clock = 'unset' AND boot IS NOT NULL AND mono IS NOT NULL GROUP BY device, boot, pack;

-- How long after the readings that show it a version of a finding was stored, in milliseconds. Null in what an earlier version wrote.
ALTER TABLE findings ADD COLUMN found_after INTEGER;
ALTER TABLE finding_versions ADD COLUMN found_after INTEGER;

-- Blood units that had left before it was known what they had been exposed to, each named once for each finding.
CREATE TABLE lookbacks (
    finding  INTEGER NOT NULL REFERENCES findings (id),
    donation TEXT    NOT NULL,
    product  TEXT    NOT NULL,
    left_at  INTEGER NOT NULL,
    went_to  TEXT,              -- the storage unit that it was entered into next; null when that is not known
    version  INTEGER NOT NULL,  -- of the finding, when it was named
    told_at  INTEGER NOT NULL,
    PRIMARY KEY (finding, donation, product)
) STRICT, WITHOUT ROWID;

-- What a person decided about a hold, and what was known then.
CREATE TABLE decisions (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    hold      INTEGER NOT NULL REFERENCES holds (id),
    kind      TEXT    NOT NULL CHECK (kind IN ('release', 'discard')),
    signed_by TEXT    NOT NULL CHECK (signed_by <> ''),
    signed_at INTEGER NOT NULL,
    reason    TEXT    NOT NULL CHECK (reason <> ''),
    finding   INTEGER NOT NULL REFERENCES findings (id),
    version   INTEGER NOT NULL,  -- of the finding, as the person saw it
    watermark INTEGER            -- up to when the finding's probe had delivered everything then; null when nothing was without a gap
) STRICT;
CREATE INDEX decisions_by_finding ON decisions (finding);

-- A decision that does not stand any more: what became known since.
CREATE TABLE reopened_decisions (
    decision    INTEGER PRIMARY KEY REFERENCES decisions (id),
    reopened_at INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    reason      TEXT    NOT NULL
) STRICT;

CREATE TRIGGER anchors_keep BEFORE UPDATE ON anchors BEGIN SELECT RAISE(ABORT, 'anchors are never rewritten'); END;
CREATE TRIGGER anchors_stay BEFORE DELETE ON anchors BEGIN SELECT RAISE(ABORT, 'anchors are never deleted'); END;
CREATE TRIGGER undated_keep BEFORE UPDATE ON undated BEGIN SELECT RAISE(ABORT, 'spans of undated readings are never rewritten'); END;
CREATE TRIGGER undated_stay BEFORE DELETE ON undated BEGIN SELECT RAISE(ABORT, 'spans of undated readings are never deleted'); END;
CREATE TRIGGER lookbacks_keep BEFORE UPDATE ON lookbacks BEGIN SELECT RAISE(ABORT, 'look-backs are never rewritten'); END;
CREATE TRIGGER lookbacks_stay BEFORE DELETE ON lookbacks BEGIN SELECT RAISE(ABORT, 'look-backs are never deleted'); END;
CREATE TRIGGER decisions_keep BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are never rewritten'); END;
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER reopened_decisions_keep BEFORE UPDATE ON reopened_decisions BEGIN SELECT RAISE(ABORT, 're-opened decisions are never rewritten'); END;
CREATE TRIGGER reopened_decisions_stay BEFORE DELETE ON reopened_decisions BEGIN SELECT RAISE(ABORT, 're-opened decisions are never deleted'); END;
