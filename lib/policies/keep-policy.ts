import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { type InWords, keepVersion } from '#lib/records/keep-version.ts'
import type { Policy, Prisma } from '#prisma/generated/client.ts'
import { ratifiedVersion } from './find-policy.ts'
import { publishPolicy } from './publish-policy.ts'
import { Audience, Requirement, StoredLinks } from './schema.ts'

export interface PolicyChange {
  action: string
  reason: string
  /** What happened to its text, in words: `version 2 ratified`. */
  text?: string
}

/**
 * Changes the record of a policy and keeps the change: version with author, reason and difference, audit entry, the
 * gateways' document. The caller holds the policy's lock.
 */
export async function changePolicy(
  tx: Transaction,
  ctx: Context,
  before: Policy,
  data: Prisma.PolicyUpdateInput,
  change: PolicyChange,
): Promise<Policy> {
  const version = before.version + 1
  const after = await tx.policy.update({ where: { id: before.id }, data: { ...data, version } })
  await keepPolicy(tx, ctx, before, after, change)
  return after
}

/** Keeps a policy as it is now. */
export async function keepPolicy(
  tx: Transaction,
  ctx: Context,
  before: Policy | null,
  after: Policy,
  { action, reason, text }: PolicyChange,
): Promise<void> {
  const { id, name, version, kind, ownerId, clauseLinks, audience, requirement, reviewEveryDays } = after
  const inForce = await ratifiedVersion(tx, id)
  const said = { inForce: inForce?.number ?? null, text: inForce?.text ?? after.draft }
  const document = { kind, name, ownerId, clauseLinks, audience, requirement, reviewEveryDays, ...said }
  await keepVersion(tx, ctx, {
    ...{ kind: 'policy', id, name, version, document, action, reason },
    before: before ? { ...(await inWords(tx, before)), text: null } : null,
    after: { ...(await inWords(tx, after)), text: text ?? null },
  })
  await publishPolicy(tx, ctx, after)
  await announce(tx, ctx, 'config', id)
}

async function inWords(tx: Transaction, policy: Policy): Promise<InWords> {
  const audience = Audience.parse(policy.audience)
  const requirement = Requirement.parse(policy.requirement)
  const links = Object.entries(StoredLinks.parse(policy.clauseLinks)).sort(([a], [b]) => (a < b ? -1 : 1))
  const ids = [...audience.teamIds, ...requirement.teamIds]
  const teams = ids.length > 0 ? await tx.team.findMany({ where: { id: { in: ids } } }) : []
  const named = (teamIds: string[]) => teamIds.map(id => teams.find(team => team.id === id)?.name ?? id).join(', ')
  const owner = policy.ownerId ? await tx.person.findFirst({ where: { id: policy.ownerId } }) : null
  return {
    name: policy.name,
    owner: owner?.name ?? null,
    audience: audience.everyone ? 'everybody' : named(audience.teamIds),
    'keys need it':
      requirement.scope === 'off'
        ? 'no'
        : `${requirement.scope === 'everyone' ? 'all keys' : named(requirement.teamIds)}, ${requirement.graceDays} days of grace`,
    review: `every ${policy.reviewEveryDays} days`,
    'review due': policy.reviewDueAt?.toISOString().slice(0, 10) ?? null,
    links: links.map(([ref, to]) => `${ref}: ${to.map(link => link.name).join(', ')}`).join('; ') || null,
    state: policy.archivedAt ? 'archived' : 'in use',
  }
}
