import { publishConfig, withdrawConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { keepVersion as keepRecord } from '#lib/records/keep-version.ts'
import type { Route } from '#prisma/generated/client.ts'
import { documentOf } from './route-definition.ts'
import { routeNames } from './route-names.ts'
import { inWords } from './route-words.ts'

/** Keeps a change of a route: its version with author, reason and difference, the audit entry, the gateways' document. */
export async function keepVersion(
  tx: Transaction,
  ctx: Context,
  change: { before: Route | null; after: Route; action: string; reason: string },
): Promise<void> {
  const { before, after, action, reason } = change
  const names = await routeNames(tx, before ? [before, after] : [after])
  const { id, name, version } = after
  const document = documentOf(after)
  await keepRecord(tx, ctx, {
    ...{ kind: 'route', id, name, version, document, action, reason },
    before: before && inWords(before, names),
    after: inWords(after, names),
  })
  if (after.archivedAt) await withdrawConfig(tx, ctx, 'route', id)
  else await publishConfig(tx, ctx, 'route', id, document)
  await announce(tx, ctx, 'config', id)
}
