-- What the evaluator tells about how final its judgement of a storage unit is. Null in what an earlier version wrote, until it is judged again.
ALTER TABLE unit_states ADD COLUMN settled TEXT;        -- for each load probe up to when its judgement is settled, as JSON
ALTER TABLE unit_states ADD COLUMN review_from INTEGER; -- the start of the earliest unknown time whose judgement is postponed
