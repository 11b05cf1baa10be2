'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Combobox, MultiCombobox } from '#components/ui/combobox.tsx'
import { Field, FieldRow } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { OperationName } from '#core/contracts/operation-names.ts'
import { type ExplainQuestion, explainHref } from './explain-address.ts'
import type { RouteChoices } from './route-choices.ts'

const OPERATIONS = [
  { value: 'chat', label: 'OpenAI chat completions' },
  { value: 'messages', label: 'Anthropic messages' },
  { value: 'responses', label: 'OpenAI responses' },
  { value: 'completions', label: 'OpenAI completions' },
  { value: 'embeddings', label: 'Embeddings' },
  { value: 'moderations', label: 'Moderations' },
  { value: 'count_tokens', label: 'Anthropic token count' },
] satisfies { value: OperationName; label: string }[]
/** An address is no longer than that with it. */
const MOST_PARAMETERS = 4_000
const ANY_TIER = { value: 'any', label: 'As declared, or the lowest' }

/** The request that is to be explained. It stands in the address, so that it can be sent to somebody. */
export function ExplainForm({ initial, choices }: { initial: ExplainQuestion; choices: RouteChoices }) {
  const [question, setQuestion] = useState(initial)
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const set = (change: Partial<ExplainQuestion>) => setQuestion(before => ({ ...before, ...change }))

  function submit(event: FormEvent) {
    event.preventDefault()
    startTransition(() => router.push(explainHref(question)))
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Field label="Model" nativeLabel={false} help="What the caller puts in “model”.">
          <Combobox
            aria-label="Model"
            items={choices.names}
            value={question.model}
            onValueChange={model => set({ model: model ?? '' })}
          />
        </Field>
        <Field label="API key" optional nativeLabel={false} help="Its team, models and tier hold.">
          <Combobox
            aria-label="API key"
            items={choices.keys}
            value={question.key}
            onValueChange={key => set({ key: key ?? '' })}
          />
        </Field>
        <Field label="Team" optional nativeLabel={false} help="Of a key that may call every model.">
          <Combobox
            aria-label="Team"
            disabled={question.key !== ''}
            items={choices.teams}
            value={question.team}
            onValueChange={team => set({ team: team ?? '' })}
          />
        </Field>
        <Field label="Workload" optional help="As sent in x-gatehouse-workload.">
          <Input value={question.workload} maxLength={128} onValueChange={workload => set({ workload })} />
        </Field>
        <Field label="Use case" optional help="As sent in x-gatehouse-use-case.">
          <Input value={question.useCase} maxLength={128} onValueChange={useCase => set({ useCase })} />
        </Field>
        <Field label="Wire" nativeLabel={false}>
          <Select
            aria-label="Wire"
            items={OPERATIONS}
            value={question.operation}
            onValueChange={operation => set({ operation })}
          />
        </Field>
        <Field label="Tier" nativeLabel={false} help="What its data turns out to be.">
          <Select
            aria-label="Tier"
            items={[ANY_TIER, ...choices.tiers]}
            value={question.tier || ANY_TIER.value}
            onValueChange={tier => set({ tier: tier === ANY_TIER.value ? '' : tier })}
          />
        </Field>
        <Field
          label="Data sources"
          optional
          nativeLabel={false}
          help="As sent in x-gatehouse-data-source. Those of the key and workload count anyway."
        >
          <MultiCombobox
            aria-label="Data sources"
            items={choices.dataSources}
            placeholder="None"
            value={question.sources === '' ? [] : question.sources.split(',')}
            onValueChange={sources => set({ sources: sources.join(',') })}
          />
        </Field>
        <Field label="Input tokens">
          <Input inputMode="numeric" value={question.input} onValueChange={input => set({ input })} />
        </Field>
        <Field label="Longest answer" optional help="Tokens, as sent in max_tokens.">
          <Input inputMode="numeric" value={question.output} onValueChange={output => set({ output })} />
        </Field>
        <Field label="Answers" help="Of a chat completion, as sent in n. Other dialects give one.">
          <Input inputMode="numeric" value={question.answers} onValueChange={answers => set({ answers })} />
        </Field>
      </div>
      <Field
        label="Parameters"
        optional
        help="What else the body asks for, as JSON. A model that cannot be told of one of them falls out."
      >
        <Textarea
          rows={2}
          maxLength={MOST_PARAMETERS}
          spellCheck={false}
          placeholder={'{"response_format": {"type": "json_object"}, "seed": 7}'}
          className="font-mono"
          value={question.parameters}
          onChange={event => set({ parameters: event.target.value })}
        />
      </Field>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <FieldRow label="As if a budget asked for the cheaper equivalent">
          <Checkbox checked={question.budget} onCheckedChange={budget => set({ budget })} />
        </FieldRow>
        <Button type="submit" variant="primary" loading={pending} disabled={question.model === ''}>
          Explain
        </Button>
      </div>
    </form>
  )
}
