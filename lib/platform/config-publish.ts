import { CONFIG_DOCUMENTS, type ConfigDocumentInput, type ConfigKind } from '#core/contracts/config-documents.ts'
import type { Context } from './context.ts'
import type { Transaction } from './transaction.ts'
import { endingOf, type Publication, publish } from './transaction-ending.ts'

/**
 * Publishes a governed record to the gateways with the transaction that changes it. Gateways hear of it at commit.
 * Throws when the document is not of its shape.
 */
export async function publishConfig<K extends ConfigKind>(
  tx: Transaction,
  ctx: Context,
  kind: K,
  id: string,
  document: ConfigDocumentInput<K>,
): Promise<void> {
  await leave(tx, publicationOf(ctx, kind, id, document))
}

/** The same, and returns the configuration version it got: for who waits until the gateways run it. */
export async function publishConfigNow<K extends ConfigKind>(
  tx: Transaction,
  ctx: Context,
  kind: K,
  id: string,
  document: ConfigDocumentInput<K>,
): Promise<bigint> {
  return publish(tx, [publicationOf(ctx, kind, id, document)])
}

/** Takes a record away from the gateways. */
export async function withdrawConfig(tx: Transaction, ctx: Context, kind: ConfigKind, id: string): Promise<void> {
  await leave(tx, withdrawalOf(ctx, kind, id))
}

/** The same, and returns the configuration version that it is gone in. */
export function withdrawConfigNow(tx: Transaction, ctx: Context, kind: ConfigKind, id: string): Promise<bigint> {
  return publish(tx, [withdrawalOf(ctx, kind, id)])
}

function publicationOf<K extends ConfigKind>(
  { organizationId }: Context,
  kind: K,
  id: string,
  document: ConfigDocumentInput<K>,
): Publication {
  CONFIG_DOCUMENTS[kind].parse(document)
  return { organizationId, kind, id, json: JSON.stringify(document), deleted: false }
}

function withdrawalOf({ organizationId }: Context, kind: ConfigKind, id: string): Publication {
  return { organizationId, kind, id, json: '{}', deleted: true }
}

async function leave(tx: Transaction, publication: Publication): Promise<void> {
  const ending = endingOf(tx)
  if (ending) ending.publications.push(publication)
  else await publish(tx, [publication])
}
