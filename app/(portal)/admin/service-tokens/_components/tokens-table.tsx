'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import { formatCount } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { revokeServiceTokenAction } from '#lib/service-tokens/actions.ts'
import type { ServiceTokenDto } from '#lib/service-tokens/schema.ts'

const STATES: Record<ServiceTokenDto['state'], { label: string; tone: Tone }> = {
  active: { label: 'Active', tone: 'ok' },
  expired: { label: 'Expired', tone: 'neutral' },
  revoked: { label: 'Revoked', tone: 'bad' },
}

const column = columnsOf<ServiceTokenDto & { mayRevoke: boolean }>()
const columns = column.columns([
  column.accessor('name', { header: 'Name', enableHiding: false, meta: { className: 'font-medium' } }),
  column.accessor('hint', {
    header: 'Token',
    cell: ({ getValue }) => <span className="whitespace-nowrap font-mono text-muted text-xs">{getValue()}</span>,
    meta: { from: 'lg' },
  }),
  column.accessor('scopes', { header: 'May', cell: ({ getValue }) => <Scopes scopes={getValue()} /> }),
  column.accessor('state', {
    header: 'State',
    cell: ({ getValue }) => <Badge tone={STATES[getValue()].tone}>{STATES[getValue()].label}</Badge>,
  }),
  column.accessor(token => token.createdBy.name, { id: 'by', header: 'Issued by', meta: { from: 'lg' } }),
  column.accessor('lastUsedAt', {
    header: 'Last used',
    cell: ({ getValue }) => <LastUsed at={getValue()} />,
    meta: { from: 'md', className: 'whitespace-nowrap' },
  }),
  column.accessor('expiresAt', {
    header: 'Expires',
    cell: ({ getValue }) => <RelativeTime time={getValue()} />,
    meta: { from: 'sm', className: 'whitespace-nowrap' },
  }),
  column.display({
    id: 'revoke',
    header: '',
    enableHiding: false,
    cell: ({ row: { original } }) =>
      original.mayRevoke && original.state === 'active' ? <Revoke token={original} /> : null,
    meta: { label: 'Revoke', className: 'text-right' },
  }),
])

function LastUsed({ at }: { at: string | null }) {
  return at ? <RelativeTime time={at} /> : <span className="text-muted">Never</span>
}

function Scopes({ scopes }: { scopes: readonly string[] }) {
  if (scopes.length === 1) return <span className="font-mono text-xs">{scopes[0]}</span>
  return (
    <Popover
      title="Permissions of this token"
      trigger={
        <Button variant="link" size="sm">
          {formatCount(scopes.length, 'permission')}
        </Button>
      }
    >
      <ul className="font-mono text-xs leading-5">
        {scopes.map(scope => (
          <li key={scope}>{scope}</li>
        ))}
      </ul>
    </Popover>
  )
}

function Revoke({ token: { id, name } }: { token: ServiceTokenDto }) {
  const [reason, setReason] = useState('')
  const router = useRouter()
  async function revoke() {
    const result = await revokeServiceTokenAction({ id, reason })
    if (!result.ok) return result.error.message
    router.refresh()
  }
  return (
    <ConfirmDialog
      title={`Revoke ${name}?`}
      description="The API refuses it with 401 from the next call on. This cannot be undone."
      action="Revoke"
      typed={name}
      onConfirm={revoke}
      trigger={
        <Button variant="ghost" size="sm" aria-label={`Revoke ${name}`}>
          Revoke
        </Button>
      }
    >
      <Field label="Reason" optional help="Stands in the audit log.">
        <Textarea rows={2} value={reason} onChange={event => setReason(event.target.value)} maxLength={500} />
      </Field>
    </ConfirmDialog>
  )
}

/** Tokens of the REST API, newest first. */
export function TokensTable({
  tokens,
  nextCursor,
  mayRevoke,
  empty,
  note,
}: {
  tokens: readonly ServiceTokenDto[]
  nextCursor: string | null
  mayRevoke: boolean
  empty: ReactNode
  note: string
}) {
  return (
    <DataTable
      label="Service tokens"
      columns={columns}
      rows={tokens.map(token => ({ ...token, mayRevoke }))}
      rowId={token => token.id}
      nextCursor={nextCursor}
      searchLabel="Search tokens by name"
      filters={[
        {
          key: 'state',
          label: 'State',
          single: true,
          items: Object.entries(STATES).map(([value, { label }]) => ({ value, label })),
        },
      ]}
      empty={empty}
      note={note}
    />
  )
}
