-- Where a rule acts: on what callers send, on what models answer, or on both. Elsewhere it counts.
ALTER TABLE "guardrails" ADD COLUMN "applies_to" TEXT NOT NULL DEFAULT 'request';
