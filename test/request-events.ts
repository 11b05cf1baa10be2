import type { RequestEvent } from '#core/contracts/request-event.ts'
import { newId } from '#core/ids.ts'
import { databases } from '#lib/platform/database.ts'

const REPLICA_ID = '00000000-0000-7000-8000-000000000001'

/** An ordinary answered request of an organization, a minute ago, changed as a test needs it. */
export function makeRequestEvent(organizationId: string, change: Partial<RequestEvent> = {}): RequestEvent {
  return {
    id: newId(),
    occurredAt: new Date(Date.now() - 60_000).toISOString(),
    organizationId,
    replicaId: REPLICA_ID,
    keyId: null,
    teamId: null,
    personId: null,
    agentId: null,
    environment: null,
    workload: null,
    useCase: null,
    endUser: null,
    session: null,
    dataClass: null,
    dialect: 'chat',
    path: '/v1/chat/completions',
    streaming: false,
    requestedModel: 'sandbox-gpt',
    modelId: null,
    providerId: null,
    status: 200,
    outcome: 'ok',
    errorCode: null,
    usageState: 'measured',
    inputTokens: 100,
    cachedInputTokens: 20,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    outputTokens: 30,
    reasoningTokens: 5,
    costState: 'priced',
    costNanoUsd: '1500000',
    priceId: null,
    latencyMs: 250,
    firstTokenMs: null,
    overheadMs: 0.4,
    requestBytes: 512,
    responseBytes: 1024,
    configVersion: '1',
    traceId: null,
    budgets: null,
    modelVersion: null,
    stageUs: [100],
    detail: {
      attempts: [],
      message: null,
      clientIp: null,
      userAgent: null,
    },
    ...change,
  }
}

/** Records events as a gateway does; returns how many were new. */
export async function recordRequestEvents(events: RequestEvent[]): Promise<number> {
  const [row] = await databases().system.$queryRaw<{ n: number }[]>`
    select record_request_events(${JSON.stringify(events)}::json) as n`
  return row?.n ?? 0
}
