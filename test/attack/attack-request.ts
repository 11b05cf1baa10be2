import { DEFAULT_PREFERENCES } from '#core/notifications/preferences.ts'
import type { Operation } from '#lib/platform/operation.ts'
import { type CallResult, callApi } from '#test/api-caller.ts'
import { CHARTER } from '#test/board.ts'
import { type IdOf, sampleInput } from './sample-input.ts'

/** Inputs whose rules a sample drawn from the schema does not meet. */
const BY_HAND: Record<string, object | ((idOf: IdOf) => object)> = {
  'POST /annotations/files': idOf => ({
    ...{ recordKind: 'risk', recordId: idOf('riskId'), name: 'sample.txt', mediaType: 'text/plain' },
    content: 'c2FtcGxl',
  }),
  'PUT /artifacts/remote': { url: 'https://git.example.test/governance.git' },
  'POST /budgets': { name: 'sample', scope: 'organization', window: { kind: 'month' }, limitUsd: '1' },
  'POST /budgets/{id}/increase-requests': { limitUsd: '30', reason: 'sample' },
  'POST /rate-limits': idOf => ({
    name: 'sample',
    scope: 'team',
    target: idOf('teamId'),
    measure: 'concurrency',
    limit: 1,
  }),
  'POST /detectors': { name: 'sample', pattern: { form: 'keywords', words: ['sample'] } },
  'PUT /providers/{id}/credential': { credential: 'a-sample-credential' },
  'PUT /board/charter': { ...CHARTER },
  'PUT /policies/{id}/links': { clause: 'U1', links: [] },
  'POST /notification-channels': { name: 'sample', target: { kind: 'webhook', url: 'https://hooks.example.test/x' } },
  'PATCH /notification-channels/{id}': { name: 'sample' },
  'PUT /people/{id}/notification-preferences': DEFAULT_PREFERENCES,
  'POST /model-signers': { name: 'sample', identity: { issuer: 'https://login.example.test', subject: 'sample' } },
  'POST /models/{id}/versions': idOf => ({
    label: '1.0.0',
    baseModel: 'sample',
    digest: `sha256:${'a'.repeat(64)}`,
    signerId: idOf('signerId'),
    signature: { form: 'detached', signature: 'c2FtcGxl' },
  }),
  'POST /models/{id}/prices': { usdPerMillionTokens: { input: '1' } },
}

export function nameOf(operation: Operation): string {
  return `${operation.method} ${operation.path}`
}

/** A body that the operation takes, with these ids in it. Throws when there is none: add one by hand then. */
export function bodyFor(operation: Operation, idOf: IdOf): unknown {
  if (!operation.body) return undefined
  const given = BY_HAND[nameOf(operation)] ?? sampleInput(operation.body, idOf)
  const body = typeof given === 'function' ? given(idOf) : given
  if (body === null) throw new Error(`Give ${nameOf(operation)} a valid body in BY_HAND.`)
  return body
}

/** Sends the operation's request with its path's parameters filled in. */
export function send(
  operation: Operation,
  options: { token: string | null; id: string; idOf: IdOf; query?: string },
): Promise<CallResult> {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => (name === 'id' ? options.id : options.idOf(name)))
  const body = bodyFor(operation, options.idOf)
  const given = body === undefined ? {} : { body }
  return callApi(operation.method, path + (options.query ?? ''), { token: options.token, ...given })
}

/** What a caller can tell one refusal from another by: everything but the id they sent and the request's own. */
export function refusalOf({ status, json }: CallResult): string {
  const { instance, requestId, ...said } = json
  return JSON.stringify({ status, ...said })
}
