-- Roles that group claims gave at the last sign-in: the next one may take them away, the others stay.
ALTER TABLE people ADD COLUMN group_roles text[] NOT NULL DEFAULT '{}';
