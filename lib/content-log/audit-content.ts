import {
  CONTENT_RULES,
  type ContentAuditRecord,
  type ContentRule,
  type ContentViolation,
  hashContentAudit,
} from '#core/content/content-audit.ts'
import { newId } from '#core/ids.ts'
import { OrganizationSettings } from '#lib/organizations/schema.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { sql } from '#lib/platform/sql.ts'
import { read, type Transaction, transact } from '#lib/platform/transaction.ts'
import { checkEntries, type RuleCheck } from './check-entries.ts'
import { contentAuditDto } from './content-audit-dto.ts'
import { inspectSamples } from './inspect-samples.ts'
import { keptSince, retentionDays } from './retention.ts'
import { AuditContentInput, type ContentAuditDto } from './schema.ts'
import { tellSecurity } from './tell-security.ts'
import { tierHistory } from './tier-history.ts'

const MOST_NAMED = 200

/**
 * Audits the content log: checks every entry against its request, its tier and retention, and decrypts and inspects a
 * sample. The result is evidence: kept unchanged with its hash, which the audit log has too. Security is told of
 * anything that should not be there.
 */
export async function auditContent({ ctx, input }: VerbArgs): Promise<ContentAuditDto> {
  requirePermission(ctx, 'content.manage')
  const { sampleSize } = parseInput(AuditContentInput, input)
  const startedAt = new Date()
  const { checks, population, oldest, sample } = await read(ctx, tx => survey(tx, ctx, sampleSize, startedAt))
  const found = await inspectSamples(ctx, sample)
  const all = [...checks, ofRule('unreadable', found), ofRule('detected', found)]
  const record: ContentAuditRecord = {
    organizationId: ctx.organizationId,
    collector: ctx.actor.name,
    startedAt: startedAt.toISOString(),
    effectiveAt: startedAt.toISOString(),
    period: { from: (oldest ?? startedAt).toISOString(), to: startedAt.toISOString() },
    population,
    sample,
    checks: all.map(({ rule, total }) => ({ rule, violations: total })),
    violations: all.flatMap(({ named }) => named).slice(0, MOST_NAMED),
  }
  return keep(ctx, record)
}

function ofRule(rule: ContentRule, found: readonly ContentViolation[]): RuleCheck {
  const named = found.filter(one => one.rule === rule)
  return { rule, total: named.length, named }
}

async function survey(tx: Transaction, ctx: Context, sampleSize: number, now: Date) {
  const { organizationId } = ctx
  const organization = await tx.organization.findFirst({ where: { id: organizationId }, select: { settings: true } })
  const { requestRetentionDays } = OrganizationSettings.parse(organization?.settings ?? {})
  const tiers = await tx.tier.findMany({ where: { organizationId } })
  const retention = new Map(tiers.map(tier => [tier.name, retentionDays(tier, requestRetentionDays)]))
  const counts = await tx.$queryRaw<{ tier: string; entries: number; oldest: Date }[]>(sql`
    select tier, count(*)::int as entries, min(occurred_at) as oldest from request_contents
    where organization_id = ${organizationId}::uuid group by tier`)
  // What retention is about to drop is there to be dropped, not to be judged by rules of today.
  const since = keptSince(Math.max(1, ...retention.values()), now)
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    select id from request_contents where organization_id = ${organizationId}::uuid and occurred_at >= ${since}
    order by random() limit ${sampleSize}`)
  const oldest = counts.map(count => count.oldest.getTime()).sort((a, b) => a - b)[0]
  return {
    checks: await checkEntries(tx, ctx, await tierHistory(tx, ctx), retention, now),
    population: Object.fromEntries(counts.map(({ tier, entries }) => [tier, entries])),
    oldest: oldest === undefined ? null : new Date(oldest),
    sample: rows.map(({ id }) => id),
  }
}

function keep(ctx: Context, record: ContentAuditRecord): Promise<ContentAuditDto> {
  const sha256 = hashContentAudit(record)
  const violations = record.checks.reduce((sum, one) => sum + one.violations, 0)
  const population = Object.values(record.population).reduce((sum, entries) => sum + entries, 0)
  return transact(ctx, async tx => {
    const row = await tx.contentAudit.create({
      data: {
        id: newId(),
        organizationId: ctx.organizationId,
        collector: record.collector,
        startedAt: record.startedAt,
        effectiveAt: record.effectiveAt,
        periodFrom: record.period.from,
        periodTo: record.period.to,
        population,
        sampleSize: record.sample.length,
        violations,
        record,
        sha256,
      },
    })
    await audit(tx, ctx, {
      action: 'content_log.audited',
      subject: { kind: 'content_audit', id: row.id, name: 'Audit of the content log' },
      after: { population, sampleSize: record.sample.length, violations, sha256 },
    })
    const broken = record.checks.filter(one => one.violations > 0).map(({ rule }) => CONTENT_RULES[rule])
    if (violations > 0) await tellSecurity(tx, ctx, row.id, violations, broken)
    return contentAuditDto(row)
  })
}
