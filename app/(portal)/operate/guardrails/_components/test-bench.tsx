'use client'

import { type ReactNode, useState, useTransition } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { testDetectorsAction } from '#lib/detectors/actions.ts'
import type { TestResultDto } from '#lib/detectors/schema.ts'
import { ACTION_WORDS } from './action-words.ts'

const OUTCOMES = {
  passed: { tone: 'ok', words: 'The request would go on' },
  masked: { tone: 'warn', words: 'The request would go on with these places masked' },
  blocked: { tone: 'bad', words: 'The request would be refused with a 403' },
} as const

type TestSide = 'request' | 'answer'
const SIDE_ITEMS: { value: TestSide; label: string }[] = [
  { value: 'request', label: 'A caller, in a request' },
  { value: 'answer', label: 'A model, in an answer' },
]

/** Paste a text, see what is found. The text is kept nowhere. */
export function TestBench({ tiers }: { tiers: readonly string[] }) {
  const [text, setText] = useState('')
  const [tier, setTier] = useState(tiers[0] ?? '')
  const [side, setSide] = useState<TestSide>('request')
  const [tested, setTested] = useState<{ text: string; result: TestResultDto }>()
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()

  const run = () =>
    startTransition(async () => {
      setProblem(undefined)
      const result = await testDetectorsAction({ text, side, ...(tier ? { tier } : {}) })
      if (!result.ok) return setProblem(result.error.message)
      setTested({ text, result: result.data })
    })

  return (
    <div className="flex flex-col gap-4">
      <Field label="Text" help="Inspected as the gateway would. It is not kept, logged or sent to a model.">
        <Textarea rows={5} value={text} onChange={event => setText(event.target.value)} maxLength={100_000} />
      </Field>
      <div className="flex flex-wrap items-end gap-3">
        {tiers.length > 0 ? (
          <Field label="Declared tier" nativeLabel={false}>
            <Select items={tiers.map(value => ({ value, label: value }))} value={tier} onValueChange={setTier} />
          </Field>
        ) : null}
        <Field label="Written by" nativeLabel={false}>
          <Select items={SIDE_ITEMS} value={side} onValueChange={setSide} />
        </Field>
        <Button variant="primary" loading={pending} disabled={text === ''} onClick={run}>
          Inspect
        </Button>
      </div>
      {problem ? (
        <Callout tone="bad" live>
          {problem}
        </Callout>
      ) : null}
      {tested ? <Result text={tested.text} result={tested.result} /> : null}
    </div>
  )
}

function Result({ text, result }: { text: string; result: TestResultDto }) {
  const { tone, words } = OUTCOMES[result.outcome]
  const raised = result.tier !== result.declaredTier ? `, as ${result.tier}, to models approved for that tier only` : ''
  return (
    <div className="flex flex-col gap-3">
      <Callout tone={tone} live title={`${words}${result.outcome === 'blocked' ? '' : raised}.`} />
      <p className="whitespace-pre-wrap break-words rounded-md border border-line p-3 text-sm" data-testid="inspected">
        {highlighted(text, result)}
      </p>
      {result.masked === null ? null : (
        <p className="whitespace-pre-wrap break-words text-sm">
          <span className="text-muted">Goes on as: </span>
          {result.masked}
        </p>
      )}
      {result.findings.length === 0 ? (
        <p className="text-muted text-sm">Nothing was found.</p>
      ) : (
        <ul className="flex flex-col gap-1.5 text-sm">
          {result.findings.map(finding => (
            <li key={`${finding.start}-${finding.detector}`} className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{finding.name}</span>
              <span className="text-muted">{finding.kind.replaceAll('_', ' ')}</span>
              <Badge tone={finding.action === 'block' && !finding.shadow ? 'bad' : 'neutral'}>
                {finding.action ? ACTION_WORDS[finding.action] : 'No rule'}
                {finding.shadow ? ', in shadow' : ''}
              </Badge>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function highlighted(text: string, { findings }: TestResultDto): ReactNode[] {
  const pieces: ReactNode[] = []
  let at = 0
  for (const { start, end, name } of findings) {
    pieces.push(text.slice(at, start))
    pieces.push(
      <mark key={start} title={name} className="rounded-sm bg-warn-soft px-0.5 text-warn-text">
        {text.slice(start, end)}
      </mark>,
    )
    at = end
  }
  return [...pieces, text.slice(at)]
}
