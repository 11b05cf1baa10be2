import Link from 'next/link'
import { formatCount, formatDate, formatNumber } from '#components/format.ts'
import { EmptyState } from '#components/page/empty-state.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Code } from '#components/ui/code-block.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { ModelUseDto } from '#lib/models/model-use.ts'
import type { ModelDetailDto } from '#lib/models/schema.ts'

const link = 'text-accent-text underline underline-offset-3'

/** Who calls a model and, when it ends, what each of them has to do. */
export function ModelUse({
  model,
  use,
  names,
}: {
  model: ModelDetailDto
  use: ModelUseDto
  names: ReadonlyMap<string, string>
}) {
  const successors = model.substitutes.flatMap(({ modelId }) => names.get(modelId) ?? [])
  if (use.requests === 0) {
    return (
      <EmptyState
        title={`Nobody called it in ${use.days} days`}
        description="Within your reach. Ending it would not be noticed."
      />
    )
  }
  return (
    <>
      {model.sunsetAt ? <Replace model={model} use={use} successors={successors} /> : null}
      <Section
        title={`${formatCount(use.keys.length, 'key')} made ${formatCount(use.requests, 'call')} in ${use.days} days`}
        description="Within your reach, as gateways recorded them."
      >
        <Table label="Keys that call it">
          <TableHead>
            <TableRow>
              <TableHeader>Key</TableHeader>
              <TableHeader>Team</TableHeader>
              <TableHeader numeric>Calls</TableHeader>
              <TableHeader>Last</TableHeader>
              <TableHeader>To change over</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {use.keys.map(key => (
              <TableRow key={key.id}>
                <TableCell>
                  <Link className={link} href={`/build/keys/${key.id}`}>
                    {key.name}
                  </Link>
                  {key.holder ? <span className="text-muted"> {key.holder}</span> : null}
                </TableCell>
                <TableCell>{key.teamName}</TableCell>
                <TableCell numeric>
                  <Link className={link} href={`/operate/requests?model=${model.id}&key=${key.id}`}>
                    {formatNumber(key.requests)}
                  </Link>
                </TableCell>
                <TableCell>
                  <RelativeTime time={key.lastAt} />
                </TableCell>
                <TableCell>{changeOver(key.bound, successors)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Section>
      <Shares title="By workload" rows={use.workloads} none="No call named its workload." />
      <Shares title="By team" rows={use.teams} none="" />
    </>
  )
}

function Replace({ model, use, successors }: { model: ModelDetailDto; use: ModelUseDto; successors: string[] }) {
  const bound = use.keys.filter(key => key.bound).length
  return (
    <Callout tone="warn" title={`It ends on ${formatDate(model.sunsetAt ?? '')}, and it is still used`}>
      {successors.length > 0 ? (
        <>
          Send <Code>{`"model": "${successors[0]}"`}</Code> instead
          {successors.length > 1 ? `, or ${successors.slice(1).join(', ')}` : ''}. Whoever uses it is told ninety,
          thirty and seven days before.
        </>
      ) : (
        'No model stands in for it yet: name one among its equivalents, so that its users know where to go.'
      )}
      {bound > 0 && successors.length > 0
        ? ` ${formatCount(bound, 'key')} may call none of these; issue another for ${bound === 1 ? 'it' : 'them'}.`
        : ''}
    </Callout>
  )
}

function changeOver(bound: boolean, successors: readonly string[]): string {
  if (successors.length === 0) return 'no equivalent is named'
  return bound ? 'needs another key' : 'change the model’s name'
}

function Shares({
  title,
  rows,
  none,
}: {
  title: string
  rows: readonly { name: string; requests: number }[]
  none: string
}) {
  return (
    <Section title={title}>
      {rows.length === 0 ? <p className="text-muted text-sm">{none}</p> : null}
      <ul className="flex flex-col text-sm">
        {rows.map(row => (
          <li key={row.name} className="flex justify-between gap-4 border-line border-b py-1.5 last:border-0">
            <span>{row.name}</span>
            <span className="tabular-nums">{formatCount(row.requests, 'call')}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
