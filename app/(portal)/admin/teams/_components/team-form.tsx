'use client'

import { useState } from 'react'
import { FormActions } from '#components/form/form-actions.tsx'
import { useSubmit } from '#components/form/use-submit.ts'
import { updateTeamAction } from '#lib/teams/actions.ts'
import type { TeamDto } from '#lib/teams/schema.ts'
import { PLACED_FIELDS, TeamBounds, TeamFacts, type TeamValues, toTeamInput } from './team-fields.tsx'

/** A team's facts and key bounds, to be changed. Narrower bounds hold for keys issued from then on. */
export function TeamForm({ team }: { team: TeamDto }) {
  const initial = valuesOf(team)
  const [values, setValues] = useState(initial)
  const { submit, pending, problem, saved, errors } = useSubmit(updateTeamAction)
  const set = (change: Partial<TeamValues>) => setValues(before => ({ ...before, ...change }))
  const unchanged = JSON.stringify(values) === JSON.stringify(initial)
  const save = () => submit({ id: team.id, ...toTeamInput(values) })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
      className="flex flex-col gap-5"
    >
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-2">
        <div className="flex flex-col gap-5">
          <TeamBounds values={values} errors={errors} set={set} />
        </div>
        <div className="flex flex-col gap-5">
          <TeamFacts values={values} errors={errors} set={set} />
        </div>
      </div>
      <FormActions
        action="Save team"
        pending={pending}
        problem={problem}
        placed={PLACED_FIELDS}
        saved={saved && unchanged}
        disabled={unchanged}
        onSubmit={save}
      />
    </form>
  )
}

function valuesOf({ name, description, costCentre, keyBounds }: TeamDto): TeamValues {
  return {
    name,
    description,
    costCentre: costCentre ?? '',
    maxLifetimeDays: String(keyBounds.maxLifetimeDays),
    maxRequestsPerMinute: String(keyBounds.maxRequestsPerMinute),
    maxDailyLimitUsd: keyBounds.maxDailyLimitUsd,
  }
}
