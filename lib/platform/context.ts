import type { Grants, Permission, Scope } from '#core/permissions.ts'
import { isPermission, PERMISSIONS } from '#core/permissions.ts'
import { grantsOf } from '#core/role-grants.ts'
import { DomainError } from './errors.ts'
import type { Transaction } from './transaction.ts'

/** The actor id of the installation's own token, GATEHOUSE_BOOTSTRAP_TOKEN: an id like any other, and nobody's row. */
export const BOOTSTRAP_ID = '00000000-0000-7000-8000-000000000001'

/** Who acts. */
export type Actor =
  | {
      kind: 'person'
      id: string
      name: string
      roles: string[]
      /** Every team they are in, and those they lead. */
      teamIds: string[]
      ledTeamIds: string[]
    }
  | { kind: 'serviceToken'; id: string; name: string; scopes: string[] }
  | { kind: 'agent'; id: string; name: string }
  | { kind: 'system'; id: null; name: string }

/** What a verb or query runs in: one organization, one actor, one request. */
export interface Context {
  organizationId: string
  actor: Actor
  requestId: string
  /** Set when a verb is called inside another's transaction. */
  tx?: Transaction
  /** When what is written happened, for a demonstration that tells of months past; now unless told. */
  at?: Date
  /** Set while what was approved is carried out. */
  approval?: { id: string; requesterName: string; approverNames: readonly string[] }
}

/** What every verb is called with; the input is unknown until the verb's own schema has read it. */
export interface VerbArgs {
  ctx: Context
  input: unknown
}

/** How far the actor's permission reaches; null when they do not have it. System jobs reach everything. */
export function scopeOf(actor: Actor, permission: Permission): Scope | null {
  return grantsFor(actor)[permission] ?? null
}

/** All that the actor may do. */
export function grantsFor(actor: Actor): Grants {
  if (actor.kind === 'person') return grantsOf(actor.roles)
  const held = actor.kind === 'serviceToken' ? actor.scopes.filter(isPermission) : Object.keys(PERMISSIONS)
  if (actor.kind === 'agent') return {}
  return Object.fromEntries(held.map(permission => [permission, 'organization' as const]))
}

/** Throws `permission_denied` unless the actor has the permission at any scope; returns that scope. */
export function requirePermission(ctx: Context, permission: Permission): Scope {
  const scope = scopeOf(ctx.actor, permission)
  if (scope) return scope
  throw new DomainError(
    'permission_denied',
    `This needs the permission ${permission} (${PERMISSIONS[permission]}). Ask an administrator.`,
  )
}

/**
 * The Prisma filter that keeps a query to what the actor's scope reaches, for records with `teamId` and
 * `personId`. Scope `team` means the teams one leads when `reach` is `led`, else those one is in.
 */
export function ownedBy(
  ctx: Context,
  permission: Permission,
  reach: 'led' | 'member' = 'led',
): { personId?: string; OR?: ({ personId: string } | { teamId: { in: string[] } })[] } {
  const scope = requirePermission(ctx, permission)
  if (scope === 'organization') return {}
  if (ctx.actor.kind !== 'person') throw new DomainError('permission_denied', 'Only a person has records of their own.')
  if (scope === 'own') return { personId: ctx.actor.id }
  const teams = reach === 'led' ? ctx.actor.ledTeamIds : ctx.actor.teamIds
  return { OR: [{ personId: ctx.actor.id }, { teamId: { in: teams } }] }
}

/** A context for work that no person asked for, such as a job. */
export function systemContext(organizationId: string, job: string): Context {
  return { organizationId, actor: { kind: 'system', id: null, name: job }, requestId: `job:${job}` }
}
