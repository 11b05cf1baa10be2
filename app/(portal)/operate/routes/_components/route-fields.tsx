'use client'

import type { SetValues } from '#components/form/use-form-values.ts'
import { Combobox, MultiCombobox } from '#components/ui/combobox.tsx'
import { Field, FieldGroup } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import { Select } from '#components/ui/select.tsx'
import { ROUTE_FACTORS, ROUTE_OBJECTIVES, ROUTE_SCOPES, type RouteScope } from '#core/routing/route-options.ts'
import type { RouteChoices } from './route-choices.ts'
import type { RouteFormValues } from './route-form-values.ts'
import { FACTORS, OBJECTIVES, SCOPE_LABELS } from './route-words.ts'

export interface RoutePart {
  values: RouteFormValues
  errors: Record<string, string>
  set: SetValues<RouteFormValues>
  choices: RouteChoices
}

/** Whose calls it decides: fixed once the route is there. */
export function ScopeFields({ values, errors, set, choices }: RoutePart) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field
        label="Decides for calls of"
        nativeLabel={false}
        help="The most specific route wins: workload, then team, then organization."
      >
        <Select
          aria-label="Decides for calls of"
          items={ROUTE_SCOPES.map(value => ({ value, label: SCOPE_LABELS[value] }))}
          value={values.scope}
          onValueChange={scope => set({ scope: scope as RouteScope, target: '' })}
        />
      </Field>
      {values.scope === 'team' ? (
        <Field label="Team" nativeLabel={false} error={errors.target}>
          <Combobox
            aria-label="Team"
            items={choices.teams}
            value={values.target}
            onValueChange={target => set({ target: target ?? '' })}
          />
        </Field>
      ) : null}
      {values.scope === 'workload' ? (
        <Field label="Workload" help="As callers send it in x-gatehouse-workload." error={errors.target}>
          <Input required maxLength={128} value={values.target} onValueChange={target => set({ target })} />
        </Field>
      ) : null}
    </div>
  )
}

/** Which calls it covers and what it may choose among. */
export function CandidateFields({ values, errors, set, choices }: RoutePart) {
  const own = values.callableAs.trim()
  const names = own === '' ? choices.names : [{ value: own, label: own, hint: 'its own name' }, ...choices.names]
  return (
    <>
      <Field
        label="Covers calls that name"
        optional
        nativeLabel={false}
        help="Values of “model” that it decides about. Without one it decides about every call."
        error={errors.requestedNames}
      >
        <MultiCombobox
          aria-label="Covers calls that name"
          items={names}
          value={values.requestedNames}
          onValueChange={requestedNames => set({ requestedNames })}
        />
      </Field>
      <Field
        label="May choose"
        optional
        nativeLabel={false}
        help="Besides the model that is asked for; the first one is preferred. Gateways call none that is not approved for the data."
        error={errors.modelIds}
      >
        <MultiCombobox
          aria-label="May choose"
          items={choices.models}
          value={values.modelIds}
          onValueChange={modelIds => set({ modelIds })}
        />
      </Field>
      <Field
        label="Name of its own"
        optional
        help="Clients that put this in “model” leave the choice to the route. Name it above too to decide about no other call."
        error={errors.callableAs}
      >
        <Input
          autoComplete="off"
          spellCheck={false}
          placeholder="smart"
          value={values.callableAs}
          onValueChange={callableAs => set({ callableAs })}
        />
      </Field>
    </>
  )
}

/** What it prefers. */
export function ObjectiveFields({ values, errors, set }: RoutePart) {
  return (
    <>
      <FieldGroup legend="Prefers">
        <RadioGroup
          aria-label="Prefers"
          items={ROUTE_OBJECTIVES.map(value => ({ value, ...OBJECTIVES[value] }))}
          value={values.objective}
          onValueChange={objective => set({ objective })}
        />
      </FieldGroup>
      {values.objective === 'balanced' ? (
        <FieldGroup legend="Weights">
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-5">
            {ROUTE_FACTORS.map(factor => (
              <Field key={factor} label={FACTORS[factor].label} help={FACTORS[factor].help}>
                <Input
                  inputMode="decimal"
                  value={values.weights[factor]}
                  onValueChange={weight => set(before => ({ weights: { ...before.weights, [factor]: weight } }))}
                />
              </Field>
            ))}
          </div>
          <p className={errors.weights ? 'text-bad-text text-xs' : 'text-muted text-xs'}>
            {errors.weights ?? 'Only their proportions matter.'}
          </p>
        </FieldGroup>
      ) : null}
    </>
  )
}

/** What every candidate must fulfil. */
export function BoundFields({ values, errors, set, choices }: RoutePart) {
  const many = (
    key: 'regions' | 'providerIds' | 'tiers',
    label: string,
    help: string,
    items: RouteChoices['regions'],
  ) => (
    <Field label={label} optional nativeLabel={false} help={help} error={errors[`constraints.${key}`]}>
      <MultiCombobox
        aria-label={label}
        items={items}
        value={values[key]}
        onValueChange={chosen => set({ [key]: chosen })}
      />
    </Field>
  )
  const price = (key: 'mostInputUsd' | 'mostOutputUsd', label: string) => (
    <Field
      label={label}
      optional
      help="Per million tokens. A model without a price is left out."
      error={errors[`constraints.${key}`]}
    >
      <Input prefix="USD" inputMode="decimal" value={values[key]} onValueChange={text => set({ [key]: text })} />
    </Field>
  )
  return (
    <FieldGroup legend="Bounds: what does not fulfil them is left out">
      <div className="grid gap-5 sm:grid-cols-2">
        {many('regions', 'Regions', 'Calls leave to providers there only.', choices.regions)}
        {many('providerIds', 'Providers', 'Calls go to these only.', choices.providers)}
        {many('tiers', 'Approved for', 'Only models approved for all of these.', choices.tiers)}
        <div className="max-sm:hidden" />
        {price('mostInputUsd', 'Input price at most')}
        {price('mostOutputUsd', 'Output price at most')}
      </div>
    </FieldGroup>
  )
}
