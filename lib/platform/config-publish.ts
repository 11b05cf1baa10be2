import { CONFIG_DOCUMENTS, type ConfigDocumentInput, type ConfigKind } from '#core/contracts/config-documents.ts'
import type { Context } from './context.ts'
import type { Transaction } from './transaction.ts'

/**
 * Publishes a governed record to the gateways, inside the transaction that changes it. Gateways hear of
 * it at commit. Returns the configuration version it got. Throws when the document is not of its shape.
 */
export async function publishConfig<K extends ConfigKind>(
  tx: Transaction,
  ctx: Context,
  kind: K,
  id: string,
  document: ConfigDocumentInput<K>,
): Promise<bigint> {
  CONFIG_DOCUMENTS[kind].parse(document)
  return upsert(tx, ctx, kind, id, JSON.stringify(document), false)
}

/** Takes a record away from the gateways. */
export async function withdrawConfig(tx: Transaction, ctx: Context, kind: ConfigKind, id: string): Promise<bigint> {
  return upsert(tx, ctx, kind, id, '{}', true)
}

async function upsert(
  tx: Transaction,
  ctx: Context,
  kind: ConfigKind,
  id: string,
  json: string,
  deleted: boolean,
): Promise<bigint> {
  const rows = await tx.$queryRaw<{ version: bigint }[]>`
    select publish_config(${ctx.organizationId}::uuid, ${kind}, ${id}::uuid, ${json}::jsonb, ${deleted}) as version`
  const version = rows[0]?.version
  if (version === undefined) throw new Error('publish_config gave no version')
  return version
}
