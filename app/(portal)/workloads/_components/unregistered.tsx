import Link from 'next/link'
import { formatCount, formatMoney, formatNumber } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { parseUsd } from '#core/usd.ts'
import type { UnregisteredWorkloadDto } from '#lib/workloads/schema.ts'

/** Names that callers send and nobody has registered, each with the way to a brief. */
export function Unregistered({
  names,
  refused,
  mayPropose,
}: {
  names: readonly UnregisteredWorkloadDto[]
  /** Whether the organization refuses such calls. */
  refused: boolean
  mayPropose: boolean
}) {
  if (names.length === 0) return null
  const effect = refused ? 'The gateway refuses calls with them.' : 'The gateway accepts calls with them.'
  return (
    <Section
      title={`${formatCount(names.length, 'name')} seen in traffic and not registered`}
      description={`As callers sent them in 30 days. ${effect}`}
    >
      <Table label="Names seen in traffic and not registered">
        <TableHead>
          <tr>
            <TableHeader>Name</TableHeader>
            <TableHeader className="max-md:hidden">Teams</TableHeader>
            <TableHeader numeric>Calls</TableHeader>
            <TableHeader numeric className="max-md:hidden">
              Cost
            </TableHeader>
            <TableHeader className="max-md:hidden">Last</TableHeader>
            {mayPropose ? (
              <TableHeader>
                <span className="sr-only">Action</span>
              </TableHeader>
            ) : null}
          </tr>
        </TableHead>
        <TableBody>
          {names.map(({ name, teams, requests, costUsd, lastAt }) => (
            <TableRow key={name}>
              <TableCell>
                <Link
                  href={`/operate/requests?workload=${encodeURIComponent(name)}`}
                  className="inline-block py-1 font-medium underline-offset-3 hover:underline"
                >
                  {name}
                </Link>
              </TableCell>
              <TableCell className="max-md:hidden">{teams.map(team => team.name).join(', ')}</TableCell>
              <TableCell numeric>{formatNumber(requests)}</TableCell>
              <TableCell numeric className="max-md:hidden">
                {formatMoney(parseUsd(costUsd))}
              </TableCell>
              <TableCell className="max-md:hidden">{lastAt ? <RelativeTime time={lastAt} /> : null}</TableCell>
              {mayPropose ? (
                <TableCell>
                  <ButtonLink
                    size="sm"
                    href={`/workloads/briefs/new?${new URLSearchParams({ slug: name, ...(teams[0] ? { team: teams[0].id } : {}) })}`}
                    aria-label={`Register ${name}`}
                  >
                    Register
                  </ButtonLink>
                </TableCell>
              ) : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  )
}
