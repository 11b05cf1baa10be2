import type { RequestEvent } from './request-event.ts'

/**
 * The columns of an event's row, in the order in which a row has them. `occurred_at` stays second: whoever reads rows
 * finds the moment without reading the rest.
 */
export const EVENT_COLUMNS = [
  'id',
  'occurred_at',
  'organization_id',
  'replica_id',
  'key_id',
  'team_id',
  'person_id',
  'agent_id',
  'environment',
  'workload',
  'use_case',
  'end_user',
  'session',
  'data_class',
  'dialect',
  'path',
  'streaming',
  'requested_model',
  'model_id',
  'provider_id',
  'status',
  'outcome',
  'error_code',
  'usage_state',
  'input_tokens',
  'cached_input_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cost_state',
  'cost_nano_usd',
  'price_id',
  'latency_ms',
  'first_token_ms',
  'overhead_ms',
  'request_bytes',
  'response_bytes',
  'config_version',
  'trace_id',
  'budget_ids',
  'budget_periods',
  'budget_calls',
  'model_version',
  'stage_us',
  'detail',
] as const
export type EventColumn = (typeof EVENT_COLUMNS)[number]

const NULL = '\\N'

/**
 * An event as a row of PostgreSQL's COPY, in its text format without the line end: cells with tabs between them, `\N`
 * where there is nothing (https://www.postgresql.org/docs/current/sql-copy.html, "Text Format").
 */
export function eventRow(event: RequestEvent): string {
  const { budgets } = event
  return [
    event.id,
    event.occurredAt,
    event.organizationId,
    event.replicaId,
    event.keyId ?? NULL,
    event.teamId ?? NULL,
    event.personId ?? NULL,
    event.agentId ?? NULL,
    text(event.environment),
    text(event.workload),
    text(event.useCase),
    text(event.endUser),
    text(event.session),
    text(event.dataClass),
    event.dialect,
    text(event.path),
    event.streaming ? 't' : 'f',
    text(event.requestedModel),
    event.modelId ?? NULL,
    event.providerId ?? NULL,
    event.status,
    event.outcome,
    text(event.errorCode),
    event.usageState,
    event.inputTokens ?? NULL,
    event.cachedInputTokens ?? NULL,
    event.cacheWrite5mTokens ?? NULL,
    event.cacheWrite1hTokens ?? NULL,
    event.outputTokens ?? NULL,
    event.reasoningTokens ?? NULL,
    event.costState,
    event.costNanoUsd ?? NULL,
    event.priceId ?? NULL,
    event.latencyMs,
    event.firstTokenMs ?? NULL,
    event.overheadMs,
    event.requestBytes,
    event.responseBytes,
    event.configVersion,
    text(event.traceId),
    budgets ? `{${budgets.map(({ id }) => id).join()}}` : NULL,
    budgets ? `{${budgets.map(({ periodStart }) => periodStart).join()}}` : NULL,
    budgets?.some(({ calls }) => calls) ? `{${budgets.map(({ calls }) => calls ?? 0).join()}}` : NULL,
    text(event.modelVersion),
    `{${event.stageUs.join()}}`,
    escaped(JSON.stringify(event.detail)),
  ].join('\t')
}

/** The cells of a row by their columns, as text; null where there is nothing. Throws when it is no such row. */
export function readEventRow(row: string): Record<EventColumn, string | null> {
  const cells = row.split('\t')
  if (cells.length !== EVENT_COLUMNS.length) throw new Error('not a row of an event')
  const read: Partial<Record<EventColumn, string | null>> = {}
  for (const [index, column] of EVENT_COLUMNS.entries()) {
    const cell = cells[index] ?? ''
    read[column] = cell === NULL ? null : cell.includes('\\') ? unescaped(cell) : cell
  }
  return read as Record<EventColumn, string | null>
}

/** The elements of a cell that is an array of ids, moments or numbers; none where there is nothing. */
export function arrayElements(cell: string | null): string[] {
  const inner = cell?.slice(1, -1) ?? ''
  return inner === '' ? [] : inner.split(',')
}

const SPECIAL = /[\\\t\n\r]/
const EVERY_SPECIAL = /[\\\t\n\r]/g
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const ESCAPED = /\\(.)/g
const MEANT: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' }

function text(value: string | null): string {
  return value === null ? NULL : escaped(value)
}

function escaped(value: string): string {
  return SPECIAL.test(value) ? value.replace(EVERY_SPECIAL, character => ESCAPES[character] ?? character) : value
}

function unescaped(cell: string): string {
  return cell.replace(ESCAPED, (_, character: string) => MEANT[character] ?? character)
}
