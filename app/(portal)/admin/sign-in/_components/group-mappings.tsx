'use client'

import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { choicesOf } from '#components/form/choices.ts'
import { useSubmit } from '#components/form/use-submit.ts'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { ROLES, type Role } from '#core/permissions.ts'
import { addGroupMappingAction, removeGroupMappingAction } from '#lib/sign-in/actions.ts'
import type { GroupMappingDto } from '#lib/sign-in/schema.ts'

/** What groups of the identity provider mean here, and the form that adds one. */
export function GroupMappings({
  mappings,
  teams,
}: {
  mappings: readonly GroupMappingDto[]
  teams: readonly { id: string; name: string }[]
}) {
  const remove = useSubmit(removeGroupMappingAction)
  return (
    <div className="flex flex-col gap-4">
      {remove.problem ? (
        <Callout tone="bad" live>
          {remove.problem.message}
        </Callout>
      ) : null}
      {mappings.length === 0 ? (
        <p className="text-muted text-sm">No group is mapped: roles and teams are given by hand only.</p>
      ) : (
        <Table label="Group mappings">
          <TableHead>
            <tr>
              <TableHeader>Group</TableHeader>
              <TableHeader>Joins</TableHeader>
              <TableHeader>Gets the role</TableHeader>
              <TableHeader>
                <span className="sr-only">Remove</span>
              </TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {mappings.map(mapping => (
              <TableRow key={mapping.id}>
                <TableCell className="wrap-anywhere font-mono text-xs">{mapping.group}</TableCell>
                <TableCell>
                  <JoinedTeam mapping={mapping} />
                </TableCell>
                <TableCell>{mapping.role ? ROLES[mapping.role] : '–'}</TableCell>
                <TableCell className="text-right">
                  <Button
                    variant="ghost"
                    size="sm"
                    aria-label={`Remove the mapping of ${mapping.group}`}
                    onClick={() => remove.submit({ id: mapping.id })}
                  >
                    Remove
                  </Button>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <AddMapping teams={teams} />
    </div>
  )
}

function JoinedTeam({ mapping }: { mapping: GroupMappingDto }) {
  if (!mapping.teamId) return '–'
  return (
    <>
      <Link href={`/admin/teams/${mapping.teamId}`} className="underline-offset-3 hover:underline">
        {mapping.teamName}
      </Link>
      {mapping.membership === 'lead' ? <span className="text-muted"> as lead</span> : null}
    </>
  )
}

const NONE = 'none'

function AddMapping({ teams }: { teams: readonly { id: string; name: string }[] }) {
  const empty = { group: '', team: NONE, membership: 'member', role: NONE }
  const [values, setValues] = useState(empty)
  const { submit, pending, problem, errors } = useSubmit(addGroupMappingAction)
  const set = (change: Partial<typeof values>) => setValues(before => ({ ...before, ...change }))
  const add = () =>
    submit({
      group: values.group,
      teamId: values.team === NONE ? null : values.team,
      membership: values.membership,
      role: values.role === NONE ? null : (values.role as Role),
    })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        add()
      }}
      className="flex flex-col gap-3 rounded-[10px] border border-line p-4"
    >
      <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Field label="Group" help="As the claim has it: a name or an object id." error={errors.group}>
          <Input
            required
            maxLength={200}
            placeholder="engineers"
            value={values.group}
            onValueChange={group => set({ group })}
          />
        </Field>
        <Field label="Joins the team" nativeLabel={false} error={errors.teamId}>
          <Select
            items={[{ value: NONE, label: 'No team' }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
            value={values.team}
            onValueChange={team => set({ team })}
          />
        </Field>
        <Field label="As" nativeLabel={false} disabled={values.team === NONE}>
          <Select
            items={[
              { value: 'member', label: 'Member' },
              { value: 'lead', label: 'Lead' },
            ]}
            disabled={values.team === NONE}
            value={values.membership}
            onValueChange={membership => set({ membership })}
          />
        </Field>
        <Field label="Gets the role" nativeLabel={false} error={errors.role}>
          <Select
            items={[{ value: NONE, label: 'No role' }, ...choicesOf(ROLES)]}
            value={values.role}
            onValueChange={role => set({ role })}
          />
        </Field>
      </div>
      {problem && Object.keys(errors).length === 0 ? (
        <Callout tone="bad" live>
          {problem.message}
        </Callout>
      ) : null}
      <div>
        <Button type="submit" loading={pending}>
          <Plus aria-hidden />
          Add mapping
        </Button>
      </div>
    </form>
  )
}
