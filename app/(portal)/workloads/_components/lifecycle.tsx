import { Check, CircleHelp, X } from 'lucide-react'
import { Section } from '#components/page/section.tsx'
import { WORKLOAD_LIFECYCLES, type WorkloadLifecycle } from '#core/workloads/lifecycle.ts'
import type { TransitionDto, WorkloadDto } from '#lib/workloads/schema.ts'
import { AskForTransition } from './ask-for-transition.tsx'
import { LIFECYCLES } from './workload-words.ts'

/** Where a workload stands, where it may go, what has to hold for that, and what would end with it. */
export function Lifecycle({
  workload,
  transitions,
  mayManage,
}: {
  workload: WorkloadDto
  transitions: readonly TransitionDto[]
  mayManage: boolean
}) {
  return (
    <>
      <Places current={workload.lifecycle} />
      {transitions.length === 0 ? (
        <p className="text-muted text-sm">This is its end. A new use needs a new brief.</p>
      ) : null}
      {transitions.map(transition => (
        <Section
          key={transition.to}
          boxed
          title={`To ${LIFECYCLES[transition.to].label.toLowerCase()}`}
          description={transition.effect}
          actions={mayManage ? <AskForTransition workload={workload} transition={transition} /> : null}
        >
          <ul className="flex flex-col gap-2 text-sm">
            {transition.criteria.map(criterion => (
              <Criterion key={criterion.id} {...criterion} />
            ))}
          </ul>
          {transition.reclaimed.length > 0 ? <Reclaimed items={transition.reclaimed} /> : null}
        </Section>
      ))}
    </>
  )
}

function Places({ current }: { current: WorkloadLifecycle }) {
  return (
    <ol aria-label="Lifecycle" className="flex flex-wrap gap-x-2 gap-y-1 text-sm">
      {WORKLOAD_LIFECYCLES.map(place => (
        <li
          key={place}
          aria-current={place === current ? 'step' : undefined}
          className={
            place === current
              ? 'rounded-full bg-accent-soft px-3 py-1 font-medium text-accent-text'
              : 'rounded-full border border-line px-3 py-1 text-muted'
          }
        >
          {LIFECYCLES[place].label}
        </li>
      ))}
    </ol>
  )
}

const STATES = {
  met: { icon: <Check aria-hidden />, word: 'Met', className: 'text-ok-text' },
  unmet: { icon: <X aria-hidden />, word: 'Not met', className: 'text-bad-text' },
  unmeasurable: { icon: <CircleHelp aria-hidden />, word: 'Not yet measurable', className: 'text-warn-text' },
} as const

function Criterion({ title, state, detail, fix }: TransitionDto['criteria'][number]) {
  const { icon, word, className } = STATES[state]
  return (
    <li className="grid grid-cols-[auto_1fr] gap-x-2.5">
      <span className={`mt-0.5 [&_svg]:size-4 ${className}`}>{icon}</span>
      <span>
        {title}
        <span className={`ml-2 text-xs ${className}`}>{word}</span>
        <span className="block text-muted">
          {detail}
          {state === 'met' || !fix ? '' : ` ${fix}`}
        </span>
      </span>
    </li>
  )
}

const KINDS: Readonly<Record<TransitionDto['reclaimed'][number]['kind'], string>> = {
  key: 'Key, revoked',
  budget: 'Budget, archived',
  route: 'Route, archived',
  rate_limit: 'Rate limit, archived',
  cache_policy: 'Cache policy, archived',
  data_source: 'Data source, untied',
}

function Reclaimed({ items }: { items: TransitionDto['reclaimed'] }) {
  return (
    <div className="mt-4 border-line border-t pt-3">
      <h3 className="font-medium text-sm">What ends with it</h3>
      <ul className="mt-1 grid gap-x-4 text-sm sm:grid-cols-2">
        {items.map(({ kind, id, name }) => (
          <li key={id} className="flex gap-2 py-0.5">
            <span className="text-muted">{KINDS[kind]}</span>
            {name}
          </li>
        ))}
      </ul>
    </div>
  )
}
