import 'server-only'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { findCheckpoint } from './queries.ts'
import type { CheckpointDto } from './schema.ts'

export interface SealState {
  /** The newest signed statement; null before the first entry was sealed. */
  checkpoint: CheckpointDto | null
  /** Entries that no checkpoint covers yet. */
  waiting: number
}

/** How much of the audit log is sealed, and by which checkpoint. */
export async function sealState(ctx: Context): Promise<SealState> {
  requirePermission(ctx, 'audit.read')
  const checkpoint = await findCheckpoint(ctx)
  const [row] = await read(
    ctx,
    tx => tx.$queryRaw<{ waiting: number }[]>`
      select count(*)::int as waiting from audit_entries e
      where not exists (
        select 1 from audit_leaves l where l.entry_id = e.id and l.index < ${BigInt(checkpoint?.treeSize ?? 0)})`,
  )
  return { checkpoint, waiting: row?.waiting ?? 0 }
}
