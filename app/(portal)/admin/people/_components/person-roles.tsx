'use client'

import { useState } from 'react'
import { FormActions } from '#components/form/form-actions.tsx'
import { useSubmit } from '#components/form/use-submit.ts'
import { updatePersonAction } from '#lib/people/actions.ts'
import type { PersonDto } from '#lib/people/schema.ts'
import { RoleCheckboxes } from './role-checkboxes.tsx'

/** The roles of a person as they are, to be changed. */
export function PersonRoles({ person, mayChange }: { person: PersonDto; mayChange: boolean }) {
  const [roles, setRoles] = useState(person.roles)
  const { submit, pending, problem, saved } = useSubmit(updatePersonAction)
  const save = () => submit({ id: person.id, roles })
  const unchanged = roles.length === person.roles.length && roles.every(role => person.roles.includes(role))
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
      className="flex flex-col gap-5"
    >
      <RoleCheckboxes value={roles} fromGroups={person.groupRoles} disabled={!mayChange} onChange={setRoles} />
      {mayChange ? (
        <FormActions
          action="Save roles"
          pending={pending}
          problem={problem}
          placed={[]}
          saved={saved && unchanged}
          disabled={unchanged}
          onSubmit={save}
        />
      ) : null}
    </form>
  )
}
