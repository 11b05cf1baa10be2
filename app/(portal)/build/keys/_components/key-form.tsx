'use client'

import type { FormEvent } from 'react'
import { choicesOf } from '#components/form/choices.ts'
import type { SetValues } from '#components/form/use-form-values.ts'
import { formatDate, formatMoney, formatNumber } from '#components/format.ts'
import { shortcutKeys } from '#components/shortcuts/shortcut-keys.ts'
import { useMac } from '#components/shortcuts/use-shortcut.ts'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { MultiCombobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { KeyDataFields, KeyWorkloadField } from './key-data-fields.tsx'
import type { DataChoices, ModelChoice, TeamChoice } from './key-facts.ts'
import { fitLifetime, type KeyFormValues, lifetimesOf } from './key-form-values.ts'
import { ENVIRONMENT_LABELS } from './key-state.tsx'

const DAY_MS = 86_400_000

export type KeyFormProblem = { message: string; fields: Record<string, string> }

type KeyFormProps = {
  values: KeyFormValues
  set: SetValues<KeyFormValues>
  onSubmit: () => void
  teams: readonly TeamChoice[]
  models: readonly ModelChoice[]
  data: DataChoices
  problem: KeyFormProblem | undefined
  pending: boolean
  issued: boolean
  onAnother: () => void
}

/** The one form of a key. Each help text says what the gateway does because of the value. */
export function KeyForm(props: KeyFormProps) {
  const { values, set, teams, models, problem, pending, issued } = props
  const mac = useMac()
  const team = teams.find(each => each.id === values.teamId)
  const errors = problem?.fields ?? {}
  const unplaced = problem && !Object.keys(errors).some(field => PLACED.has(field))

  function submit(event: FormEvent) {
    event.preventDefault()
    props.onSubmit()
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <fieldset disabled={issued} className="flex min-w-0 flex-col gap-5">
        <Field label="Name" name="name" error={errors.name}>
          <Input
            autoFocus
            required
            maxLength={80}
            placeholder="ticket-summaries"
            autoComplete="off"
            value={values.name}
            disabled={issued}
            onValueChange={name => set({ name })}
          />
        </Field>
        <TeamField {...props} team={team} />
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label="Environment" nativeLabel={false} error={errors.environment}>
            <Select
              items={choicesOf(ENVIRONMENT_LABELS)}
              value={values.environment}
              disabled={issued}
              onValueChange={value => set({ environment: value as KeyFormValues['environment'] })}
            />
          </Field>
          <Field label="Expires" nativeLabel={false} error={errors.expiresInDays}>
            <Select
              items={lifetimesOf(team).map(days => ({ value: String(days), label: lifetimeText(days) }))}
              value={String(values.expiresInDays)}
              disabled={issued}
              onValueChange={days => set({ expiresInDays: Number(days) })}
            />
          </Field>
        </div>
        <Field label="Models" optional help="Calls to other models are refused with 403." error={errors.modelIds}>
          <MultiCombobox
            items={models.map(model => ({
              value: model.id,
              label: model.identifier,
              hint: `${model.displayName}: ${model.tiers.join(', ')} data`,
            }))}
            placeholder="Every callable model of the catalog"
            value={values.modelIds}
            disabled={issued}
            onValueChange={modelIds => set({ modelIds })}
          />
        </Field>
        <KeyWorkloadField {...{ values, set }} workloads={props.data.workloads} errors={errors} disabled={issued} />
        {props.data.tiers.length > 0 ? (
          <KeyDataFields values={values} set={set} data={props.data} errors={errors} disabled={issued} />
        ) : null}
        <LimitFields values={values} set={set} team={team} errors={errors} disabled={issued} />
      </fieldset>
      {unplaced ? (
        <Callout tone="bad" live title="No key was issued">
          {problem.message}
        </Callout>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {issued ? (
          <Button onClick={props.onAnother}>Issue another</Button>
        ) : (
          <>
            <Button
              type="submit"
              variant="primary"
              size="lg"
              loading={pending}
              shortcut={shortcutKeys('mod+Enter', mac).join(mac ? '' : ' ')}
            >
              Issue key
            </Button>
            <ButtonLink href="/build/keys" variant="ghost" size="lg">
              Cancel
            </ButtonLink>
          </>
        )}
      </div>
    </form>
  )
}

const PLACED = new Set([
  'name',
  'teamId',
  'environment',
  'expiresInDays',
  'modelIds',
  'tier',
  'dataSourceIds',
  'workloadId',
  'dailyLimitUsd',
  'requestsPerMinute',
  'ipAllowList',
])

function TeamField({ values, teams, team, set, issued, problem }: KeyFormProps & { team?: TeamChoice }) {
  return (
    <Field
      label="Team"
      nativeLabel={false}
      help="Its calls and cost are attributed to this team. Its lead sees them."
      error={problem?.fields.teamId}
    >
      <Select
        items={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={values.teamId}
        disabled={issued}
        onValueChange={teamId => {
          const next = teams.find(each => each.id === teamId) ?? team
          set({ teamId, workloadId: '', expiresInDays: fitLifetime(values.expiresInDays, next) })
        }}
      />
    </Field>
  )
}

function LimitFields({
  values,
  set,
  team,
  errors,
  disabled,
}: {
  values: KeyFormValues
  set: SetValues<KeyFormValues>
  team: TeamChoice | undefined
  errors: Record<string, string>
  disabled: boolean
}) {
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label="Spend a day"
          optional
          help={`Calls over it are refused with 402.${team ? ` The team allows up to ${formatMoney(team.maxDailyLimitNanoUsd, { digits: 0 })}.` : ''}`}
          error={errors.dailyLimitUsd}
        >
          <Input
            prefix="USD"
            className={disabled ? 'bg-sunken' : undefined}
            inputMode="decimal"
            placeholder="no limit of its own"
            value={values.dailyLimitUsd}
            disabled={disabled}
            onValueChange={dailyLimitUsd => set({ dailyLimitUsd })}
          />
        </Field>
        <Field
          label="Requests a minute"
          optional
          help={`Calls over it are refused with 429.${team ? ` The team allows up to ${formatNumber(team.maxRequestsPerMinute)}.` : ''}`}
          error={errors.requestsPerMinute}
        >
          <Input
            inputMode="numeric"
            placeholder="no limit of its own"
            value={values.requestsPerMinute}
            disabled={disabled}
            onValueChange={requestsPerMinute => set({ requestsPerMinute })}
          />
        </Field>
      </div>
      <Field
        label="Allowed addresses"
        optional
        help="IP addresses or CIDR blocks, commas between them. Calls from elsewhere are refused with 403."
        error={errors.ipAllowList}
      >
        <Input
          placeholder="any, for example 10.0.0.0/8"
          value={values.addresses}
          disabled={disabled}
          onValueChange={addresses => set({ addresses })}
        />
      </Field>
    </>
  )
}

function lifetimeText(days: number): string {
  const date = formatDate(Date.now() + days * DAY_MS)
  return `in ${days} days, ${date}`
}
