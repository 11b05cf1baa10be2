import { Download } from 'lucide-react'
import { formatPercent } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Meter } from '#components/ui/meter.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { CoverageDto } from '#lib/acknowledgements/schema.ts'
import { ratioOf } from './policy-words.ts'

/** Who has acknowledged a policy: in all, by team and by person, as far as the viewer may see. */
export function CoveragePart({ coverage }: { coverage: CoverageDto }) {
  const { policyId, number, asked, acknowledged, teams, people } = coverage
  if (number === null) {
    return (
      <p className="max-w-xl text-muted text-sm">
        Nobody is asked yet. People are asked when the sponsor has ratified a version, or when one that Legal has
        reviewed is circulated.
      </p>
    )
  }
  const missing = people.filter(person => !person.acknowledged)
  return (
    <>
      <Meter
        label={`Version ${number}`}
        ratio={ratioOf(acknowledged, asked)}
        value={`${acknowledged} of ${asked} people`}
        tone={missing.length === 0 ? 'ok' : 'warn'}
        note={missing.length === 0 ? 'Everybody has acknowledged it.' : `${missing.length} still to do.`}
      />
      {teams.length > 0 ? (
        <Section title="By team">
          <ul className="grid gap-x-10 gap-y-5 md:grid-cols-2">
            {teams.map(team => (
              <li key={team.id}>
                <Meter
                  label={team.name}
                  ratio={ratioOf(team.acknowledged, team.asked)}
                  value={`${team.acknowledged} of ${team.asked}, ${formatPercent(ratioOf(team.acknowledged, team.asked), 0)}`}
                  tone={team.acknowledged === team.asked ? 'ok' : 'warn'}
                />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section
        title="By person"
        actions={
          <ButtonLink href={`/api/v1/policies/${policyId}/coverage/export`} size="sm">
            <Download aria-hidden />
            CSV
          </ButtonLink>
        }
      >
        <Table label="Acknowledgements by person">
          <TableHead>
            <tr>
              <TableHeader>Person</TableHeader>
              <TableHeader>Teams</TableHeader>
              <TableHeader>State</TableHeader>
              <TableHeader>Version</TableHeader>
              <TableHeader>When</TableHeader>
              <TableHeader>SHA-256</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {[...missing, ...people.filter(person => person.acknowledged)].map(person => (
              <TableRow key={person.id}>
                <TableCell>{person.name}</TableCell>
                <TableCell>{person.teams.join(', ') || 'No team'}</TableCell>
                <TableCell>
                  {person.acknowledged ? <Badge tone="ok">Acknowledged</Badge> : <Badge tone="warn">Still to do</Badge>}
                </TableCell>
                <TableCell>{person.acknowledged?.number ?? '–'}</TableCell>
                <TableCell>{person.acknowledged ? <RelativeTime time={person.acknowledged.at} /> : '–'}</TableCell>
                <TableCell>
                  {person.acknowledged ? (
                    <code className="text-xs" title={person.acknowledged.sha256}>
                      {person.acknowledged.sha256.slice(0, 12)}
                    </code>
                  ) : (
                    '–'
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Section>
    </>
  )
}
