import { PERMISSIONS, type Permission } from '#core/permissions.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { conflict, DomainError } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/**
 * Throws `permission_denied` when an actor would hand out more than they have: a token with one permission
 * must not make an administrator, nor a way to sign in as one.
 */
export function requireEqualOf(ctx: Context, roles: readonly string[]): void {
  if (!roles.includes('administrator')) return
  const all = Object.keys(PERMISSIONS) as Permission[]
  if (all.every(permission => scopeOf(ctx.actor, permission) === 'organization')) return
  throw new DomainError('permission_denied', 'Only an administrator can do this to the role Administrator.')
}

/** Whether nobody else could administer the organization; holds off others who ask until the transaction ends. */
export async function isLastAdministrator(tx: Transaction, ctx: Context, personId: string): Promise<boolean> {
  await tx.$queryRaw`select id from organizations where id = ${ctx.organizationId}::uuid for update`
  const others = await tx.person.count({
    where: {
      organizationId: ctx.organizationId,
      id: { not: personId },
      status: 'active',
      roles: { has: 'administrator' },
    },
  })
  return others === 0
}

/** Throws `conflict` when the organization would be left without an administrator. */
export async function keepAnAdministrator(tx: Transaction, ctx: Context, personId: string): Promise<void> {
  if (!(await isLastAdministrator(tx, ctx, personId))) return
  throw conflict('This is the last administrator. Make somebody else an administrator first.')
}
