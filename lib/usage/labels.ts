import type { Transaction } from '#lib/platform/transaction.ts'
import type { UsageGroup } from './schema.ts'

const NOT_STATED: Partial<Record<UsageGroup, string>> = {
  team: 'No team',
  person: 'No person',
  key: 'No key',
  model: 'No model',
  provider: 'Not sent to a provider',
}

/** What each group is called: the names of records in one query, other keys as they are. */
export async function labelsOf(
  tx: Transaction,
  group: UsageGroup,
  keys: readonly (string | null)[],
): Promise<(key: string | null) => string> {
  const ids = keys.filter(key => key !== null)
  const names = await namesOf(tx, group, ids)
  return key => {
    if (key === null) return NOT_STATED[group] ?? 'Not stated'
    return names ? (names.get(key) ?? 'Removed') : key
  }
}

async function namesOf(tx: Transaction, group: UsageGroup, ids: string[]): Promise<Map<string, string> | null> {
  const args = { where: { id: { in: ids } }, select: { id: true, name: true } } as const
  const byId = (rows: { id: string; name: string }[]) => new Map(rows.map(row => [row.id, row.name]))
  if (group === 'team') return byId(await tx.team.findMany(args))
  if (group === 'person') return byId(await tx.person.findMany(args))
  if (group === 'key') return byId(await tx.apiKey.findMany(args))
  if (group === 'provider') return byId(await tx.provider.findMany(args))
  if (group !== 'model') return null
  const models = await tx.model.findMany({ where: args.where, select: { id: true, identifier: true } })
  return new Map(models.map(model => [model.id, model.identifier]))
}
