import { Check, CircleDashed, CircleDot, X } from 'lucide-react'
import type { DrillDto, DrillFindings } from '#lib/failover-drills/schema.ts'
import { PHASES } from './drill-words.ts'

type Step = 'done' | 'now' | 'ahead' | 'failed'

const ICONS = {
  done: <Check className="size-4 text-ok-text" aria-hidden />,
  now: <CircleDot className="size-4 animate-pulse text-info-text" aria-hidden />,
  ahead: <CircleDashed className="size-4 text-faint" aria-hidden />,
  failed: <X className="size-4 text-bad-text" aria-hidden />,
}
const WORDS = { done: 'done', now: 'under way', ahead: 'to come', failed: 'failed' }

/** How far a drill is, or how far it came. */
export function DrillProgress({ drill, findings }: { drill: DrillDto; findings: DrillFindings | null }) {
  return (
    <ol aria-label="How far the drill is" className="flex flex-col gap-2 text-sm">
      {PHASES.map(({ phase, label }, index) => {
        const step = stepOf(drill, findings, index)
        return (
          <li key={phase} className="flex items-start gap-2.5">
            <span className="mt-0.5">{ICONS[step]}</span>
            <span className={step === 'ahead' ? 'text-muted' : undefined}>
              {label}
              <span className="sr-only">: {WORDS[step]}</span>
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function stepOf(drill: DrillDto, findings: DrillFindings | null, index: number): Step {
  if (drill.state === 'passed') return 'done'
  if (drill.state === 'waiting') return 'ahead'
  if (drill.state === 'running') {
    const at = PHASES.findIndex(({ phase }) => phase === drill.phase)
    return index < at ? 'done' : index === at ? 'now' : 'ahead'
  }
  const reached = reachedOf(findings)
  return index < reached ? 'done' : index === reached ? 'failed' : 'ahead'
}

/** The phase that a failed drill did not get through. */
function reachedOf(findings: DrillFindings | null): number {
  if (!findings || findings.calls === 0) return 1
  return findings.recoveryMs === null || findings.recoveryMs > findings.boundMs ? 2 : 3
}
