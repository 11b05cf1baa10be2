import type { ModelDocument } from '#core/contracts/config-documents.ts'
import { eventRow } from '#core/contracts/event-row.ts'
import { type ContentKept, type RequestEvent, type RequestRoute, STAGES } from '#core/contracts/request-event.ts'
import { cacheEvidence } from '#gateway/cache/cache-use.ts'
import { clientAddress } from '#gateway/client-address.ts'
import { type Exchange, evidenceText } from '#gateway/exchange.ts'
import { exemptionsUsed } from '#gateway/exemptions/exemptions-of.ts'

/** The event of an exchange whose key is known, as one line of the spool. */
export function eventLine(exchange: Exchange, content: ContentKept): string {
  return eventRow(eventOf(exchange, content))
}

function eventOf(exchange: Exchange, content: ContentKept): RequestEvent {
  const { key, usage, attribution } = exchange
  if (!key) throw new Error('an event belongs to a key')
  const served = exchange.served ?? exchange.candidates[0] ?? null
  return {
    id: exchange.id,
    occurredAt: exchange.occurredAtText,
    organizationId: key.organizationId,
    replicaId: exchange.services.replicaId,
    keyId: key.id,
    teamId: key.document.teamId,
    personId: key.document.personId,
    agentId: null,
    environment: key.document.environment,
    workload: attribution.workload,
    useCase: attribution.useCase,
    endUser: attribution.endUser,
    session: attribution.session,
    dataClass: attribution.dataClass,
    dialect: exchange.operation.name,
    path: exchange.path,
    streaming: exchange.streaming,
    requestedModel: evidenceText(exchange.requestedModel),
    modelId: served?.model.id ?? null,
    providerId: served?.provider.id ?? null,
    status: exchange.status,
    outcome: exchange.outcome,
    errorCode: evidenceText(exchange.errorCode),
    usageState: exchange.usageState,
    inputTokens: usage ? usage.input : null,
    cachedInputTokens: usage ? usage.cachedInput : null,
    cacheWrite5mTokens: usage ? usage.cacheWrite5m : null,
    cacheWrite1hTokens: usage ? usage.cacheWrite1h : null,
    outputTokens: usage ? usage.output : null,
    reasoningTokens: usage ? usage.reasoning : null,
    costState: exchange.costState,
    costNanoUsd: exchange.costNanoUsd === null ? null : exchange.costNanoUsd.toString(),
    priceId: exchange.priceId,
    latencyMs: rounded(exchange.elapsedMs()),
    firstTokenMs: exchange.firstTokenMs === null ? null : rounded(exchange.firstTokenMs),
    overheadMs: rounded(exchange.overheadMs()),
    requestBytes: exchange.raw?.length ?? 0,
    responseBytes: exchange.responseBytes + (exchange.answer?.body.length ?? 0),
    configVersion: exchange.configVersion,
    traceId: exchange.traceId,
    budgets: budgetsOf(exchange),
    modelVersion: exchange.served ? versionOf(exchange.served.model.document) : null,
    stageUs: stageUsOf(exchange),
    detail: {
      ...stageOutcomesOf(exchange),
      attempts: exchange.attempts,
      ...(exchange.rule === null ? {} : { rule: exchange.rule.slice(0, 128) }),
      ...(exchange.translation ? { translated: exchange.translation.summary } : {}),
      message: evidenceText(exchange.message),
      ...(exchange.cache ? { cache: cacheEvidence(exchange, exchange.cache) } : {}),
      ...(exchange.findings.length > 0 ? { findings: exchange.findings } : {}),
      content,
      ...routeOf(exchange),
      ...exemptionsUsedBy(exchange),
      ...(exchange.drill ? { drillId: exchange.drill.drillId } : {}),
      ...(exchange.dataSources.length > 0 ? { dataSources: exchange.dataSources.map(source => source.slug) } : {}),
      clientIp: clientAddress(exchange.request, exchange.services.environment.GATEWAY_TRUSTED_PROXIES) ?? null,
      userAgent: evidenceText(exchange.header('user-agent'), 256),
    },
  }
}

/** Which version of a model answered, as evidence names it. */
function versionOf({ own, upstreamModel }: ModelDocument): string {
  return own ? `${own.version} ${own.digest}` : upstreamModel
}

/** How the request came to the model that served it; nothing when that needs no telling. */
function routeOf({ plan, served, attempts, candidates, translation }: Exchange): { route?: RequestRoute } {
  const route = plan?.route ?? null
  if (!served || (!route && served.origin === 'requested' && !translation)) return {}
  const [first] = attempts
  return {
    route: {
      id: route?.id ?? null,
      name: route?.document.name ?? null,
      version: route?.document.version ?? null,
      origin: served.origin,
      candidates: candidates.length,
      failedOverFrom: first && first.modelId !== served.model.id ? first.modelId : null,
      translated: translation?.summary ?? null,
    },
  }
}

/** The budgets that the cost is charged to. */
function budgetsOf({ budgets, liftedBudgets }: Exchange): RequestEvent['budgets'] {
  if (!budgets && liftedBudgets.length === 0) return null
  const charged = budgets ? [...budgets.ledgers, ...liftedBudgets] : liftedBudgets
  return charged.map(({ entry, periodStart }) =>
    entry.unit === 'calls' ? { id: entry.id, periodStart, calls: 1 } : { id: entry.id, periodStart },
  )
}

/** The exemptions that let the request on, when it was let on. */
function exemptionsUsedBy(exchange: Exchange): Pick<RequestEvent['detail'], 'exemptions'> {
  const used =
    exchange.exemptions.length === 0 ? [] : exemptionsUsed(exchange, exchange.served ?? exchange.candidates[0] ?? null)
  return used.length > 0 ? { exemptions: [...used] } : {}
}

/** What the stages took that were passed and, last, the one that ended the request or records it. */
function stageUsOf({ stageMs, stageOutcomes, stageBegan }: Exchange): number[] {
  const taken = stageMs.map(microseconds)
  if (stageOutcomes.length < STAGES.length) taken.push(microseconds(performance.now() - stageBegan))
  return taken
}

function stageOutcomesOf({ stageOutcomes, outcome }: Exchange): Pick<RequestEvent['detail'], 'stageOutcomes'> {
  const current = STAGES[stageOutcomes.length]
  const ended = current !== undefined && current !== 'record'
  if (!ended && stageOutcomes.every(each => each === 'ok')) return {}
  const outcomes: RequestEvent['detail']['stageOutcomes'] = ended ? { [current]: outcome } : {}
  for (let index = 0; index < stageOutcomes.length; index++) {
    const [stage, each] = [STAGES[index], stageOutcomes[index]]
    if (stage && each && each !== 'ok') outcomes[stage] = each
  }
  return { stageOutcomes: outcomes }
}

function microseconds(ms: number): number {
  return Math.max(0, Math.round(ms * 1_000))
}

/** Microseconds are as fine as evidence needs. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
