import { formatDay } from '#core/day-words.ts'
import { notify } from '#lib/notices/notify.ts'
import { leadsOfTeam, peopleOfRoles } from '#lib/notices/recipients.ts'
import { tellEach } from '#lib/notices/tell-each.ts'
import { type Context, systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Model } from '#prisma/generated/client.ts'
import { substitutesOf } from './model-dto.ts'

const DAY_MS = 86_400_000
/** Days before the end at which people are told, the nearest first. */
const DAYS_BEFORE = [7, 30, 90] as const
/** Whoever called a model this long ago still uses it. */
const USED_DAYS = 30

/**
 * Tells whoever still uses a model that ends within 90, 30 or 7 days, and whoever answers for the catalog of ends that
 * providers have announced. Each is told once for each of the three, however often this runs. Returns the number of
 * notices written.
 */
export async function writeSunsetNotices(now = new Date()): Promise<number> {
  const { system } = databases()
  const horizon = { gt: now, lte: new Date(now.getTime() + Math.max(...DAYS_BEFORE) * DAY_MS) }
  const models = await system.model.findMany({
    where: {
      lifecycle: { in: ['approved', 'restricted', 'deprecated'] },
      OR: [{ sunsetAt: horizon }, { providerEndsOn: horizon }],
    },
  })
  return tellEach(models, model => {
    const ctx = systemContext(model.organizationId, 'sunset-notices')
    return system.$transaction(async tx => {
      return (await tellUsers(tx, ctx, model, now)) + (await tellStewards(tx, ctx, model, now))
    })
  })
}

async function tellUsers(tx: Transaction, ctx: Context, model: Model, now: Date): Promise<number> {
  const days = daysBefore(model.sunsetAt, now)
  if (!days || !model.sunsetAt) return 0
  const people = await usersOf(tx, ctx, model, now)
  if (people.length === 0) return 0
  return notify(tx, ctx, people, {
    kind: 'model_sunset',
    title: `${model.identifier} ends in ${days} days or less`,
    detail: `You still call it. From its sunset on calls are refused. ${await wayOut(tx, model)}`,
    href: `/govern/catalog/${model.id}?tab=use`,
    dueAt: model.sunsetAt,
    supersedes: true,
    occasion: `model-sunset:${model.id}:${dayOf(model.sunsetAt)}:${days}`,
  })
}

async function tellStewards(tx: Transaction, ctx: Context, model: Model, now: Date): Promise<number> {
  const { providerEndsOn, sunsetAt, ownerId } = model
  const days = daysBefore(providerEndsOn, now)
  if (!days || !providerEndsOn || (sunsetAt && sunsetAt <= providerEndsOn)) return 0
  const people = await peopleOfRoles(tx, ctx.organizationId, ['operations', 'administrator'])
  return notify(tx, ctx, [...new Set([...people, ...(ownerId ? [ownerId] : [])])], {
    kind: 'model_provider_end',
    title: `The provider ends ${model.identifier} in ${days} days or less`,
    detail: `Set its sunset before ${formatDay(providerEndsOn)}, so that whoever uses it is told. Source: ${model.providerEndSource}`,
    href: `/govern/catalog/${model.id}`,
    dueAt: providerEndsOn,
    supersedes: true,
    occasion: `model-provider-end:${model.id}:${dayOf(providerEndsOn)}:${days}`,
  })
}

/** The holders of the keys that called it lately; for keys of a team, its leads. */
async function usersOf(tx: Transaction, { organizationId }: Context, { id }: Model, now: Date): Promise<string[]> {
  const rollups = await tx.usageRollup.groupBy({
    by: ['keyId'],
    where: { organizationId, modelId: id, hour: { gte: new Date(now.getTime() - USED_DAYS * DAY_MS) } },
  })
  const ids = rollups.flatMap(({ keyId }) => keyId ?? [])
  const keys = await tx.apiKey.findMany({ where: { organizationId, id: { in: ids }, revokedAt: null } })
  const people = new Set(keys.flatMap(({ personId }) => personId ?? []))
  for (const teamId of new Set(keys.filter(key => !key.personId).map(key => key.teamId))) {
    for (const lead of await leadsOfTeam(tx, organizationId, teamId)) people.add(lead)
  }
  return [...people]
}

async function wayOut(tx: Transaction, model: Model): Promise<string> {
  const ids = substitutesOf(model).map(({ modelId }) => modelId)
  const names = await tx.model.findMany({ where: { id: { in: ids } }, select: { id: true, identifier: true } })
  const listed = ids.flatMap(id => names.find(one => one.id === id)?.identifier ?? [])
  return listed.length > 0 ? `Use ${listed.join(' or ')} instead.` : 'Choose another model of the catalog.'
}

function daysBefore(end: Date | null, now: Date): (typeof DAYS_BEFORE)[number] | null {
  if (!end || end <= now) return null
  return DAYS_BEFORE.find(days => end.getTime() - now.getTime() <= days * DAY_MS) ?? null
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}
