'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import { Select } from '#components/ui/select.tsx'
import { POLICY_KIND_FACTS, POLICY_KINDS, type PolicyKind } from '#core/policies/policy-kinds.ts'
import { createPolicyAction } from '#lib/policies/actions.ts'
import type { Choice } from './policy-actions.tsx'

const KINDS = POLICY_KINDS.map(value => ({
  value,
  label: POLICY_KIND_FACTS[value].title,
  help: POLICY_KIND_FACTS[value].purpose,
}))

/** Begins a policy from the template of its kind. */
export function NewPolicy({ people }: { people: readonly Choice[] }) {
  const [kind, setKind] = useState<PolicyKind>('acceptable_use')
  const [name, setName] = useState(POLICY_KIND_FACTS.acceptable_use.title)
  const [ownerId, setOwnerId] = useState('nobody')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function choose(value: string) {
    const next = POLICY_KINDS.find(one => one === value) ?? 'custom'
    if (name === POLICY_KIND_FACTS[kind].title) setName(POLICY_KIND_FACTS[next].title)
    setKind(next)
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    setProblem(undefined)
    startTransition(async () => {
      const result = await createPolicyAction({ kind, name, ownerId: ownerId === 'nobody' ? null : ownerId })
      if (!result.ok) return setProblem(result.error.message)
      router.push(`/govern/policies/${result.data.id}/edit`)
    })
  }

  return (
    <form onSubmit={submit} className="flex max-w-xl flex-col gap-5">
      <Field label="Kind" nativeLabel={false} help="Each begins with a text that is complete as it stands.">
        <RadioGroup items={KINDS} value={kind} onValueChange={choose} />
      </Field>
      <Field label="Name">
        <Input required maxLength={120} value={name} onValueChange={setName} autoComplete="off" />
      </Field>
      <Field label="Owner" nativeLabel={false} help="Is reminded of reviews, and decides on no version of it.">
        <Select
          items={[{ value: 'nobody', label: 'Nobody yet' }, ...people]}
          value={ownerId}
          onValueChange={value => setOwnerId(value ?? 'nobody')}
        />
      </Field>
      {problem ? (
        <Callout tone="bad" live title="No policy was begun">
          {problem}
        </Callout>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" size="lg" loading={pending}>
          Begin with the template
        </Button>
        <ButtonLink href="/govern/policies" variant="ghost" size="lg">
          Cancel
        </ButtonLink>
      </div>
    </form>
  )
}
