'use client'

import { KeyRound } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState, useTransition } from 'react'
import { useFormValues } from '#components/form/use-form-values.ts'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { Section } from '#components/page/section.tsx'
import { useShortcut } from '#components/shortcuts/use-shortcut.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { issueKeyAction } from '#lib/keys/actions.ts'
import type { IssuedKeyDto } from '#lib/keys/schema.ts'
import type { FieldError } from '#lib/platform/errors.ts'
import { AskForApproval, BOUNDED_FIELDS } from './ask-for-approval.tsx'
import { FirstCall } from './first-call.tsx'
import { type DataChoices, keyFacts, type ModelChoice, modelsByWire, type TeamChoice } from './key-facts.ts'
import { KeyForm, type KeyFormProblem } from './key-form.tsx'
import { fitLifetime, type KeyFormValues, limitsOf, toIssueInput } from './key-form-values.ts'
import { KeyOnce } from './key-once.tsx'
import { LiveOnFleet } from './live-on-fleet.tsx'
import { type MissingAcknowledgement, MissingAcknowledgements } from './missing-acknowledgements.tsx'

const KeyCode = dynamic(() => import('./key-code.tsx').then(module => module.KeyCode), { ssr: false })

/** What of the form is filled in for whoever comes from another page. */
type InitialKey = { teamId: string | undefined; workloadId: string | undefined }

type NewKeyProps = {
  gatewayUrl: string
  teams: readonly TeamChoice[]
  models: readonly ModelChoice[]
  data: DataChoices
  initial: InitialKey
  missing: readonly MissingAcknowledgement[]
  /** Under the heading: "Issued at once. 94 % of keys here needed nobody's help." */
  promise: string
}

/** One form at the left; at the right what the key may do, and once it is issued, the key and code to paste. */
export function NewKey({ gatewayUrl, teams, models, data, initial, missing, promise }: NewKeyProps) {
  const [values, set] = useFormValues(() => emptyForm(teams, initial))
  const [issued, setIssued] = useState<IssuedKeyDto>()
  const [problem, setProblem] = useState<KeyFormProblem>()
  const [pending, startTransition] = useTransition()

  function issue() {
    if (pending || issued) return
    setProblem(undefined)
    startTransition(async () => {
      const result = await issueKeyAction(toIssueInput(values))
      if (result.ok) setIssued(result.data)
      else setProblem({ message: result.error.message, fields: byField(result.error.fields) })
    })
  }
  useShortcut('mod+Enter', issue, { description: 'Issue the key', enabled: !issued })

  const limits = limitsOf(values)
  return (
    <div className="grid gap-x-14 gap-y-9 xl:grid-cols-[minmax(0,27.5rem)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-6">
        <header>
          <h1 className="font-[450] text-xl tracking-[-0.01em]">New API key</h1>
          <p className="mt-0.5 text-muted text-sm">{promise}</p>
        </header>
        <MissingAcknowledgements missing={missing} teamId={values.teamId} />
        <KeyForm
          values={values}
          set={set}
          onSubmit={issue}
          teams={teams}
          models={models}
          data={data}
          problem={problem}
          pending={pending}
          issued={issued !== undefined}
          onAnother={() => {
            setIssued(undefined)
            set({ name: '' })
          }}
        />
        {BOUNDED_FIELDS.some(field => problem?.fields[field]) ? <AskForApproval input={toIssueInput(values)} /> : null}
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        {issued ? (
          <>
            <KeyOnce value={issued.key} state={<LiveOnFleet version={issued.configVersion} />} />
            <div className="flex flex-col gap-3">
              <KeyCode gatewayUrl={gatewayUrl} apiKey={issued.key} models={modelsByWire(limits, models)} />
              <div className="flex flex-wrap gap-2">
                <ButtonLink href="/build/playground">Try in the playground</ButtonLink>
                <ButtonLink href={`/build/keys/${issued.id}`}>Open the key's page</ButtonLink>
              </div>
            </div>
          </>
        ) : (
          <ComingKey />
        )}
        <Section title="What this key may do">
          <DefinitionList items={keyFacts(limits, models)} />
          {issued ? (
            <div className="border-line border-t py-1.5 text-sm">
              <FirstCall keyId={issued.id} />
            </div>
          ) : null}
        </Section>
      </div>
    </div>
  )
}

function ComingKey() {
  return (
    <div className="flex items-center gap-3 rounded-[10px] border border-line-strong border-dashed p-4 text-muted text-sm">
      <KeyRound className="size-4.5 shrink-0" aria-hidden />
      The key appears here once, beside code to paste for curl, the OpenAI and Anthropic SDKs, Claude Code and others.
    </div>
  )
}

function emptyForm(teams: readonly TeamChoice[], initial: InitialKey): KeyFormValues {
  const team = teams.find(each => each.id === initial.teamId) ?? teams[0]
  return {
    name: '',
    teamId: team?.id ?? '',
    environment: 'development',
    expiresInDays: fitLifetime(90, team),
    modelIds: [],
    tier: '',
    dataSourceIds: [],
    workloadId: initial.workloadId ?? '',
    dailyLimitUsd: '',
    requestsPerMinute: '',
    addresses: '',
  }
}

function byField(fields: readonly FieldError[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ field, message }) => [field.split('.')[0] ?? '', message]))
}
