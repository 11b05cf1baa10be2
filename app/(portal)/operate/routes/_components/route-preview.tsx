'use client'

import { useEffect, useState } from 'react'
import { Section } from '#components/page/section.tsx'
import { Combobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { explainRoutingAction } from '#lib/routes/actions.ts'
import type { RoutingExplanationDto } from '#lib/routes/explain-schema.ts'
import { CandidateList } from './candidate-list.tsx'
import type { RouteChoices } from './route-choices.ts'
import { type RouteFormValues, routeInputOf } from './route-form-values.ts'

type Preview = { answer: RoutingExplanationDto } | { problem: string } | null

const SETTLE_MS = 350

/** What a running gateway would do with a call if the form were saved. */
export function RoutePreview({ values, choices, id }: { values: RouteFormValues; choices: RouteChoices; id?: string }) {
  const [chosen, setChosen] = useState('')
  const model = chosen || modelOf(values, choices)
  const preview = usePreview(values, model, id)
  return (
    <Section
      title="What it would do"
      description="Asked of a running gateway while you type; nothing is saved or called"
      className="xl:sticky xl:top-20 xl:self-start"
    >
      <div className="flex flex-col gap-4">
        <Field label="For a call of" nativeLabel={false}>
          <Combobox
            aria-label="For a call of"
            items={choices.names}
            value={model}
            onValueChange={next => setChosen(next ?? '')}
          />
        </Field>
        <div aria-live="polite" className="min-h-24 text-sm">
          <Shown preview={preview} model={model} />
        </div>
      </div>
    </Section>
  )
}

function Shown({ preview, model }: { preview: Preview; model: string }) {
  if (model === '') return <p className="text-muted">Name a model to see who would answer a call of it.</p>
  if (!preview) return <p className="text-muted">Asking a gateway.</p>
  if ('problem' in preview) return <p className="text-warn-text">{preview.problem}</p>
  const { explanation } = preview.answer
  if (!explanation) return <p className="text-muted">No gateway answers, so what it would do is not known.</p>
  return (
    <>
      <p className="mb-2">{explanation.message}</p>
      <CandidateList candidates={explanation.candidates} />
    </>
  )
}

/** Asks again a moment after the last change; an answer to an older form is left out. */
function usePreview(values: RouteFormValues, model: string, id: string | undefined): Preview {
  const [preview, setPreview] = useState<Preview>(null)
  // Also of a route that is switched off: what it would do in force is the question.
  const shown = { ...values, name: values.name || 'This route', enabled: true, reason: '' }
  const asked = JSON.stringify([routeInputOf(shown), model, id])
  useEffect(() => {
    const [draft, name, routeId] = JSON.parse(asked)
    if (name === '') return
    let current = true
    const timer = setTimeout(async () => {
      const scoped = {
        teamId: draft.scope === 'team' ? draft.target : null,
        workload: draft.scope === 'workload' ? draft.target : null,
      }
      const result = await explainRoutingAction({
        model: name,
        ...scoped,
        draft: { ...draft, routeId: routeId ?? null },
      })
      if (!current) return
      setPreview(result.ok ? { answer: result.data } : { problem: result.error.message })
    }, SETTLE_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [asked])
  return preview
}

function modelOf({ callableAs, requestedNames, modelIds }: RouteFormValues, { models }: RouteChoices): string {
  const named = callableAs.trim() || requestedNames[0]
  return named ?? models.find(({ value }) => value === modelIds[0])?.label ?? ''
}
