import { isId } from '#core/ids.ts'
import { type Context, ownedBy } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Exemption, Prisma } from '#prisma/generated/client.ts'

/** The exemptions that the actor may see: those they asked for or own, those of their teams, or all. */
export function exemptionReach(ctx: Context): Prisma.ExemptionWhereInput {
  const reach = ownedBy(ctx, 'exemptions.read', 'member')
  const { actor, organizationId } = ctx
  // Prisma leaves an empty condition out of an OR, which would be everything but what it means.
  if (Object.keys(reach).length === 0 || actor.kind !== 'person') return { AND: [reach], organizationId }
  return { organizationId, OR: [reach, { ownerId: actor.id }] }
}

/** One that the actor may see, locked against other writers; `not_found` for any other, whether it exists or not. */
export async function lockExemption(tx: Transaction, ctx: Context, id: string): Promise<Exemption> {
  await holdExemption(tx, id)
  return findExemption(tx, ctx, id)
}

/** Keeps other writers of an exemption waiting until the transaction ends. */
export async function holdExemption(tx: Transaction, id: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('exemption'), hashtext(${id}))::text`
}

export async function findExemption(tx: Transaction, ctx: Context, id: string): Promise<Exemption> {
  const where = { AND: [exemptionReach(ctx), { id }] }
  const exemption = isId(id) ? await tx.exemption.findFirst({ where }) : null
  if (!exemption) throw notFound('exemption')
  return exemption
}

/** Whether the actor asked for it or answers for it. */
export function isTheirs({ actor }: Context, { personId, ownerId }: Exemption): boolean {
  return actor.kind === 'person' && (actor.id === personId || actor.id === ownerId)
}
