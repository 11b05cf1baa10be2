import Link from 'next/link'
import { BarChart } from '#components/charts/bar-chart.tsx'
import { formatNumber } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import { Meter } from '#components/ui/meter.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { RateLimitDetailDto } from '#lib/rate-limits/schema.ts'

/** How full it is, for whom, and who runs into it. */
export function RateLimitOverview({ limit }: { limit: RateLimitDetailDto }) {
  const { used, refused, lastRefusedAt } = limit
  return (
    <>
      <StatRow>
        <Stat value={formatNumber(used)} label={limit.target ? 'used now' : 'used now by who uses most'} />
        <Stat value={formatNumber(Math.max(0, limit.limit - used))} label="left now" />
        <Stat
          value={formatNumber(refused)}
          label="calls refused in the last 7 days"
          note={lastRefusedAt ? <RelativeTime time={lastRefusedAt} /> : null}
        />
      </StatRow>
      <Uses limit={limit} />
      <Refusals limit={limit} />
    </>
  )
}

function Uses({ limit: { uses, limit } }: { limit: RateLimitDetailDto }) {
  return (
    <Section title="Who uses it now" description="As the gateways said within the last seconds">
      {uses.length === 0 ? (
        <p className="text-muted text-sm">Nothing of it is used at this moment.</p>
      ) : (
        <ul className="grid gap-x-12 gap-y-5 md:grid-cols-2">
          {uses.slice(0, 12).map(({ id, name, used }) => (
            <li key={id}>
              <Meter
                label={name}
                ratio={used / limit}
                value={`${formatNumber(used)} of ${formatNumber(limit)}`}
                tone={used >= limit ? 'bad' : used >= limit * 0.8 ? 'warn' : 'ok'}
              />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Refusals({ limit }: { limit: RateLimitDetailDto }) {
  const { refusedByDay, refusedKeys, refused, asOf } = limit
  if (refused === 0) {
    return (
      <Section title="Who runs into it">
        <p className="text-muted text-sm">Nobody was refused by it in the last 7 days.</p>
      </Section>
    )
  }
  return (
    <>
      <BarChart
        title="When does it refuse?"
        subtitle="calls refused on each day"
        points={refusedByDay.map(({ day, refused: calls }, index) => ({
          at: `${day}T00:00:00.000Z`,
          values: { refused: calls },
          partial: index === refusedByDay.length - 1,
        }))}
        series={[{ key: 'refused', label: 'Refused' }]}
        unit="count"
        bucket="day"
        source={{ name: 'requests the gateways recorded', period: 'the last 7 days', asOf }}
      />
      <Section title="Who runs into it" description="In the last 7 days, most first">
        <Table label="Who runs into this rate limit">
          <TableHead>
            <tr>
              <TableHeader>API key</TableHeader>
              <TableHeader>Team</TableHeader>
              <TableHeader numeric>Refused</TableHeader>
              <TableHeader>Last</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {refusedKeys.map(({ keyId, keyName, teamName, refused: calls, lastAt }) => (
              <TableRow key={keyId}>
                <TableCell>{keyName}</TableCell>
                <TableCell>{teamName ?? '–'}</TableCell>
                <TableCell numeric>
                  <Link
                    href={`/operate/requests?range=7d&key=${keyId}&status=429`}
                    className="underline underline-offset-3"
                  >
                    {formatNumber(calls)}
                  </Link>
                </TableCell>
                <TableCell>
                  <RelativeTime time={lastAt} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Section>
    </>
  )
}
