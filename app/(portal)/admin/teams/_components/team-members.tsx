'use client'

import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useSubmit } from '#components/form/use-submit.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Combobox } from '#components/ui/combobox.tsx'
import { Select } from '#components/ui/select.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { removeMemberAction, setMemberAction } from '#lib/teams/actions.ts'
import type { TeamDetailDto } from '#lib/teams/schema.ts'

const KINDS = [
  { value: 'member', label: 'Member', hint: 'May issue keys of the team' },
  { value: 'lead', label: 'Lead', hint: 'Sees and manages all keys of the team' },
] as const

/** The people of a team, leads first. */
export function TeamMembers({
  team,
  people,
  mayManage,
}: {
  team: TeamDetailDto
  people: readonly { id: string; name: string }[]
  mayManage: boolean
}) {
  const change = useSubmit(setMemberAction)
  const remove = useSubmit(removeMemberAction)
  const problem = change.problem ?? remove.problem
  const outside = people.filter(({ id }) => !team.members.some(member => member.personId === id))
  const editable = mayManage && team.archivedAt === null
  return (
    <div className="flex flex-col gap-3">
      {problem ? (
        <Callout tone="bad" live>
          {problem.message}
        </Callout>
      ) : null}
      {team.members.length === 0 ? (
        <p className="text-muted text-sm">Nobody is in this team, so nobody can issue keys for it.</p>
      ) : (
        <Table label="People of this team">
          <TableHead>
            <tr>
              <TableHeader>Name</TableHeader>
              <TableHeader className="max-md:hidden">E-mail</TableHeader>
              <TableHeader>In the team as</TableHeader>
              {editable ? (
                <TableHeader>
                  <span className="sr-only">Remove</span>
                </TableHeader>
              ) : null}
            </tr>
          </TableHead>
          <TableBody>
            {team.members.map(member => (
              <TableRow key={member.personId}>
                <TableCell>
                  <Link
                    href={`/admin/people/${member.personId}`}
                    className="font-medium underline-offset-3 hover:underline"
                  >
                    {member.name}
                  </Link>{' '}
                  {member.active ? null : <Badge>Deactivated</Badge>}
                  {member.fromGroup ? <Badge icon={null}>by group {member.fromGroup}</Badge> : null}
                </TableCell>
                <TableCell className="text-muted max-md:hidden">{member.email}</TableCell>
                <TableCell>
                  {editable && member.active ? (
                    <Select
                      size="sm"
                      className="w-32"
                      aria-label={`${member.name} is in the team as`}
                      items={KINDS}
                      value={member.kind}
                      onValueChange={kind => change.submit({ teamId: team.id, personId: member.personId, kind })}
                    />
                  ) : member.kind === 'lead' ? (
                    'Lead'
                  ) : (
                    'Member'
                  )}
                </TableCell>
                {editable ? (
                  <TableCell className="text-right">
                    <Button
                      variant="ghost"
                      size="sm"
                      aria-label={`Remove ${member.name}`}
                      onClick={() => remove.submit({ teamId: team.id, personId: member.personId })}
                    >
                      Remove
                    </Button>
                  </TableCell>
                ) : null}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {editable ? (
        <AddMember
          people={outside}
          pending={change.pending}
          onAdd={personId => change.submit({ teamId: team.id, personId })}
        />
      ) : null}
    </div>
  )
}

function AddMember({
  people,
  pending,
  onAdd,
}: {
  people: readonly { id: string; name: string }[]
  pending: boolean
  onAdd: (personId: string) => void
}) {
  const [personId, setPersonId] = useState<string | null>(null)
  return (
    <div className="flex max-w-md items-center gap-2">
      <Combobox
        aria-label="Person to add"
        placeholder="Add a person"
        items={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={personId}
        onValueChange={setPersonId}
      />
      <Button
        loading={pending}
        disabled={personId === null}
        onClick={() => {
          if (personId) onAdd(personId)
          setPersonId(null)
        }}
      >
        <Plus aria-hidden />
        Add
      </Button>
    </div>
  )
}
