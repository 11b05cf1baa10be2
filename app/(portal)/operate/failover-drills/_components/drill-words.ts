import { formatDuration } from '#components/format.ts'
import type { Tone } from '#components/ui/badge.tsx'
import type { DrillDto, DrillInterval, DrillPhase, DrillPlanDto } from '#lib/failover-drills/schema.ts'

export const STATES: Record<DrillDto['state'], { label: string; tone: Tone }> = {
  waiting: { label: 'Waits', tone: 'info' },
  running: { label: 'Runs', tone: 'info' },
  passed: { label: 'Passed', tone: 'ok' },
  failed: { label: 'Failed', tone: 'bad' },
}

/** What a drill does in each phase, in its order. */
export const PHASES: { phase: DrillPhase; label: string }[] = [
  { phase: 'prepare', label: 'A short-lived key reaches the gateway' },
  { phase: 'baseline', label: 'The model answers its own calls' },
  { phase: 'outage', label: 'It fails for the drill’s calls; another one has to answer' },
  { phase: 'restore', label: 'The outage is over; calls have to go back to it' },
]

export const INTERVALS: Record<DrillInterval, string> = {
  week: 'Every Monday',
  month: 'The first of every month',
  quarter: 'The first of every quarter',
}

/** The heading of the list: how it stands with what was tried. */
export function drillsTitle(drills: readonly DrillDto[]): string {
  const open = drills.find(drill => drill.endedAt === null)
  if (open) return `A drill of ${open.model} ${open.state === 'waiting' ? 'waits for the worker' : 'is running'}`
  const latest = latestOf(drills)
  if (latest.length === 0) return 'No failover has been tried yet'
  const failed = latest.filter(drill => drill.state === 'failed')
  if (failed.length > 0) return `${nameList(failed)} failed the last drill`
  const stale = latest.filter(drill => drill.stale)
  if (stale.length > 0) return `${nameList(stale)} ${stale.length === 1 ? 'has' : 'have'} not been tried for too long`
  return latest.length === 1
    ? 'The model that was tried failed over within its bound'
    : `${latest.length === 2 ? 'Both' : `All ${latest.length}`} models that were tried failed over within their bound`
}

/** The heading of one drill. */
export function drillTitle({ model, state, recoveryMs, boundMs }: DrillDto): string {
  if (state === 'waiting') return `The drill of ${model} waits for the worker`
  if (state === 'running') return `${model} is failing for the drill’s own calls`
  const bound = formatDuration(boundMs)
  if (state === 'passed') return `Without ${model}, calls were answered again after ${formatDuration(recoveryMs)}`
  if (recoveryMs === null) return `Without ${model}, calls were not answered again within ${bound}`
  return recoveryMs > boundMs
    ? `Without ${model}, calls were answered again after ${formatDuration(recoveryMs)}, not within ${bound}`
    : `The drill of ${model} failed after calls were answered again`
}

export function planText({ enabled, every, hour, boundSeconds, modelIds }: DrillPlanDto): string {
  if (!enabled) return 'No drill comes round by itself.'
  const which = modelIds.length > 0 ? `${modelIds.length} chosen` : 'every model with an equivalent for an outage'
  return `${INTERVALS[every]} at ${String(hour).padStart(2, '0')}:00 UTC: ${which}. Answered again within ${boundSeconds} s.`
}

/** The last drill of each model that has ended. */
function latestOf(drills: readonly DrillDto[]): DrillDto[] {
  const latest = new Map<string, DrillDto>()
  for (const drill of drills) if (drill.endedAt && !latest.has(drill.modelId)) latest.set(drill.modelId, drill)
  return [...latest.values()]
}

function nameList(drills: readonly DrillDto[]): string {
  return new Intl.ListFormat('en').format(drills.map(({ model }) => model))
}
