import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { publishConfig, withdrawConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Route } from '#prisma/generated/client.ts'
import { routeChanges } from './route-changes.ts'
import { documentOf } from './route-definition.ts'
import { routeNames } from './route-names.ts'

/** Keeps a change of a route: its version with author, reason and difference, the audit entry, the gateways' document. */
export async function keepVersion(
  tx: Transaction,
  ctx: Context,
  change: { before: Route | null; after: Route; action: string; reason: string },
): Promise<void> {
  const { before, after, action, reason } = change
  const names = await routeNames(tx, before ? [before, after] : [after])
  const changes = routeChanges(before, after, names)
  const { id, organizationId, version } = after
  await tx.routeVersion.create({
    data: {
      id: newId(),
      organizationId,
      routeId: id,
      version,
      document: documentOf(after),
      changes: changes.map(each => ({ ...each })),
      reason,
      authorKind: ctx.actor.kind,
      authorId: ctx.actor.id,
      authorName: ctx.actor.name,
    },
  })
  await audit(tx, ctx, {
    action,
    subject: { kind: 'route', id, name: after.name },
    ...(before ? { before: Object.fromEntries(changes.map(each => [each.field, each.before])) } : {}),
    after: Object.fromEntries(changes.map(each => [each.field, each.after])),
    ...(reason ? { reason } : {}),
  })
  if (after.archivedAt) await withdrawConfig(tx, ctx, 'route', id)
  else await publishConfig(tx, ctx, 'route', id, documentOf(after))
  await announce(tx, ctx, 'config', id)
}
