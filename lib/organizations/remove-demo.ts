import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { conflict, notFound, parseInput } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { RemoveDemoInput } from './schema.ts'

/** What belongs to an organization and goes with it, in an order that foreign keys allow. */
export const REMOVED_TABLES = [
  'artifact_commits',
  'artifact_remotes',
  'annotations',
  'record_versions',
  'risk_controls',
  'risks',
  'exemption_uses',
  'exemptions',
  'policy_acknowledgements',
  'policy_versions',
  'policies',
  'maturity_snapshots',
  'maturity_answers',
  'maturity_attestations',
  'maturity_stages',
  'request_contents',
  'content_days',
  'content_audits',
  'content_keys',
  'request_events',
  'dlp_events',
  'cache_rollups',
  'cache_holdings',
  'cache_policies',
  'guardrails',
  'detector_patterns',
  'data_sources',
  'tiers',
  'usage_rollups',
  'latency_rollups',
  'rate_limit_hits',
  'rate_limits',
  'budget_leases',
  'budget_periods',
  'budgets',
  'routes',
  'failover_drills',
  'failover_drill_plans',
  'open_breakers',
  'failovers',
  'board_calendar_links',
  'board_minutes_comments',
  'board_minutes_approvals',
  'board_action_items',
  'board_decisions',
  'board_votes',
  'board_items',
  'board_stays',
  'board_meetings',
  'board_members',
  'board_charters',
  'notification_attempts',
  'notification_deliveries',
  'channel_interactions',
  'notification_channels',
  'notification_preferences',
  'person_visits',
  'approval_comments',
  'approval_votes',
  'approval_requests',
  'approval_delegations',
  'approval_policy_versions',
  'key_grants',
  'key_requests',
  'briefs',
  'workloads',
  'api_keys',
  'model_requests',
  'model_version_uses',
  'model_versions',
  'model_signers',
  'model_prices',
  'models',
  'providers',
  'service_tokens',
  'group_mappings',
  'memberships',
  'notices',
  'saved_views',
  'sign_in_links',
  'identities',
  'teams',
  'people',
] as const

/** What stays: the record of who did what, what tells the gateways, and answers that expire by themselves. */
export const KEPT_TABLES = [
  'audit_entries',
  'audit_leaves',
  'audit_checkpoints',
  'gateway_config',
  'idempotency_records',
] as const

/**
 * Removes the demonstration organization: everybody in it, its keys and its evidence, and everything the
 * gateways run for it. Its audit log stays. Throws `conflict` for an organization that is none.
 */
export async function removeDemo({ ctx, input }: VerbArgs): Promise<{ id: string; removedAt: string }> {
  requirePermission(ctx, 'organization.manage')
  const { id } = parseInput(RemoveDemoInput, input)
  if (id !== ctx.organizationId) throw notFound('organization')
  // Evidence can be deleted by the system's role alone.
  return databases().system.$transaction(tx => remove(tx, ctx, id), { timeout: 120_000 })
}

async function remove(tx: Transaction, ctx: VerbArgs['ctx'], id: string): Promise<{ id: string; removedAt: string }> {
  const organization = await tx.organization.findFirst({ where: { id, removedAt: null } })
  if (!organization) throw notFound('organization')
  if (!organization.demo) throw conflict(`${organization.name} is not demonstration data. It cannot be removed here.`)
  const removed: Record<string, number> = {}
  for (const table of REMOVED_TABLES) {
    removed[table] = await tx.$executeRawUnsafe(`delete from ${table} where organization_id = $1::uuid`, id)
  }
  // Last, since it keeps everybody else from publishing until this commits.
  await tx.$queryRaw`
    with published as materialized (select kind, id from gateway_config where organization_id = ${id}::uuid and not deleted)
    select publish_config(${id}::uuid, kind, id, '{}'::jsonb, true)::text from published`
  const removedAt = new Date()
  await tx.organization.update({ where: { id }, data: { removedAt } })
  await audit(tx, ctx, {
    action: 'organization.demo_removed',
    subject: { kind: 'organization', id, name: organization.name },
    before: removed,
    after: { removedAt },
  })
  return { id, removedAt: removedAt.toISOString() }
}
