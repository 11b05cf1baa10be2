import { isId } from '#core/ids.ts'
import type { Context } from '#lib/platform/context.ts'
import { conflict, invalid, notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Risk } from '#prisma/generated/client.ts'

/** A risk of the organization; `not_found` for any other, whether it exists or not. */
export async function findRisk(tx: Transaction, { organizationId }: Context, id: string): Promise<Risk> {
  const risk = isId(id) ? await tx.risk.findFirst({ where: { id, organizationId } }) : null
  if (!risk) throw notFound('risk')
  return risk
}

/** The same, locked against other writers. Throws `conflict` when it is closed. */
export async function lockOpenRisk(tx: Transaction, ctx: Context, id: string): Promise<Risk> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('risk'), hashtext(${id}))::text`
  const risk = await findRisk(tx, ctx, id)
  if (risk.closedAt) throw conflict('This risk is closed. Add a new one if it came back.')
  return risk
}

/** Throws `invalid_input` unless a person who is to own a risk is active here; nobody is nobody. */
export async function checkOwner(
  tx: Transaction,
  { organizationId }: Context,
  id: string | null | undefined,
): Promise<void> {
  if (!id) return
  const known = await tx.person.count({ where: { id, organizationId, status: 'active' } })
  if (known === 0) throw invalid('ownerId', 'There is no such active person here.')
}
