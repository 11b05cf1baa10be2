import { z } from 'zod'
import type { OnlyFor } from '#core/catalog/only-for.ts'
import type { TermsOfUse } from '#core/catalog/terms-of-use.ts'
import { MODEL_LIFECYCLES } from '#core/contracts/config-documents.ts'
import { formatDay } from '#core/day-words.ts'
import type { ApprovalKind, SnapshotLine } from '#lib/approvals/approval-kind.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Model } from '#prisma/generated/client.ts'
import { changeModelLifecycle } from './change-model-lifecycle.ts'
import { MODEL_LIFECYCLE_KIND, modelLifecyclePolicy } from './model-lifecycle-policy.ts'
import { termsOf } from './model-terms.ts'

const Terms = z.strictObject({
  lifecycle: z.enum(MODEL_LIFECYCLES),
  sunsetAt: z.iso.datetime().nullable(),
  tiers: z.array(z.string()),
  useCases: z.array(z.string()),
  teams: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
  workloads: z.array(z.string()),
})
type Terms = z.infer<typeof Terms>

/** What is asked for: the terms as they are and as they should be. */
const Snapshot = z.strictObject({ modelId: z.uuid(), model: z.string(), before: Terms, after: Terms })
export type ModelLifecycleSnapshot = z.infer<typeof Snapshot>

/** What a request asks for, as approvers read it. */
export async function lifecycleSnapshot(
  tx: Transaction,
  model: Model,
  after: TermsOfUse,
): Promise<ModelLifecycleSnapshot> {
  const before = termsOf(model)
  const ids = [...before.onlyFor.teamIds, ...after.onlyFor.teamIds]
  const teams = ids.length > 0 ? await tx.team.findMany({ where: { id: { in: ids } } }) : []
  const names = new Map(teams.map(({ id, name }) => [id, name]))
  return { modelId: model.id, model: model.identifier, before: inWords(before, names), after: inWords(after, names) }
}

/** More may be done with a model. Approval changes its terms, and every gateway keeps to them within a second. */
export const modelLifecycleKind: ApprovalKind = {
  id: MODEL_LIFECYCLE_KIND,
  title: 'Wider use of a model',
  policy: modelLifecyclePolicy,
  directWay: 'Administrators and tokens with models.approve change it at once, with a reason; everybody else asks.',
  describe(snapshot) {
    const { model, before, after } = Snapshot.parse(snapshot)
    const lines = [
      lineOf('Lifecycle', before.lifecycle.replace('_', ' '), after.lifecycle.replace('_', ' ')),
      lineOf('Sunset', dayOf(before.sunsetAt), dayOf(after.sunsetAt)),
      lineOf('Classes of data', listed(before.tiers, 'none'), listed(after.tiers, 'none')),
      lineOf('Use cases', listed(before.useCases), listed(after.useCases)),
      lineOf('Teams', listed(before.teams.map(namesOf)), listed(after.teams.map(namesOf))),
      lineOf('Workloads', listed(before.workloads), listed(after.workloads)),
    ]
    return [{ label: 'Model', before: null, after: model }, ...lines.filter(line => line !== null)]
  },
  href: ({ subjectId }) => `/govern/catalog/${subjectId}`,
  async current(tx, ctx, { subjectId, snapshot }) {
    const model = await tx.model.findFirst({ where: { id: subjectId, organizationId: ctx.organizationId } })
    if (!model) return null
    return lifecycleSnapshot(tx, model, fromWords(Snapshot.parse(snapshot).after))
  },
  async carryOut(tx, ctx, { snapshot, reason, requesterName }) {
    const { modelId, after } = Snapshot.parse(snapshot)
    const { lifecycle, sunsetAt, onlyFor, tiers } = fromWords(after)
    const why = `Asked for by ${requesterName}: ${reason}`.slice(0, 1_000)
    const input = { id: modelId, lifecycle, sunsetAt, onlyFor, tiers, reason: why }
    const { displayName } = await changeModelLifecycle({ ctx: { ...ctx, tx }, input })
    return { kind: 'model', id: modelId, name: displayName, href: `/govern/catalog/${modelId}` }
  },
}

function inWords({ onlyFor, tiers, ...terms }: TermsOfUse, names: ReadonlyMap<string, string>): Terms {
  const teams = onlyFor.teamIds.map(id => ({ id, name: names.get(id) ?? 'a team that is gone' }))
  return { ...terms, tiers: [...tiers], useCases: onlyFor.useCases, teams, workloads: onlyFor.workloads }
}

function fromWords({ useCases, teams, workloads, ...terms }: Terms): TermsOfUse & { onlyFor: OnlyFor } {
  return { ...terms, onlyFor: { useCases, teamIds: teams.map(({ id }) => id), workloads } }
}

function lineOf(label: string, before: string, after: string): SnapshotLine | null {
  return before === after ? null : { label, before, after }
}

function listed(items: readonly string[], none = 'all'): string {
  return items.length > 0 ? items.join(', ') : none
}

const namesOf = ({ name }: { name: string }) => name
const dayOf = (moment: string | null) => (moment === null ? 'none' : formatDay(moment))
