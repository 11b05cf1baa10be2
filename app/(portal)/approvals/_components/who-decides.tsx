'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Combobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { hoursInWords } from '#core/approvals/policy-words.ts'
import type { WhoDecidesDto } from '#lib/approvals/dto.ts'
import { deciderText } from './policy-words.ts'

type Choice = { value: string; label: string; hint?: string }

/** Who could decide a request of a kind that is made now, for a team and by a person. */
export function WhoDecides({
  decides,
  kind,
  people,
  teams,
  teamId,
  requesterId,
}: {
  decides: WhoDecidesDto
  kind: string
  people: Choice[]
  teams: Choice[]
  teamId: string | null
  requesterId: string | null
}) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  function ask(change: { team?: string | null; requester?: string | null }) {
    const next = { team: teamId, requester: requesterId, ...change }
    const query = new URLSearchParams(Object.entries(next).flatMap(([key, value]) => (value ? [[key, value]] : [])))
    startTransition(() => router.replace(`/approvals/policies/${kind}?${query}`, { scroll: false }))
  }
  return (
    <div className="flex flex-col gap-4" aria-busy={pending}>
      <div className="grid max-w-xl gap-4 sm:grid-cols-2">
        <Field label="For the team" nativeLabel={false} help="Whose leads a step of team leads means.">
          <Combobox
            items={teams}
            value={teamId}
            onValueChange={team => ask({ team: team ?? null })}
            placeholder="No team"
          />
        </Field>
        <Field label="Asked for by" nativeLabel={false}>
          <Combobox
            items={people}
            value={requesterId}
            onValueChange={requester => ask({ requester: requester ?? null })}
            placeholder="Anybody"
          />
        </Field>
      </div>
      <ol className="text-sm">
        {decides.steps.map((step, at) => (
          <li key={step.name} className="grid grid-cols-[1.5rem_minmax(0,1fr)] border-line border-b py-2.5">
            <span className="text-faint tabular-nums">{at + 1}</span>
            <div>
              <p className="font-medium">
                {step.deciders.length === 0
                  ? 'Nobody'
                  : step.deciders.length <= 12
                    ? step.deciders.map(deciderText).join(', ')
                    : `${step.deciders.length} people`}
              </p>
              <p className="text-muted">
                {step.name}: {step.approvalsNeeded} of these {step.deciders.length}{' '}
                {step.approvalsNeeded === 1 ? 'has' : 'have'} to approve.
                {step.isFallback ? ' Nobody whom the step names could, so administrators do.' : ''}
                {step.escalation && step.escalation.deciders.length > 0
                  ? ` After ${hoursInWords(step.escalation.afterHours)} also ${step.escalation.deciders.map(deciderText).join(', ')}.`
                  : ''}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}
