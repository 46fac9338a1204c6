-- What the only writer asks at every change of contents and findings: answered without reading all contents and holds that ever were.

-- The stays of a unit that had not ended at an instant; one that goes on ends at the end of time.
CREATE INDEX contents_by_end ON contents (unit, ifnull(out_at, 253402300799999), in_at);

CREATE INDEX holds_that_stand ON holds (unit, donation, product) WHERE state IN ('held', 'ground-removed');
