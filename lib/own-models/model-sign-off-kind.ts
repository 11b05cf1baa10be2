import { z } from 'zod'
import type { ApprovalKind, SnapshotLine } from '#lib/approvals/approval-kind.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { modelVersionDtos } from './model-versions.ts'
import { signOffModelVersion } from './sign-off-model-version.ts'

/** What is asked for: that this artifact, of this lineage, answers calls of production. */
const Snapshot = z.strictObject({
  versionId: z.uuid(),
  modelId: z.uuid(),
  model: z.string(),
  label: z.string(),
  digest: z.string(),
  signer: z.string(),
  baseModel: z.string(),
  parent: z.string().nullable(),
  trainingData: z.array(z.string()),
  inService: z.string().nullable(),
})
export type ModelSignOffSnapshot = z.infer<typeof Snapshot>

/** A version as those read it who sign it off; null when it is gone or signed off already. */
export async function signOffSnapshot(
  tx: Transaction,
  ctx: Context,
  versionId: string,
): Promise<ModelSignOffSnapshot | null> {
  const where = { id: versionId, organizationId: ctx.organizationId }
  const version = await tx.modelVersion.findFirst({ where, include: { model: true } })
  if (!version || version.signedOffAt) return null
  const { model, ...facts } = version
  const [dto] = await modelVersionDtos(tx, ctx, [facts])
  const serving = await tx.modelVersion.findFirst({ where: { modelId: model.id, inServiceSince: { not: null } } })
  return {
    ...{ versionId, modelId: model.id, model: model.identifier, label: facts.label, digest: facts.digest },
    ...{ signer: facts.signerName, baseModel: facts.baseModel, parent: dto?.parentLabel ?? null },
    trainingData: (dto?.trainingData ?? []).map(({ name, tier }) => `${name} (${tier})`),
    inService: serving?.label ?? null,
  }
}

/** A version of a model of our own may answer production. Approval puts it into service in place of the one before. */
export const modelSignOffKind: ApprovalKind = {
  id: 'model_sign_off',
  title: 'Sign-off of an own model',
  policy: {
    steps: [
      {
        name: 'Review board',
        approvers: { roles: ['board_member'] },
        escalateAfterHours: 24 * 7,
        escalateTo: { roles: ['approver', 'administrator'] },
      },
    ],
    expiresAfterHours: 24 * 30,
  },
  describe(snapshot) {
    const asked = Snapshot.parse(snapshot)
    const lines: (SnapshotLine | null)[] = [
      { label: 'Model', before: null, after: asked.model },
      { label: 'Version', before: asked.inService === asked.label ? null : asked.inService, after: asked.label },
      { label: 'Artifact', before: null, after: asked.digest },
      { label: 'Signed by', before: null, after: asked.signer },
      { label: 'Base model', before: null, after: asked.baseModel },
      asked.parent === null ? null : { label: 'Made from', before: null, after: asked.parent },
      { label: 'Trained on', before: null, after: asked.trainingData.join(', ') || 'nothing is stated' },
    ]
    return lines.filter(line => line !== null)
  },
  href: ({ snapshot }) => `/govern/catalog/${Snapshot.parse(snapshot).modelId}?tab=versions`,
  current: (tx, ctx, { subjectId }) => signOffSnapshot(tx, ctx, subjectId),
  async carryOut(tx, ctx, approval) {
    const { modelId, model, label } = Snapshot.parse(approval.snapshot)
    await signOffModelVersion(tx, ctx, approval)
    return { kind: 'model', id: modelId, name: `${model} ${label}`, href: `/govern/catalog/${modelId}?tab=versions` }
  },
}
