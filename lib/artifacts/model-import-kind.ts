import { z } from 'zod'
import type { ApprovalKind } from '#lib/approvals/approval-kind.ts'
import { updateModel } from '#lib/models/update-model.ts'

/** What is asked for: fields of a model, as they are and as the repository proposes them. */
const Snapshot = z.strictObject({
  modelId: z.uuid(),
  identifier: z.string(),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
})

/** A model's metadata as proposed in the repository. Approval changes the catalog, and every gateway with it. */
export const modelImportKind: ApprovalKind = {
  id: 'model_import',
  title: 'Change of a model from the repository',
  policy: {
    steps: [
      {
        name: 'Catalog',
        approvers: { roles: ['approver', 'board_member'] },
        escalateAfterHours: 72,
        escalateTo: { roles: ['administrator'] },
      },
    ],
  },
  describe(snapshot) {
    const { before, after } = Snapshot.parse(snapshot)
    return Object.entries(after).map(([field, value]) => ({
      label: field,
      before: inWords(before[field]),
      after: inWords(value) ?? 'nothing',
    }))
  },
  href: ({ subjectId }) => `/build/models/${subjectId}`,
  async current(tx, ctx, { snapshot }) {
    const asked = Snapshot.parse(snapshot)
    const kept = await tx.recordVersion.findFirst({
      where: { organizationId: ctx.organizationId, kind: 'model', recordId: asked.modelId },
      orderBy: { version: 'desc' },
    })
    if (!kept) return null
    const document = kept.document as Record<string, unknown>
    const before = Object.fromEntries(Object.keys(asked.after).map(field => [field, document[field] ?? null]))
    return { ...asked, identifier: kept.name, before }
  },
  async carryOut(tx, ctx, { snapshot }) {
    const { modelId, identifier, after } = Snapshot.parse(snapshot)
    await updateModel({ ctx: { ...ctx, tx }, input: { id: modelId, ...after } })
    return { kind: 'model', id: modelId, name: identifier, href: `/build/models/${modelId}` }
  },
}

function inWords(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value) && value.every(each => typeof each !== 'object')) return value.join(', ') || null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
