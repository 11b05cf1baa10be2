import { formatUsd } from '#core/money.ts'
import { type Sql, sql } from '#lib/platform/sql.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { RequestDto } from './schema.ts'

/** Columns of a list: all but the bulky detail. */
export const LIST_COLUMNS: Sql = sql`
  id, occurred_at as at, key_id as "keyId", person_id as "personId", team_id as "teamId", model_id as "modelId",
  provider_id as "providerId", requested_model as "requestedModel", environment, workload, use_case as "useCase",
  data_class as "dataClass", dialect, path, streaming, status, outcome, error_code as "errorCode",
  usage_state as "usageState", input_tokens as "inputTokens", cached_input_tokens as "cachedInputTokens",
  cache_write_5m_tokens + cache_write_1h_tokens as "cacheWriteTokens", output_tokens as "outputTokens",
  reasoning_tokens as "reasoningTokens", cost_state as "costState", cost_nano_usd as cost, latency_ms as latency,
  first_token_ms as "firstTokenMs", overhead_ms as "overheadMs"`

type Taken =
  | 'occurredAt'
  | 'costUsd'
  | 'latencyMs'
  | 'keyName'
  | 'personName'
  | 'teamName'
  | 'modelIdentifier'
  | 'providerName'
export type EventRow = Omit<RequestDto, Taken> & { at: Date; cost: bigint | null; latency: number }

/** The names of everything that some rows mention, one query for each kind of record. */
export async function namesOf(
  tx: Transaction,
  rows: readonly EventRow[],
  more: { providerId: string; modelId: string }[] = [],
) {
  const ids = (values: (string | null)[]) => ({ in: [...new Set(values.filter(value => value !== null))] })
  const select = { id: true, name: true } as const
  const models = await tx.model.findMany({
    where: { id: ids([...rows, ...more].map(row => row.modelId)) },
    select: { id: true, identifier: true },
  })
  return {
    key: byId(await tx.apiKey.findMany({ where: { id: ids(rows.map(row => row.keyId)) }, select })),
    person: byId(await tx.person.findMany({ where: { id: ids(rows.map(row => row.personId)) }, select })),
    team: byId(await tx.team.findMany({ where: { id: ids(rows.map(row => row.teamId)) }, select })),
    provider: byId(
      await tx.provider.findMany({ where: { id: ids([...rows, ...more].map(row => row.providerId)) }, select }),
    ),
    model: byId(models.map(model => ({ id: model.id, name: model.identifier }))),
  }
}
export type Names = Awaited<ReturnType<typeof namesOf>>

function byId(rows: { id: string; name: string }[]): (id: string | null) => string | null {
  const names = new Map(rows.map(row => [row.id, row.name]))
  return id => (id === null ? null : (names.get(id) ?? null))
}

export function toRequestDto({ at, cost, latency, ...row }: EventRow, names: Names): RequestDto {
  return {
    ...row,
    occurredAt: at.toISOString(),
    keyName: names.key(row.keyId),
    personName: names.person(row.personId),
    teamName: names.team(row.teamId),
    modelIdentifier: names.model(row.modelId),
    providerName: names.provider(row.providerId),
    costUsd: cost === null ? null : formatUsd(cost),
    latencyMs: latency,
  }
}
