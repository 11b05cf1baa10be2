'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormActions } from '#components/form/form-actions.tsx'
import { useSubmit } from '#components/form/use-submit.ts'
import { createTeamAction } from '#lib/teams/actions.ts'
import { PLACED_FIELDS, TeamBounds, TeamFacts, type TeamValues, toTeamInput } from './team-fields.tsx'

/** The form of a new team; its page, where people are added, comes next. */
export function NewTeam({ initial }: { initial: TeamValues }) {
  const [values, setValues] = useState(initial)
  const { submit, pending, problem, errors } = useSubmit(createTeamAction)
  const router = useRouter()
  const set = (change: Partial<TeamValues>) => setValues(before => ({ ...before, ...change }))
  const create = () => submit(toTeamInput(values), team => router.push(`/admin/teams/${team.id}`))
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        create()
      }}
      className="flex max-w-xl flex-col gap-5"
    >
      <TeamFacts values={values} errors={errors} set={set} />
      <TeamBounds values={values} errors={errors} set={set} />
      <FormActions
        action="Create team"
        pending={pending}
        problem={problem}
        placed={PLACED_FIELDS}
        cancelHref="/admin/teams"
        onSubmit={create}
      />
    </form>
  )
}
