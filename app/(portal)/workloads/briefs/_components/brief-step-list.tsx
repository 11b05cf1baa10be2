import { Check, Circle } from 'lucide-react'
import type { BriefProblem } from '#core/workloads/brief.ts'
import { BRIEF_STEPS, type BriefStep } from '#core/workloads/brief-steps.ts'
import { STEPS } from './brief-words.ts'

/** The steps of a brief: which one is open and which are whole. */
export function BriefStepList({
  current,
  problems,
  onGo,
}: {
  current: BriefStep
  problems: readonly BriefProblem[]
  onGo: (step: BriefStep) => void
}) {
  return (
    <nav aria-label="Steps">
      <ol className="flex flex-col gap-0.5 max-lg:flex-row max-lg:flex-wrap">
        {BRIEF_STEPS.map(step => {
          const lacking = problems.filter(one => one.step === step).length
          return (
            <li key={step}>
              <button
                type="button"
                aria-current={step === current ? 'step' : undefined}
                onClick={() => onGo(step)}
                className={`flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left text-sm [&_svg]:size-4 ${step === current ? 'bg-selected font-medium' : 'text-muted hover:bg-hover'}`}
              >
                {lacking === 0 ? <Check aria-hidden className="text-ok-text" /> : <Circle aria-hidden />}
                {STEPS[step].title}
                <span className="sr-only">{lacking === 0 ? ', whole' : `, ${lacking} lacking`}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
