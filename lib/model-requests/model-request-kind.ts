import { z } from 'zod'
import { formatUsd } from '#core/money.ts'
import type { ApprovalKind, SnapshotLine } from '#lib/approvals/approval-kind.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ModelRequest } from '#prisma/generated/client.ts'
import { admitModel } from './admit-model.ts'
import { closeModelRequest } from './close-model-request.ts'

/** What is asked for: the entry that the catalog would get, and what speaks for it. */
const Snapshot = z.strictObject({
  requestId: z.uuid(),
  identifier: z.string(),
  displayName: z.string(),
  providerId: z.uuid(),
  provider: z.string(),
  upstreamModel: z.string(),
  dialects: z.array(z.string()),
  tiers: z.array(z.string()),
  useCases: z.array(z.string()),
  teams: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
  workloads: z.array(z.string()),
  team: z.string().nullable(),
  requestsPerMonth: z.int().nullable(),
  costUsdPerMonth: z.string().nullable(),
  alternatives: z.string(),
  assessment: z.string(),
})
export type ModelRequestSnapshot = z.infer<typeof Snapshot>

/** A request as approvers read it; null when it could not be granted: its provider is not known, or its name is taken. */
export async function requestSnapshot(tx: Transaction, request: ModelRequest): Promise<ModelRequestSnapshot | null> {
  const { organizationId, identifier, providerId, onlyForTeamIds, costNanoUsdPerMonth } = request
  const provider = providerId && (await tx.provider.findFirst({ where: { id: providerId, organizationId } }))
  const taken = await tx.model.count({
    where: { organizationId, OR: [{ identifier }, { aliases: { has: identifier } }] },
  })
  if (!provider || taken > 0) return null
  const ids = [...onlyForTeamIds, ...(request.teamId ? [request.teamId] : [])]
  const teams = ids.length > 0 ? await tx.team.findMany({ where: { id: { in: ids }, organizationId } }) : []
  const nameOf = (id: string) => teams.find(team => team.id === id)?.name ?? 'a team that is gone'
  return {
    ...{ requestId: request.id, identifier, displayName: request.displayName },
    ...{ providerId: provider.id, provider: provider.name, upstreamModel: request.upstreamModel },
    ...{ dialects: request.dialects, tiers: request.tiers },
    useCases: request.onlyForUseCases,
    teams: onlyForTeamIds.map(id => ({ id, name: nameOf(id) })),
    workloads: request.onlyForWorkloads,
    team: request.teamId && nameOf(request.teamId),
    requestsPerMonth: request.requestsPerMonth,
    costUsdPerMonth: costNanoUsdPerMonth === null ? null : formatUsd(costNanoUsdPerMonth),
    ...{ alternatives: request.alternatives, assessment: request.assessment },
  }
}

/** A model that the catalog does not have. Approval puts it there, and every gateway serves it within a second. */
export const modelRequestKind: ApprovalKind = {
  id: 'model_request',
  title: 'New model',
  policy: {
    steps: [
      {
        name: 'Review board',
        approvers: { roles: ['board_member', 'approver'] },
        escalateAfterHours: 24 * 7,
        escalateTo: { roles: ['administrator'] },
      },
    ],
    expiresAfterHours: 24 * 30,
  },
  describe(snapshot) {
    const asked = Snapshot.parse(snapshot)
    const only = [...asked.useCases, ...asked.teams.map(({ name }) => name), ...asked.workloads]
    const lines: (SnapshotLine | null)[] = [
      line(
        'Model',
        asked.identifier === asked.displayName ? asked.identifier : `${asked.displayName} (${asked.identifier})`,
      ),
      line('Provider', asked.provider),
      line('Classes of data', asked.tiers.join(', ')),
      line('For', only.length > 0 ? only.join(', ') : 'everybody whose key and data allow it'),
      asked.team === null ? null : line('Team', asked.team),
      asked.requestsPerMonth === null ? null : line('Calls a month', asked.requestsPerMonth.toLocaleString('en-US')),
      asked.costUsdPerMonth === null ? null : line('Cost a month', `USD ${asked.costUsdPerMonth}`),
      line('Considered instead', asked.alternatives),
      asked.assessment === '' ? null : line('Review', asked.assessment),
    ]
    return lines.filter(one => one !== null)
  },
  href: ({ subjectId }) => `/govern/catalog/requests/${subjectId}`,
  async current(tx, ctx, { subjectId }) {
    const { organizationId } = ctx
    const request = await tx.modelRequest.findFirst({ where: { id: subjectId, organizationId } })
    return request?.state === 'awaiting_decision' ? requestSnapshot(tx, request) : null
  },
  async carryOut(tx, ctx, approval) {
    const { id, displayName } = await admitModel(tx, ctx, approval.subjectId)
    return { kind: 'model', id, name: displayName, href: `/build/models/${id}` }
  },
  turnDown: (tx, ctx, approval) => closeModelRequest(tx, ctx, approval.subjectId),
}

function line(label: string, after: string): SnapshotLine {
  return { label, before: null, after }
}
