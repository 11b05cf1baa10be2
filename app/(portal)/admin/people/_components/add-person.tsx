'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormActions } from '#components/form/form-actions.tsx'
import { useSubmit } from '#components/form/use-submit.ts'
import { MultiCombobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import type { Role } from '#core/permissions.ts'
import { createPersonAction } from '#lib/people/actions.ts'
import { RoleCheckboxes } from './role-checkboxes.tsx'

/** The form that adds a person; their page, with the sign-in link, comes next. */
export function AddPerson({ teams }: { teams: readonly { id: string; name: string }[] }) {
  const [values, setValues] = useState({ name: '', email: '', title: '', teamIds: [] as string[] })
  const [roles, setRoles] = useState<Role[]>(['developer'])
  const { submit, pending, problem, errors } = useSubmit(createPersonAction)
  const router = useRouter()
  const set = (change: Partial<typeof values>) => setValues(before => ({ ...before, ...change }))
  const add = () =>
    submit({ ...values, title: values.title.trim() || null, roles }, person =>
      router.push(`/admin/people/${person.id}`),
    )

  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        add()
      }}
      className="flex max-w-xl flex-col gap-5"
    >
      <Field label="Name" name="name" error={errors.name}>
        <Input autoFocus required maxLength={120} value={values.name} onValueChange={name => set({ name })} />
      </Field>
      <Field
        label="E-mail address"
        name="email"
        help="Single sign-on recognises them by this address once the provider has verified it."
        error={errors.email}
      >
        <Input type="email" required value={values.email} onValueChange={email => set({ email })} />
      </Field>
      <Field label="Title" name="title" optional error={errors.title}>
        <Input
          maxLength={120}
          placeholder="Backend developer"
          value={values.title}
          onValueChange={title => set({ title })}
        />
      </Field>
      <Field
        label="Teams"
        optional
        help="They may issue keys for these at once, within the bounds of each team."
        error={errors.teamIds}
      >
        <MultiCombobox
          items={teams.map(({ id, name }) => ({ value: id, label: name }))}
          placeholder="None yet"
          value={values.teamIds}
          onValueChange={teamIds => set({ teamIds })}
        />
      </Field>
      <RoleCheckboxes value={roles} onChange={setRoles} />
      <FormActions
        action="Add person"
        pending={pending}
        problem={problem}
        placed={['name', 'email', 'title', 'teamIds']}
        cancelHref="/admin/people"
        onSubmit={add}
      />
    </form>
  )
}
