import 'server-only'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import type { ControlKind } from './schema.ts'

const MOST = 50

/** An open risk that counts on a record to make it smaller. */
export interface ControlledRisk {
  riskId: string
  title: string
  /** What the control was called when it was linked. */
  controlName: string
  /** How it makes the risk smaller; empty when nobody said. */
  note: string
}

/**
 * The open risks that name a record as their control, or any record of the kind; none for a caller who may not see
 * risks, since this stands beside what they may see.
 */
export function risksOfControl(ctx: Context, kind: ControlKind, recordId?: string): Promise<ControlledRisk[]> {
  if (!scopeOf(ctx.actor, 'risks.read')) return Promise.resolve([])
  const { organizationId } = ctx
  return read(ctx, async tx => {
    const controls = await tx.riskControl.findMany({
      where: { organizationId, kind, ...(recordId ? { recordId } : {}), risk: { closedAt: null } },
      include: { risk: { select: { title: true } } },
      orderBy: { id: 'asc' },
      take: MOST,
    })
    return controls.map(({ riskId, name, note, risk }) => ({ riskId, title: risk.title, controlName: name, note }))
  })
}
