import { formatDuration, formatMoney } from '#components/format.ts'
import type { Tone } from '#components/ui/badge.tsx'
import type { CacheReason, RequestCache } from '#core/cache/cache-policy.ts'
import type { OUTCOMES, Stage } from '#core/contracts/request-event.ts'
import type { RequestDto } from '#lib/requests/schema.ts'

type Outcome = (typeof OUTCOMES)[number]

/** How a request ended, in words and colour. */
export const OUTCOME_WORDS: Record<Outcome, { label: string; tone: Tone }> = {
  ok: { label: 'Answered', tone: 'ok' },
  refused: { label: 'Refused', tone: 'warn' },
  upstream_error: { label: 'Provider failed', tone: 'bad' },
  client_aborted: { label: 'Client left', tone: 'neutral' },
  incomplete: { label: 'Cut short', tone: 'bad' },
  gateway_error: { label: 'Gateway failed', tone: 'bad' },
}

/** What each stage of the pipeline decides. */
export const STAGE_WORDS: Record<Stage, { label: string; decides: string }> = {
  authenticate: { label: 'Authenticate', decides: 'The key is known and works' },
  attribute: { label: 'Attribute', decides: 'Person, team and workload are set' },
  resolve: { label: 'Resolve model', decides: 'The model is in the catalog and allowed' },
  inspect: { label: 'Inspect request', decides: 'The content may go out' },
  admit: { label: 'Admit', decides: 'Within rate and spend limits' },
  cache: { label: 'Cache', decides: 'No stored answer was used' },
  route: { label: 'Route', decides: 'A provider was chosen' },
  call: { label: 'Call provider', decides: 'The provider answered' },
  inspect_output: { label: 'Inspect answer', decides: 'The answer may go back' },
  settle: { label: 'Settle', decides: 'Tokens and cost are counted' },
  record: { label: 'Record', decides: 'Evidence is on disk' },
}

const NOT_ASKED: Record<CacheReason, string> = {
  caller: 'the caller asked for a new answer',
  refresh: 'the caller asked for a new answer, which was kept',
  tier: 'its tier keeps nothing',
  operation: 'answers on this path are not kept',
  stateful: 'it leaves something at the provider, or depends on it',
  provider_tools: 'it has tools that the provider runs',
  tools: 'it has tools, which the policy leaves out',
  temperature: 'its temperature is not 0',
  reference: 'it refers to content that is elsewhere',
  too_large: 'it is too large',
  not_readable: 'its body has no canonical form',
}

/** What the response cache did, in words; null: no policy covers the request. */
export function cacheText(cache: RequestCache | null): string | null {
  if (!cache) return null
  if (cache.outcome === 'miss') return 'Asked, and had no answer'
  if (cache.outcome !== 'hit') return `Not asked: ${cache.reason ? NOT_ASKED[cache.reason] : 'no reason was recorded'}`
  const saved = cache.savedNanoUsd === null ? 'an unpriced answer' : `${formatMoney(cache.savedNanoUsd)} saved`
  return `Answered, ${saved}; the answer was ${formatDuration(cache.ageMs)} old`
}

/** What a stage decided: its usual finding, or the code with which it ended the request. */
export function stageFinding(
  stage: Stage,
  outcome: string,
  errorCode: string | null,
  cached: boolean,
): { text: string; stopped: boolean } {
  if (cached && stage === 'cache') return { text: 'A kept answer was used', stopped: false }
  if (cached && outcome === 'skipped') return { text: 'Not needed for a kept answer', stopped: false }
  if (outcome === 'ok') return { text: STAGE_WORDS[stage].decides, stopped: false }
  if (outcome === 'skipped') return { text: 'Nothing configured to do', stopped: false }
  return { text: `Ended here: ${errorCode ?? outcome}`, stopped: true }
}

/** The model a request was for, as far as anyone knows. */
export function modelText({ modelIdentifier, requestedModel }: RequestDto): string {
  return modelIdentifier ?? requestedModel ?? 'no model'
}

/** Who asked, as far as anyone knows. */
export function askerText({ personName, keyName }: RequestDto): string {
  return personName ?? keyName ?? 'Somebody without a known key'
}
