'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { createBriefAction } from '#lib/briefs/actions.ts'

type Props = { name: string; slug: string | null; teamId: string | null; workloadId: string | null }

/** The first answer of a brief, its name: with it there is something to save. */
export function BeginBrief({ slug, teamId, workloadId, ...initial }: Props) {
  const [name, setName] = useState(initial.name)
  const [error, setError] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={event => {
        event.preventDefault()
        startTransition(async () => {
          const result = await createBriefAction({ name, slug, teamId, workloadId })
          if (result.ok) router.push(`/workloads/briefs/${result.data.id}`)
          else setError(result.error.message)
        })
      }}
    >
      <Field
        label="Name of the workload"
        help={
          slug
            ? `Callers send "${slug}" already; that stays.`
            : 'People find it by this name; what callers send is made of it.'
        }
        error={error}
      >
        <Input autoFocus required maxLength={80} placeholder="Support chat" value={name} onValueChange={setName} />
      </Field>
      <div>
        <Button type="submit" variant="primary" size="lg" loading={pending}>
          Begin
        </Button>
      </div>
    </form>
  )
}
