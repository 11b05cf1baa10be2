'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Progress } from '#components/ui/meter.tsx'
import { BRIEF_STEPS, type BriefStep } from '#core/workloads/brief-steps.ts'
import { discardBriefAction, saveBriefAction, submitBriefAction } from '#lib/briefs/actions.ts'
import type { BriefDetailDto } from '#lib/briefs/schema.ts'
import type { BriefChoices } from './brief-choices.ts'
import { BriefHints } from './brief-hints.tsx'
import { StepFields } from './brief-step-fields.tsx'
import { BriefStepList } from './brief-step-list.tsx'
import { STEPS } from './brief-words.ts'

/** What one writes: parts that have changed since they were saved. */
export type BriefChange = Partial<Pick<BriefDetailDto, 'name' | 'teamId' | 'ownerId'>> & {
  content?: Partial<BriefDetailDto['content']>
}

/** Changes a brief; a function is given what is written then. */
export type ChangeBrief = (made: BriefChange | ((before: BriefDetailDto) => BriefChange)) => void

/** A brief in steps. What is written is saved when a field is left; each answer says what is lacking still. */
export function BriefEditor({ brief: loaded, choices }: { brief: BriefDetailDto; choices: BriefChoices }) {
  const [brief, setBrief] = useState(loaded)
  const written = useRef(loaded)
  const [step, setStep] = useState<BriefStep>(
    BRIEF_STEPS.find(one => loaded.problems.some(lack => lack.step === one)) ?? 'purpose',
  )
  const [asked, setAsked] = useState(false)
  const [error, setError] = useState<string>()
  // Saving must not disable the button that the pointer is on its way to: leaving a field is what saves.
  const [saving, startSaving] = useTransition()
  const [pending, startTransition] = useTransition()
  const unsaved = useRef<BriefChange>({})
  const queue = useRef<Promise<boolean>>(Promise.resolve(true))
  const router = useRouter()
  const at = BRIEF_STEPS.indexOf(step)

  function change(made: Parameters<ChangeBrief>[0]) {
    const { content, ...rest } = typeof made === 'function' ? made(written.current) : made
    unsaved.current = {
      ...unsaved.current,
      ...rest,
      ...(content ? { content: { ...unsaved.current.content, ...content } } : {}),
    }
    show({ ...written.current, ...rest, content: { ...written.current.content, ...content } })
  }

  /** Shown from now on, and what the next change builds on, drawn already or not. */
  function show(next: BriefDetailDto) {
    written.current = next
    setBrief(next)
  }

  /** One save at a time: whoever goes on waits for those before. */
  function save(): Promise<boolean> {
    queue.current = queue.current.then(saveChanges)
    return queue.current
  }

  async function saveChanges(): Promise<boolean> {
    const changes = unsaved.current
    if (Object.keys(changes).length === 0) return true
    unsaved.current = {}
    const result = await saveBriefAction({ id: brief.id, ...changes })
    if (!result.ok) {
      unsaved.current = { ...changes, ...unsaved.current, content: { ...changes.content, ...unsaved.current.content } }
      setError(result.error.message)
      return false
    }
    setError(undefined)
    // What was typed meanwhile stands; the rest is as it was saved.
    const { content, ...typed } = unsaved.current
    show({ ...result.data, ...typed, content: { ...result.data.content, ...content } })
    return true
  }

  const leave = () => startSaving(async () => void (await save()))
  const go = (to: BriefStep) =>
    startTransition(async () => {
      if (!(await save())) return
      setStep(to)
      setAsked(false)
    })
  const submit = () =>
    startTransition(async () => {
      setAsked(true)
      if (!(await save())) return
      const result = await submitBriefAction({ id: brief.id })
      if (result.ok) router.refresh()
      else setError(result.error.message)
    })
  const discard = () =>
    startTransition(async () => {
      const result = await discardBriefAction({ id: brief.id })
      if (result.ok) router.push('/workloads/briefs')
      else setError(result.error.message)
    })
  const next = BRIEF_STEPS[at + 1]

  return (
    <div className="grid gap-8 lg:grid-cols-[12rem_minmax(0,1fr)_17rem]">
      <div className="flex flex-col gap-4">
        <Progress label="Written" ratio={brief.progress} />
        <BriefStepList current={step} problems={brief.problems} onGo={go} />
      </div>
      <form
        aria-label={STEPS[step].title}
        className="flex min-w-0 flex-col gap-5"
        onBlur={leave}
        onSubmit={event => {
          event.preventDefault()
          if (next) go(next)
          else submit()
        }}
      >
        <div>
          <h2 className="font-medium text-lg">{STEPS[step].title}</h2>
          <p className="text-muted text-sm">{STEPS[step].intro}</p>
        </div>
        <StepFields step={step} brief={brief} choices={choices} change={change} shown={asked} />
        {error ? (
          <Callout tone="bad" live>
            {error}
          </Callout>
        ) : null}
        <div className="flex flex-wrap items-center gap-2">
          {next ? (
            <Button type="submit" variant="primary" loading={pending}>
              {`Continue to ${STEPS[next].title.toLowerCase()}`}
            </Button>
          ) : null}
          <Button
            variant={next ? 'secondary' : 'primary'}
            loading={pending && !next}
            onClick={submit}
            disabled={brief.problems.length > 0}
          >
            Submit for approval
          </Button>
          <Button variant="ghost" onClick={discard}>
            Give it up
          </Button>
          <span role="status" className="text-muted text-sm">
            {saving || pending ? 'Saving' : 'Saved'}
          </span>
        </div>
      </form>
      <BriefHints brief={brief} step={step} />
    </div>
  )
}
