-- Budgets, routes, cache policies and rate limits kept their versions in tables of their own; every record has one history.
INSERT INTO record_versions (id, organization_id, kind, record_id, version, document, changes, reason, author_kind, author_id, author_name, created_at)
SELECT id, organization_id, 'budget', budget_id, version, document, changes, reason, author_kind, author_id, author_name, created_at FROM budget_versions;
DROP TABLE budget_versions;
INSERT INTO record_versions (id, organization_id, kind, record_id, version, document, changes, reason, author_kind, author_id, author_name, created_at)
SELECT id, organization_id, 'route', route_id, version, document, changes, reason, author_kind, author_id, author_name, created_at FROM route_versions;
DROP TABLE route_versions;
INSERT INTO record_versions (id, organization_id, kind, record_id, version, document, changes, reason, author_kind, author_id, author_name, created_at)
SELECT id, organization_id, 'cache_policy', policy_id, version, document, changes, reason, author_kind, author_id, author_name, created_at FROM cache_policy_versions;
DROP TABLE cache_policy_versions;
INSERT INTO record_versions (id, organization_id, kind, record_id, version, document, changes, reason, author_kind, author_id, author_name, created_at)
SELECT id, organization_id, 'rate_limit', rate_limit_id, version, document, changes, reason, author_kind, author_id, author_name, created_at FROM rate_limit_versions;
DROP TABLE rate_limit_versions;
