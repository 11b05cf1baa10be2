'use client'

import { choicesOf } from '#components/form/choices.ts'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { MultiCombobox } from '#components/ui/combobox.tsx'
import { Field, FieldGroup, FieldRow } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { ROLES } from '#core/permissions.ts'
import type { StepText } from './policy-text.ts'

const ROLE_CHOICES = choicesOf(ROLES)
const QUORUMS = [
  { value: 'any', label: 'One of them' },
  { value: 'all', label: 'All of them' },
  { value: 'number', label: 'A number of them' },
]

/** One step of how a kind is decided: who, how many, and whom it goes to when nobody does. */
export function StepFields({
  number,
  step,
  people,
  onChange,
  onRemove,
}: {
  number: number
  step: StepText
  people: { value: string; label: string; hint?: string }[]
  onChange: (change: Partial<StepText>) => void
  /** Null for the only step. */
  onRemove: (() => void) | null
}) {
  return (
    <FieldGroup legend={`Step ${number}`} className="border-line border-b pb-6">
      <Field label="Name">
        <Input maxLength={80} value={step.name} onValueChange={name => onChange({ name })} />
      </Field>
      <Field label="Roles" nativeLabel={false}>
        <MultiCombobox items={ROLE_CHOICES} value={step.roles} onValueChange={roles => onChange({ roles })} />
      </Field>
      <Field label="People" nativeLabel={false} optional>
        <MultiCombobox items={people} value={step.personIds} onValueChange={personIds => onChange({ personIds })} />
      </Field>
      <FieldRow label="Leads of the team it concerns">
        <Checkbox checked={step.teamLeads} onCheckedChange={teamLeads => onChange({ teamLeads })} />
      </FieldRow>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Approvals needed" nativeLabel={false} help="One rejection always rejects.">
          <Select
            items={QUORUMS}
            value={step.quorum}
            onValueChange={quorum => onChange({ quorum: quorum as StepText['quorum'] })}
          />
        </Field>
        {step.quorum === 'number' ? (
          <Field label="How many">
            <Input
              inputMode="numeric"
              value={step.quorumNumber}
              onValueChange={quorumNumber => onChange({ quorumNumber })}
            />
          </Field>
        ) : null}
      </div>
      <FieldRow label="Escalate" help="The persons it escalates to are told, and may decide as well.">
        <Checkbox checked={step.escalates} onCheckedChange={escalates => onChange({ escalates })} />
      </FieldRow>
      {step.escalates ? (
        <>
          <Field label="After, hours">
            <Input
              inputMode="numeric"
              value={step.escalateAfterHours}
              onValueChange={escalateAfterHours => onChange({ escalateAfterHours })}
            />
          </Field>
          <Field label="To the roles" nativeLabel={false}>
            <MultiCombobox
              items={ROLE_CHOICES}
              value={step.escalateRoles}
              onValueChange={escalateRoles => onChange({ escalateRoles })}
            />
          </Field>
          <Field label="To the people" nativeLabel={false} optional>
            <MultiCombobox
              items={people}
              value={step.escalatePersonIds}
              onValueChange={escalatePersonIds => onChange({ escalatePersonIds })}
            />
          </Field>
          <FieldRow label="To the leads of the team it concerns">
            <Checkbox
              checked={step.escalateTeamLeads}
              onCheckedChange={escalateTeamLeads => onChange({ escalateTeamLeads })}
            />
          </FieldRow>
        </>
      ) : null}
      {onRemove ? (
        <Button variant="ghost" size="sm" className="self-start" onClick={onRemove}>
          Remove step {number}
        </Button>
      ) : null}
    </FieldGroup>
  )
}
