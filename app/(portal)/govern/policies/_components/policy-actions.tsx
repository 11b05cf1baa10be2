'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { MultiCombobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import {
  archivePolicyAction,
  circulatePolicyAction,
  confirmPolicyAction,
  setRequirementAction,
  updatePolicyAction,
  withdrawVersionAction,
} from '#lib/policies/actions.ts'
import type { PolicyDto } from '#lib/policies/schema.ts'
import { PolicyDialog } from './policy-dialog.tsx'

export type Choice = { value: string; label: string }
type Props = { policy: PolicyDto; teams: readonly Choice[] }

const AUDIENCES = [
  { value: 'everyone', label: 'Everybody' },
  { value: 'teams', label: 'The people of some teams' },
] as const

/** Whom the policy is for: they are told and asked. */
export function CirculatePolicy({ policy, teams }: Props) {
  const [to, setTo] = useState<'everyone' | 'teams'>(policy.audience.everyone ? 'everyone' : 'teams')
  const [teamIds, setTeamIds] = useState(policy.audience.teamIds)
  const everyone = to === 'everyone'
  return (
    <PolicyDialog
      title={`Circulate ${policy.name}`}
      description="Everybody it is for is told, and asked to acknowledge it. They are reminded after 3, 7 and 14 days."
      action="Circulate"
      done="It is circulated"
      trigger={<Button>Circulate</Button>}
      save={reason => circulatePolicyAction({ id: policy.id, everyone, teamIds: everyone ? [] : teamIds, reason })}
    >
      <Field label="For" nativeLabel={false}>
        <Select items={AUDIENCES} value={to} onValueChange={value => setTo(value === 'teams' ? 'teams' : 'everyone')} />
      </Field>
      {everyone ? null : (
        <Field label="Teams" nativeLabel={false}>
          <MultiCombobox items={[...teams]} value={teamIds} onValueChange={setTeamIds} />
        </Field>
      )}
    </PolicyDialog>
  )
}

const SCOPES = [
  { value: 'off', label: 'No key needs it' },
  { value: 'everyone', label: 'Every key' },
  { value: 'teams', label: 'Keys of some teams' },
] as const

/** Which keys need a current acknowledgement. */
export function RequireForKeys({ policy, teams }: Props) {
  const [scope, setScope] = useState(policy.requirement.scope)
  const [teamIds, setTeamIds] = useState(policy.requirement.teamIds)
  const [graceDays, setGraceDays] = useState(String(policy.requirement.graceDays))
  return (
    <PolicyDialog
      title="Which keys need it"
      description="After the days of grace, gateways refuse these keys with 403 until their holder has acknowledged the version in force; for keys of nobody, a lead of the team."
      action="Set"
      done="Every gateway keeps to it"
      trigger={<Button>Keys that need it</Button>}
      save={reason => setRequirementAction({ id: policy.id, scope, teamIds, graceDays: Number(graceDays), reason })}
    >
      <Field label="Needed by" nativeLabel={false}>
        <Select
          items={SCOPES}
          value={scope}
          onValueChange={value => setScope(SCOPES.find(one => one.value === value)?.value ?? 'off')}
        />
      </Field>
      {scope === 'teams' ? (
        <Field label="Teams" nativeLabel={false}>
          <MultiCombobox items={[...teams]} value={teamIds} onValueChange={setTeamIds} />
        </Field>
      ) : null}
      {scope === 'off' ? null : (
        <Field label="Days of grace" help="From ratification, or from now on, whichever is later.">
          <Input inputMode="numeric" value={graceDays} onValueChange={setGraceDays} suffix="days" />
        </Field>
      )}
    </PolicyDialog>
  )
}

/** The review that changes nothing. */
export function ConfirmPolicy({ policy }: { policy: PolicyDto }) {
  return (
    <PolicyDialog
      title="Reviewed without change"
      description={`The version in force stays. The next review is due in ${policy.reviewEveryDays} days.`}
      action="Record the review"
      done="The review is recorded"
      label="What was looked at"
      trigger={<Button>Reviewed, no change</Button>}
      save={reason => confirmPolicyAction({ id: policy.id, reason })}
    />
  )
}

/** Takes back what waits for a decision. */
export function WithdrawVersion({ policy }: { policy: PolicyDto }) {
  if (!policy.open) return null
  return (
    <PolicyDialog
      title={`Take version ${policy.open.number} back`}
      description="The decision that waits for it is void. The draft can be written on, and put before Legal again."
      action="Take it back"
      done="It is taken back"
      trigger={<Button>Take it back</Button>}
      save={reason => withdrawVersionAction({ id: policy.id, reason })}
    />
  )
}

/** Name, owner and cadence. */
export function ChangePolicy({ policy, people }: { policy: PolicyDto; people: readonly Choice[] }) {
  const [name, setName] = useState(policy.name)
  const [ownerId, setOwnerId] = useState(policy.ownerId ?? 'nobody')
  const [days, setDays] = useState(String(policy.reviewEveryDays))
  const owner = ownerId === 'nobody' ? null : ownerId
  return (
    <PolicyDialog
      title={`Change ${policy.name}`}
      description="Its text changes by versions only."
      action="Save"
      done="Saved"
      trigger={<Button variant="ghost">Settings</Button>}
      save={reason =>
        updatePolicyAction({ id: policy.id, name, ownerId: owner, reviewEveryDays: Number(days), reason })
      }
    >
      <Field label="Name">
        <Input value={name} onValueChange={setName} maxLength={120} />
      </Field>
      <Field label="Owner" nativeLabel={false} help="Is reminded of reviews, and decides on no version of it.">
        <Select
          items={[{ value: 'nobody', label: 'Nobody yet' }, ...people]}
          value={ownerId}
          onValueChange={value => setOwnerId(value ?? 'nobody')}
        />
      </Field>
      <Field label="Reviewed every">
        <Input inputMode="numeric" value={days} onValueChange={setDays} suffix="days" />
      </Field>
    </PolicyDialog>
  )
}

/** Out of use; nothing is deleted. */
export function ArchivePolicy({ policy }: { policy: PolicyDto }) {
  return (
    <PolicyDialog
      title={`Archive ${policy.name}?`}
      description="Nobody is asked for it and no key needs it from then on. Its versions and acknowledgements stay."
      action="Archive"
      done="It is archived"
      trigger={<Button variant="ghost">Archive</Button>}
      save={reason => archivePolicyAction({ id: policy.id, reason })}
    />
  )
}
