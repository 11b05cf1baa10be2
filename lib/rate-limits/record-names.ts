import type { Transaction } from '#lib/platform/transaction.ts'

/** Names of teams, people, keys and models, by id: what a rate limit counts for. */
export async function recordNames(tx: Transaction, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  if (ids.length === 0) return names
  const args = { where: { id: { in: [...ids] } }, select: { id: true, name: true } }
  const add = (rows: { id: string; name: string }[]) => {
    for (const { id, name } of rows) names.set(id, name)
  }
  add(await tx.organization.findMany(args))
  add(await tx.team.findMany(args))
  add(await tx.person.findMany(args))
  add(await tx.apiKey.findMany(args))
  const models = await tx.model.findMany({ where: args.where, select: { id: true, displayName: true } })
  add(models.map(({ id, displayName }) => ({ id, name: displayName })))
  return names
}
