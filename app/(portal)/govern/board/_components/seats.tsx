'use client'

import { useState } from 'react'
import { formatDate } from '#components/format.ts'
import { Section } from '#components/page/section.tsx'
import { ReasonDialog } from '#components/reason-dialog.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Combobox } from '#components/ui/combobox.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { BoardRole } from '#core/board/charter.ts'
import { appointMemberAction, changeMemberAction } from '#lib/board/actions.ts'
import { ROLE_WORDS } from '#lib/board/board-words.ts'
import type { BoardMemberDto, CharterDto } from '#lib/board/dto.ts'
import { endOfDay } from './days.ts'
import { Problem } from './problem.tsx'
import { useRun } from './use-run.ts'

const ROLES: readonly BoardRole[] = ['chair', 'secretary', 'member']

type People = readonly { value: string; label: string }[]

/** Who sits on the board, with their terms. `people` is null for who does not run it. */
export function Seats({ charter, people }: { charter: CharterDto; people: People | null }) {
  return (
    <Section title="Who sits on it" actions={people ? <Appoint people={people} /> : null}>
      {charter.members.length === 0 ? <p className="text-muted text-sm">Nobody yet.</p> : null}
      {charter.members.length > 0 ? (
        <Table label="Members of the board">
          <TableHead>
            <tr>
              <TableHeader>Member</TableHeader>
              <TableHeader>Role</TableHeader>
              <TableHeader>Term</TableHeader>
              {people ? (
                <TableHeader>
                  <span className="sr-only">Change</span>
                </TableHeader>
              ) : null}
            </tr>
          </TableHead>
          <TableBody>
            {charter.members.map(seat => (
              <TableRow key={seat.id}>
                <TableCell>{seat.name}</TableCell>
                <TableCell>
                  {ROLE_WORDS[seat.role]}
                  {seat.votes ? '' : ', without a vote'}
                </TableCell>
                <TableCell>{seat.inOffice ? termText(seat) : <Badge icon={null}>{termText(seat)}</Badge>}</TableCell>
                {people ? <TableCell>{seat.inOffice ? <EndSeat seat={seat} /> : null}</TableCell> : null}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
    </Section>
  )
}

function termText({ startsAt, endsAt }: BoardMemberDto): string {
  return endsAt ? `${formatDate(startsAt)} to ${formatDate(endsAt)}` : `since ${formatDate(startsAt)}`
}

function Appoint({ people }: { people: People }) {
  const [open, setOpen] = useState(false)
  const [personId, setPersonId] = useState('')
  const [role, setRole] = useState<BoardRole>('member')
  const [end, setEnd] = useState('')
  const { run, pending, problem } = useRun()
  const appoint = () =>
    run(
      () => appointMemberAction({ personId, role, endsAt: endOfDay(end) }),
      () => setOpen(false),
    )
  return (
    <Dialog
      title="Appoint a member"
      description="The charter gets a new version. The person needs the role Board member to vote."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button size="sm">Appoint a member</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} disabled={personId === ''} onClick={appoint}>
            Appoint
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Person" nativeLabel={false}>
          <Combobox items={people} value={personId} onValueChange={next => setPersonId(next ?? '')} />
        </Field>
        <Field label="Role" nativeLabel={false} help="Chair and secretary run the board: agenda, decisions, minutes.">
          <Select
            items={ROLES.map(value => ({ value, label: ROLE_WORDS[value] }))}
            value={role}
            onValueChange={setRole}
          />
        </Field>
        <Field label="End of the term" optional>
          <Input type="date" value={end} onValueChange={setEnd} />
        </Field>
        <Problem text={problem} />
      </div>
    </Dialog>
  )
}

function EndSeat({ seat }: { seat: BoardMemberDto }) {
  return (
    <ReasonDialog
      title={`End the term of ${seat.name}?`}
      description="What they voted on stays. A meeting in session keeps them until it ends."
      action="End the term"
      danger
      trigger={
        <Button size="sm" variant="ghost" aria-label={`End the term of ${seat.name}`}>
          End
        </Button>
      }
      done="The term has ended"
      save={reason => changeMemberAction({ id: seat.id, endsAt: new Date().toISOString(), reason })}
    />
  )
}
