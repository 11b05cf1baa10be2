import type { Tone } from '#components/ui/badge.tsx'
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

/** What a stage decided: its usual finding, or the code with which it ended the request. */
export function stageFinding(
  stage: Stage,
  outcome: string,
  errorCode: string | null,
): { text: string; stopped: boolean } {
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
