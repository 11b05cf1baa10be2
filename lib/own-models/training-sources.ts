import 'server-only'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'

/** The data sources that a version can name as what it was trained on. */
export function trainingSources(ctx: Context): Promise<{ id: string; name: string; tier: string }[]> {
  requirePermission(ctx, 'models.manage')
  return read(ctx, tx =>
    tx.dataSource.findMany({
      where: { organizationId: ctx.organizationId, archivedAt: null },
      select: { id: true, name: true, tier: true },
      orderBy: { name: 'asc' },
    }),
  )
}
