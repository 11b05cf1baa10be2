import Link from 'next/link'
import { cn } from '#components/cn.ts'
import { formatDateTime } from '#components/format.ts'
import { type Definition, DefinitionList } from '#components/page/definition-list.tsx'
import { Section } from '#components/page/section.tsx'
import { Code, CodeBlock } from '#components/ui/code-block.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { AuditEntryDto } from '#lib/audit-log/schema.ts'
import { type Change, changesOf } from './audit-changes.ts'
import { SealBadge } from './seal-badge.tsx'

const PAGES: Record<string, (id: string) => string> = {
  key: id => `/build/keys/${id}`,
  model: id => `/build/models/${id}`,
  person: id => `/admin/people/${id}`,
  team: id => `/admin/teams/${id}`,
  provider: id => `/admin/providers/${id}`,
}

/** An entry of the audit log: who, what, and each field before and after. */
export function EntryDetails({ entry }: { entry: AuditEntryDto }) {
  const changes = changesOf(entry.before, entry.after)
  return (
    <div className="flex min-w-0 flex-col gap-7">
      <Section title="What changed">
        {changes.length === 0 ? (
          <p className="text-muted text-sm">The entry records that it happened; no field changed.</p>
        ) : (
          <Changes changes={changes} />
        )}
      </Section>
      <Section title="The entry">
        <DefinitionList items={factsOf(entry)} />
      </Section>
      <Section title="Proof" description="That this entry is in the log, with its audit path to the signed root">
        <CodeBlock
          label="Proof of this entry"
          code={`curl $GATEHOUSE_URL/api/v1/audit/${entry.id}/proof -H "authorization: Bearer $TOKEN"`}
        />
      </Section>
    </div>
  )
}

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <Table label="Fields before and after">
      <TableHead>
        <tr>
          <TableHeader>Field</TableHeader>
          <TableHeader>Before</TableHeader>
          <TableHeader>After</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {changes.map(({ field, before, after, changed }) => (
          <TableRow key={field} className={changed ? undefined : 'text-muted'}>
            <TableCell className="align-top first-letter:uppercase">{field}</TableCell>
            <TableCell className="wrap-anywhere align-top">
              <Value text={before} struck={changed && before !== null} />
            </TableCell>
            <TableCell className="wrap-anywhere align-top">
              <Value text={after} added={changed && after !== null} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Value({ text, struck, added }: { text: string | null; struck?: boolean; added?: boolean }) {
  if (text === null) return <span className="text-muted">–</span>
  const mark = struck ? 'bg-bad-soft text-bad-text' : added ? 'bg-ok-soft text-ok-text' : ''
  const words = <span className={cn('rounded-[3px] font-mono text-xs', mark && 'px-1 py-0.5', mark)}>{text}</span>
  if (struck) return <del className="no-underline">{words}</del>
  return added ? <ins className="no-underline">{words}</ins> : words
}

function factsOf(entry: AuditEntryDto): Definition[] {
  const page = PAGES[entry.subject.kind]
  return [
    { term: 'At', value: formatDateTime(entry.occurredAt) },
    { term: 'Who', value: `${entry.actor.name}, ${ACTORS[entry.actor.kind] ?? entry.actor.kind}` },
    { term: 'Action', value: <Code>{entry.action}</Code> },
    {
      term: 'Subject',
      value: page ? (
        <Link href={page(entry.subject.id)} className="underline-offset-3 hover:underline">
          {entry.subject.name}
        </Link>
      ) : (
        entry.subject.name
      ),
    },
    ...(entry.reason ? [{ term: 'Reason', value: entry.reason }] : []),
    { term: 'Seal', value: <SealBadge index={entry.index} /> },
    { term: 'Entry id', value: <Code>{entry.id}</Code> },
    { term: 'Request id', value: <Code>{entry.requestId}</Code> },
  ]
}

const ACTORS: Record<string, string> = {
  person: 'a person',
  serviceToken: 'a service token',
  agent: 'an agent',
  system: 'Gatehouse itself',
}
