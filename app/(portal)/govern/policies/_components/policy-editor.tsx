'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useState, useTransition } from 'react'
import { cn } from '#components/cn.ts'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Field, FieldRow } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { ScrollRegion } from '#components/ui/scroll-region.tsx'
import { SegmentedControl } from '#components/ui/segmented-control.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { checkPolicy } from '#core/policies/completeness.ts'
import { submitPolicyAction } from '#lib/policies/actions.ts'
import type { PolicyDto } from '#lib/policies/schema.ts'
import { DraftCheck } from './draft-check.tsx'
import { WithdrawVersion } from './policy-actions.tsx'
import { type SaveState, useAutosave } from './use-autosave.ts'

// Half of the page's scripts would be Markdown's; what is written shows without it.
const PolicyText = dynamic(() => import('./policy-text.tsx').then(module => module.PolicyText), { ssr: false })

const VIEWS = [
  { value: 'write', label: 'Write' },
  { value: 'preview', label: 'Preview' },
] as const

type Props = { policy: PolicyDto; draft: { text: string; revision: number } }

/** The draft of a policy beside what it looks like; saved as one writes, checked for what its kind demands. */
export function PolicyEditor({ policy, draft }: Props) {
  const [text, setText] = useState(draft.text)
  const [view, setView] = useState<'write' | 'preview'>('write')
  const shown = useDeferredValue(text)
  const { status, flush } = useAutosave(policy.id, text, draft)
  const check = checkPolicy(policy.kind, shown)
  const locked = policy.open !== null
  return (
    <div className="flex flex-col gap-5">
      {policy.open ? (
        <Callout
          tone="warn"
          title={`Version ${policy.open.number} waits for a decision`}
          action={<WithdrawVersion policy={policy} />}
        >
          The draft is locked, since a change of it makes that decision void.
        </Callout>
      ) : null}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <SaveNote status={status} />
        <SegmentedControl
          label="What is shown"
          items={VIEWS}
          value={view}
          onValueChange={setView}
          className="lg:hidden"
        />
      </div>
      <div className="grid min-w-0 gap-6 lg:grid-cols-2">
        <div className={cn('min-w-0', view === 'preview' && 'hidden lg:block')}>
          <Field label="Text in Markdown">
            <Textarea
              readOnly={locked}
              value={text}
              onChange={event => setText(event.target.value)}
              onBlur={() => void flush()}
              spellCheck
              className="h-[60vh] overflow-auto font-mono text-[0.8125rem] leading-5.5 field-sizing-fixed"
            />
          </Field>
        </div>
        <div className={cn('min-w-0', view === 'write' && 'hidden lg:block')}>
          <ScrollRegion label="Preview" className="h-[63vh] rounded-[10px] border border-line bg-raised px-5 py-3">
            {/* What the region watches is there before the text's code is. */}
            <div>
              <PolicyText markdown={shown} />
            </div>
          </ScrollRegion>
        </div>
      </div>
      <DraftCheck check={check} />
      {locked ? null : <Submit policy={policy} complete={check.complete} flush={flush} />}
    </div>
  )
}

function SaveNote({ status }: { status: SaveState }) {
  const words = { saved: 'Saved', unsaved: 'Not saved yet', saving: 'Saving…' }
  if (status.state !== 'failed') {
    return (
      <p role="status" className="text-muted text-sm">
        {words[status.state]}
      </p>
    )
  }
  return (
    <Callout tone="bad" live title="Not saved">
      {status.message}
    </Callout>
  )
}

function Submit({ policy, complete, flush }: { policy: PolicyDto; complete: boolean; flush: () => Promise<boolean> }) {
  const [reason, setReason] = useState('')
  const [editorial, setEditorial] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function submit() {
    setProblem(undefined)
    startTransition(async () => {
      if (!(await flush())) return setProblem('The draft could not be saved.')
      const result = await submitPolicyAction({ id: policy.id, reason, editorial })
      if (!result.ok) return setProblem(result.error.message)
      router.push(`/govern/policies/${policy.id}?tab=versions`)
    })
  }

  return (
    <div className="flex max-w-2xl flex-col gap-4">
      <Field label="What is new, and why" help="Legal, the sponsor and everybody who is asked read it.">
        <Input value={reason} onValueChange={setReason} maxLength={500} />
      </Field>
      {policy.inForce ? (
        <FieldRow label="Editorial changes only" help="Acknowledgements of the version in force count on.">
          <Switch checked={editorial} onCheckedChange={setEditorial} />
        </FieldRow>
      ) : null}
      {problem ? (
        <Callout tone="bad" live title="It was not put before Legal">
          {problem}
        </Callout>
      ) : null}
      <div>
        <Button
          variant="primary"
          size="lg"
          loading={pending}
          disabled={!complete || reason.trim() === ''}
          onClick={submit}
        >
          Put before Legal
        </Button>
      </div>
    </div>
  )
}
