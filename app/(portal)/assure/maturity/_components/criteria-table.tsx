import Link from 'next/link'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { CriterionDto } from '#lib/maturity/schema.ts'
import { askText, foundText, STATES } from './maturity-words.ts'

/** Criteria of one layer with what was found of each. */
export function CriteriaTable({ label, criteria }: { label: string; criteria: readonly CriterionDto[] }) {
  return (
    <Table label={label} className="max-md:[&_td]:align-top">
      <TableHead>
        <tr>
          <TableHeader className="w-24">State</TableHeader>
          <TableHeader>Criterion</TableHeader>
          <TableHeader className="w-2/5 max-md:hidden">What was found</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {criteria.map(criterion => (
          <TableRow key={criterion.id}>
            <TableCell className="align-top">
              <Badge tone={STATES[criterion.state].tone}>{STATES[criterion.state].label}</Badge>
            </TableCell>
            <TableCell className="align-top">
              <Link href={`/assure/maturity/${criterion.id}`} className="underline-offset-3 hover:underline">
                {criterion.text}
              </Link>
              <p className="text-muted text-xs">
                {criterion.id} · {criterion.kind === 'entry' ? 'to enter' : 'to leave'} the stage
                {criterion.selfAssessment?.disagrees ? (
                  <span className="ml-2 text-warn-text">people see it otherwise</span>
                ) : null}
              </p>
              <div className="mt-1 md:hidden">
                <Found criterion={criterion} />
              </div>
            </TableCell>
            <TableCell className="align-top max-md:hidden">
              <Found criterion={criterion} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Found({ criterion }: { criterion: CriterionDto }) {
  return (
    <ul className="text-muted text-xs leading-relaxed">
      {criterion.parts.map(part => (
        <li key={part.text}>
          {part.href && part.by !== 'attestation' ? (
            <Link href={part.href} className="underline-offset-3 hover:underline">
              {askText(part)}
            </Link>
          ) : (
            askText(part)
          )}
          {': '}
          <span className={part.state === 'met' ? 'text-ink' : undefined}>{foundText(part)}</span>
        </li>
      ))}
    </ul>
  )
}
