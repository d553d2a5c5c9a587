-- The scenario that an interview is held over, by its id in the kit that the interview is stamped with; null for one about
-- areas by themselves.
ALTER TABLE interview ADD COLUMN scenario TEXT;
