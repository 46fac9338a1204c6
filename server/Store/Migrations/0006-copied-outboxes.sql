-- What tells a copied outbox: a sum over the contents of what is held, which acknowledgements carry, and the boots that were heard.
ALTER TABLE streams ADD COLUMN sum_from INTEGER;  -- the seq from which on contents are in the sum; null for a foreign device, and until something new comes
ALTER TABLE streams ADD COLUMN sum INTEGER;       -- over held and refused readings, modulo 2^64, as a signed number
ALTER TABLE streams ADD COLUMN boots TEXT;        -- the boots that sent heartbeats, each with its last monotonic time, the latest one last; JSON
