import { formatUsd } from '#core/money.ts'
import { onlyForOf } from '#lib/models/model-terms.ts'
import type { Context } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { type InWords, keepVersion } from '#lib/records/keep-version.ts'
import type { ModelRequest } from '#prisma/generated/client.ts'
import type { ModelRequestDto, ModelRequestState } from './schema.ts'

/** A request of the organization; throws `not_found` for any other. */
export async function findModelRequest(tx: Transaction, ctx: Context, id: string): Promise<ModelRequest> {
  const request = await tx.modelRequest.findFirst({ where: { id, organizationId: ctx.organizationId } })
  if (!request) throw notFound('model request')
  return request
}

/**
 * The same, locked. What waits for a decision about it is locked first, as whoever decides does: otherwise the two could
 * wait for each other.
 */
export async function lockModelRequest(tx: Transaction, ctx: Context, id: string): Promise<ModelRequest> {
  await tx.$queryRaw`select 1 from approval_requests where subject_id = ${id}::uuid and state = 'pending' order by id for update`
  await tx.$queryRaw`select 1 from model_requests where id = ${id}::uuid for update`
  return findModelRequest(tx, ctx, id)
}

/** What a request refers to, read once for any number of them. */
export interface Beside {
  readonly teams: ReadonlyMap<string, string>
  readonly approvals: ReadonlyMap<string, { outcome: string | null; decidedAt: Date | null }>
}

export async function readBeside(
  tx: Transaction,
  { organizationId }: Context,
  requests: readonly ModelRequest[],
): Promise<Beside> {
  const ids = requests.flatMap(({ approvalId }) => approvalId ?? [])
  const teams = await tx.team.findMany({ where: { organizationId }, select: { id: true, name: true } })
  const approvals = await tx.approvalRequest.findMany({
    where: { organizationId, id: { in: ids } },
    select: { id: true, outcome: true, decidedAt: true },
  })
  return {
    teams: new Map(teams.map(({ id, name }) => [id, name])),
    approvals: new Map(approvals.map(one => [one.id, one])),
  }
}

export function modelRequestDto(request: ModelRequest, { teams, approvals }: Beside): ModelRequestDto {
  const { organizationId, version, updatedAt, onlyForUseCases, onlyForTeamIds, onlyForWorkloads, ...facts } = request
  const { costNanoUsdPerMonth, ...rest } = facts
  const approval = approvals.get(request.approvalId ?? '')
  return {
    ...rest,
    state: request.state as ModelRequestState,
    teamName: request.teamId && (teams.get(request.teamId) ?? null),
    costUsdPerMonth: costNanoUsdPerMonth === null ? null : formatUsd(costNanoUsdPerMonth),
    onlyFor: onlyForOf(request),
    outcome: approval?.outcome ?? null,
    decidedAt: approval?.decidedAt?.toISOString() ?? null,
    createdAt: request.createdAt.toISOString(),
  }
}

/** Keeps a change of a request: its version and the audit entry. */
export async function keepModelRequest(
  tx: Transaction,
  ctx: Context,
  change: { before: ModelRequest | null; after: ModelRequest; action: string; reason: string },
): Promise<void> {
  const { before, after, action, reason } = change
  const { organizationId, costNanoUsdPerMonth, ...document } = after
  await keepVersion(tx, ctx, {
    ...{ kind: 'model_request', id: after.id, name: after.identifier, version: after.version },
    document: JSON.parse(JSON.stringify({ ...document, costNanoUsdPerMonth: costNanoUsdPerMonth?.toString() ?? null })),
    before: before && inWords(before),
    after: inWords(after),
    ...{ action, reason },
  })
}

function inWords(request: ModelRequest): InWords {
  const listed = (items: readonly string[]) => (items.length > 0 ? items.join(', ') : null)
  return {
    state: request.state.replace('_', ' '),
    provider: request.providerName,
    'upstream name': request.upstreamModel,
    wires: listed(request.dialects),
    purpose: request.purpose,
    alternatives: request.alternatives,
    'classes of data': listed(request.tiers),
    'for use cases': listed(request.onlyForUseCases),
    'for workloads': listed(request.onlyForWorkloads),
    assessment: request.assessment || null,
  }
}
