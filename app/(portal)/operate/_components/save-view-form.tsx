'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useSubmit } from '#components/form/use-submit.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { saveViewAction } from '#lib/saved-views/actions.ts'

/** Asks for the name of a view; loaded when somebody wants to keep one. */
export default function SaveViewForm({ table, query, onSaved }: { table: string; query: string; onSaved: () => void }) {
  const [name, setName] = useState('')
  const { submit, pending, problem } = useSubmit(saveViewAction)
  const router = useRouter()
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        submit({ table, name, query }, () => {
          onSaved()
          router.refresh()
        })
      }}
      className="flex flex-col gap-3"
    >
      <Field label="Name" help="Only you see it. A view of this name is replaced." error={problem?.message}>
        <Input value={name} onValueChange={setName} required maxLength={60} autoComplete="off" />
      </Field>
      <Button type="submit" variant="primary" loading={pending}>
        Save view
      </Button>
    </form>
  )
}
