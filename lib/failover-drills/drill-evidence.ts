import type { Evidence } from '#core/evidence/evidence.ts'
import type { FailoverDrill } from '#prisma/generated/client.ts'
import { freshUntil, type Rhythm } from './drill-occasions.ts'
import type { DrillFindings } from './schema.ts'

const COLLECTOR = 'Failover drill of the worker, through the gateway'

/** What a drill proves, once it has ended. */
export function drillEvidence(
  drill: Pick<FailoverDrill, 'id' | 'modelId' | 'modelName' | 'startedAt' | 'createdAt'>,
  findings: DrillFindings,
  rhythm: Rhythm,
  endedAt: Date,
): Evidence {
  const at = endedAt.toISOString()
  return {
    kind: 'failover_drill',
    subject: { kind: 'model', id: drill.modelId, name: drill.modelName },
    collector: COLLECTOR,
    period: { from: (drill.startedAt ?? drill.createdAt).toISOString(), to: at },
    effectiveAt: at,
    freshUntil: freshUntil(rhythm, endedAt).toISOString(),
    value: { drillId: drill.id, ...findings },
  }
}
