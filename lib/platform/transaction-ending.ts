import { LIVE_CHANNEL } from '#core/contracts/replica-status.ts'
import type { Prisma } from '#prisma/generated/client.ts'

type Transaction = Prisma.TransactionClient

/** A document for the gateways, or one that is taken from them. */
export interface Publication {
  readonly organizationId: string
  readonly kind: string
  readonly id: string
  readonly json: string
  readonly deleted: boolean
}

/**
 * What a transaction leaves for its end. Publications wait for each other until they commit, whoever makes them, so
 * that they become visible in order: left to the end, a decision holds up others for a moment instead of for all that
 * comes with it, and one that is only tried out holds up nobody. The rest saves round trips.
 */
export interface Ending {
  readonly publications: Publication[]
  readonly entries: Prisma.AuditEntryCreateManyInput[]
  /** What open pages are told, each once. */
  readonly news: Set<string>
}

const endings = new WeakMap<Transaction, Ending>()

/** Lets a transaction leave things for its end, which whoever began it writes by `writeEnding`. */
export function beginEnding(tx: Transaction): void {
  endings.set(tx, { publications: [], entries: [], news: new Set() })
}

/** Where to leave what can wait for the end of a transaction; null when nobody would write it then. */
export function endingOf(tx: Transaction): Ending | null {
  return endings.get(tx) ?? null
}

/** Writes what was left for the end: as much part of the transaction as all that went before. */
export async function writeEnding(tx: Transaction): Promise<void> {
  const ending = endings.get(tx)
  if (!ending) return
  endings.delete(tx)
  const { publications, entries, news } = ending
  if (entries.length > 0) await tx.auditEntry.createMany({ data: entries })
  if (news.size > 0) {
    await tx.$executeRaw`select pg_notify(${LIVE_CHANNEL}, said) from unnest(${[...news]}::text[]) as said`
  }
  if (publications.length > 0) await publish(tx, publications)
}

/** Publishes documents in the order in which they were given; the configuration version that the last of them got. */
export async function publish(tx: Transaction, publications: readonly Publication[]): Promise<bigint> {
  const column = <T>(of: (one: Publication) => T) => publications.map(of)
  const rows = await tx.$queryRaw<{ version: bigint }[]>`
    select publish_config(organization, kind, id, document::jsonb, deleted) as version
    from (
      select * from unnest(
        ${column(one => one.organizationId)}::uuid[], ${column(one => one.kind)}::text[],
        ${column(one => one.id)}::uuid[], ${column(one => one.json)}::text[], ${column(one => one.deleted)}::boolean[]
      ) with ordinality as given (organization, kind, id, document, deleted, place)
      order by place
    ) as ordered`
  const version = rows.at(-1)?.version
  if (version === undefined) throw new Error('publish_config gave no version')
  return version
}
