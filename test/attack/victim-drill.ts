import { hashEvidence } from '#core/evidence/evidence.ts'
import { newId } from '#core/ids.ts'
import { drillEvidence } from '#lib/failover-drills/drill-evidence.ts'
import { unfinished } from '#lib/failover-drills/drill-findings.ts'
import { databases } from '#lib/platform/database.ts'

/** One that has ended: a worker would take up any other, and write into the audit log that an attack is judged by. */
export async function makeDrill(organizationId: string, modelId: string, modelName: string): Promise<string> {
  const [id, endedAt] = [newId(), new Date()]
  const evidence = drillEvidence(
    { id, modelId, modelName, startedAt: endedAt, createdAt: endedAt },
    unfinished(30_000, modelName),
    { every: 'month', hour: 3 },
    endedAt,
  )
  const drill = {
    id,
    organizationId,
    modelId,
    modelName,
    occasion: 'demand',
    startedByName: modelName,
    state: 'failed',
  }
  const proof = { endedAt, evidence: JSON.parse(JSON.stringify(evidence)), evidenceHash: hashEvidence(evidence) }
  await databases().system.failoverDrill.create({ data: { ...drill, boundMs: 30_000, ...proof } })
  return id
}
