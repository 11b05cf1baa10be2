'use client'

import { Checkbox } from '#components/ui/checkbox.tsx'
import { FieldGroup, FieldRow } from '#components/ui/field.tsx'
import { ROLES, type Role } from '#core/permissions.ts'
import { roleGives } from '../../_components/role-words.ts'

/** Every role with what it gives; those that a group gave say so. */
export function RoleCheckboxes({
  value,
  fromGroups = [],
  disabled,
  onChange,
}: {
  value: readonly Role[]
  fromGroups?: readonly Role[]
  disabled?: boolean
  onChange: (change: (before: Role[]) => Role[]) => void
}) {
  return (
    <FieldGroup legend="Roles" className="gap-3.5">
      {(Object.keys(ROLES) as Role[]).map(role => (
        <FieldRow
          key={role}
          label={ROLES[role]}
          help={`${roleGives(role)}${fromGroups.includes(role) ? ' Given by a group at sign-in.' : ''}`}
          disabled={disabled}
        >
          <Checkbox
            checked={value.includes(role)}
            onCheckedChange={on => onChange(before => (on ? [...before, role] : before.filter(each => each !== role)))}
          />
        </FieldRow>
      ))}
    </FieldGroup>
  )
}
