import { z } from 'zod'
import { BriefContent, leastTier } from '#core/workloads/brief.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { InWords } from '#lib/records/keep-version.ts'
import type { Brief } from '#prisma/generated/client.ts'
import { contentOf } from './queries.ts'

const Named = z.strictObject({ id: z.uuid(), name: z.string() })

/** What is approved of a brief: its version, whole, with the names that its ids have. */
export const BriefSnapshot = z.strictObject({
  briefId: z.uuid(),
  version: z.int(),
  name: z.string(),
  slug: z.string(),
  /** The registered workload that it is about; null: a new one. */
  workloadId: z.uuid().nullable(),
  team: Named,
  owner: Named,
  /** The least tier of its calls; null: the organization has no tiers. */
  tier: z.string().nullable(),
  models: z.array(Named),
  content: BriefContent,
})
export type BriefSnapshot = z.infer<typeof BriefSnapshot>

/** The snapshot of a brief as it stands; null when its team, owner, models or name are not to be had any more. */
export async function snapshotOf(tx: Transaction, brief: Brief): Promise<BriefSnapshot | null> {
  const { organizationId, teamId, ownerId, slug, workloadId } = brief
  if (teamId === null || ownerId === null || slug === null) return null
  const content = contentOf(brief)
  const ids = content.modelIds ?? []
  const team = await tx.team.findFirst({ where: { id: teamId, organizationId, archivedAt: null } })
  const owner = await tx.person.findFirst({ where: { id: ownerId, organizationId, status: 'active' } })
  const models = await tx.model.findMany({ where: { organizationId, id: { in: ids } } })
  const tiers = await tx.tier.findMany({ where: { organizationId } })
  const others = { organizationId, slug, ...(workloadId ? { id: { not: workloadId } } : {}) }
  const taken = (await tx.workload.count({ where: others })) > 0
  const gone = workloadId !== null && !(await isRunning(tx, organizationId, workloadId))
  if (!team || !owner || models.length !== ids.length || taken || gone) return null
  return {
    briefId: brief.id,
    version: brief.version,
    name: brief.name,
    slug,
    workloadId,
    team: { id: team.id, name: team.name },
    owner: { id: owner.id, name: owner.name },
    tier: leastTier(content, tiers),
    models: ids.flatMap(id => models.filter(one => one.id === id).map(one => ({ id, name: one.identifier }))),
    content,
  }
}

async function isRunning(tx: Transaction, organizationId: string, id: string): Promise<boolean> {
  return (await tx.workload.count({ where: { id, organizationId, lifecycle: { not: 'decommissioned' } } })) > 0
}

const AUTONOMY_WORDS = {
  suggests: 'suggests, people act',
  acts_after_approval: 'acts after approval',
  acts_supervised: 'acts while people watch',
  acts_alone: 'acts alone',
} as const
const KEY_WORDS = { organization: 'any', team: 'of its team', bound: 'bound to it' } as const

/** What a snapshot says, part by part, as a person reads it. */
export function briefWords(snapshot: BriefSnapshot): InWords {
  const { content, team, owner, tier, models } = snapshot
  const { metrics = [], autonomy, keyScope = 'team', latencyMs } = content
  return {
    name: snapshot.name,
    'name that callers send': snapshot.slug,
    team: team.name,
    owner: owner.name,
    objective: content.objective ?? null,
    'current state': content.currentState ?? null,
    approach: content.approach ?? null,
    'tier of inputs': content.inputTier ?? null,
    'tier of outputs': content.outputTier ?? null,
    'least tier of its calls': tier,
    models: models.map(({ name }) => name).join(', ') || null,
    success: metrics.map(one => `${one.name}: at least ${one.minimum}, aiming at ${one.target}`).join('; ') || null,
    'latency, 95 of 100': latencyMs ? `${latencyMs} ms` : null,
    'calls a day': content.requestsPerDay?.toString() ?? null,
    'cost of a call': content.costPerCallUsd ? `at most USD ${content.costPerCallUsd}` : null,
    'cost of a month': content.costPerMonthUsd ? `at most USD ${content.costPerMonthUsd}` : null,
    'what it is for': content.inScope ?? null,
    'what it is not for': content.outOfScope ?? null,
    'going back': content.rollback ?? null,
    'its end': content.decommission ?? null,
    autonomy: autonomy ? AUTONOMY_WORDS[autonomy] : null,
    oversight: content.oversight ?? null,
    'people affected': content.peopleAffected ?? null,
    keys: KEY_WORDS[keyScope],
  }
}
