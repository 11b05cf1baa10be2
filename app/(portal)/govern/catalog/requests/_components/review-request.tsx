'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { DialogClose } from '#components/ui/dialog.tsx'
import { Field, FieldGroup, FieldRow } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { reviewModelRequestAction } from '#lib/model-requests/actions.ts'
import type { RequestChoices } from '#lib/model-requests/queries.ts'
import type { ModelRequestDto } from '#lib/model-requests/schema.ts'
import { OnlyForFields } from '../../_components/only-for-fields.tsx'
import { onlyForText, toOnlyFor } from '../../_components/only-for-text.ts'

/** Where a model that was asked for would run and on what terms: what others then decide. */
export function ReviewRequest({ request, choices }: { request: ModelRequestDto; choices: RequestChoices }) {
  const [open, setOpen] = useState(false)
  const [providerId, setProviderId] = useState(request.providerId ?? choices.providers[0]?.id ?? '')
  const [upstreamModel, setUpstreamModel] = useState(request.upstreamModel)
  const [tiers, setTiers] = useState(request.tiers)
  const [onlyFor, setOnlyFor] = useState(onlyForText(request.onlyFor))
  const [assessment, setAssessment] = useState(request.assessment)
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function review() {
    setProblem(undefined)
    startTransition(async () => {
      const terms = { providerId, upstreamModel, tiers, onlyFor: toOnlyFor(onlyFor), assessment }
      const result = await reviewModelRequestAction({ id: request.id, ...terms })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      router.refresh()
    })
  }

  return (
    <Sheet
      title={`Review ${request.identifier}`}
      description="The review board or an approver decides what you put before them here. What waited under other terms is void."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant={request.state === 'in_review' ? 'primary' : 'secondary'}>Review</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} disabled={assessment.trim() === ''} onClick={review}>
            Put it before them
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Field label="Provider" nativeLabel={false} help="Calls go there with its credential.">
          <Select
            aria-label="Provider"
            items={choices.providers.map(({ id, name }) => ({ value: id, label: name }))}
            value={providerId}
            onValueChange={setProviderId}
          />
        </Field>
        <Field label="Upstream name">
          <Input value={upstreamModel} onValueChange={setUpstreamModel} />
        </Field>
        <FieldGroup legend="Data that it may see">
          {choices.tiers.map(tier => (
            <FieldRow key={tier} label={tier}>
              <Checkbox
                checked={tiers.includes(tier)}
                onCheckedChange={on => setTiers(on ? [...tiers, tier] : tiers.filter(each => each !== tier))}
              />
            </FieldRow>
          ))}
        </FieldGroup>
        <OnlyForFields
          value={onlyFor}
          onChange={setOnlyFor}
          teams={choices.teams.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Field label="What the review found" help="For those who decide.">
          <Textarea
            rows={4}
            maxLength={4000}
            value={assessment}
            onChange={event => setAssessment(event.target.value)}
          />
        </Field>
        {problem ? (
          <Callout tone="bad" live>
            {problem}
          </Callout>
        ) : null}
      </div>
    </Sheet>
  )
}
