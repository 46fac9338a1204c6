-- What the evaluator tells about how final its judgement of a storage unit is.
ALTER TABLE unit_states ADD COLUMN settled TEXT;        -- for each load probe up to when its judgement is settled, as JSON
ALTER TABLE unit_states ADD COLUMN review_from INTEGER; -- the start of the earliest unknown time whose judgement is postponed

-- So that both are known of units that nothing more comes of, each is judged once more: from what an earlier version had postponed in its
-- own form of the state, otherwise from the newest sample on.
INSERT INTO marks (unit, from_at, to_at)
SELECT
    unit,
    ifnull(CASE WHEN json_valid(CAST(state AS TEXT)) THEN json_extract(CAST(state AS TEXT), '$.ReviewFrom') END, 253402300799999),
    253402300799999
FROM unit_states;
