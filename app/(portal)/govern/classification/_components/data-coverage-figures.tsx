import { formatCount, formatPercent } from '#components/format.ts'
import { Stat, StatRow } from '#components/page/stat.tsx'
import type { DataCoverage } from '#lib/data-sources/schema.ts'

/** How much of the traffic of 30 days is classified by what is known of it, and how well data sources are looked after. */
export function DataCoverageFigures({ coverage }: { coverage: DataCoverage }) {
  const { requests, withDataSource, withTier, withoutOwner, withoutReview, systems } = coverage
  const share = (part: number) => (requests === 0 ? '–' : formatPercent(part / requests, 0))
  return (
    <StatRow>
      <Stat
        value={share(withDataSource)}
        label="Requests with a data source"
        note={`Named by key or workload, of ${formatCount(requests, 'request')} in 30 days`}
      />
      <Stat
        value={share(withTier)}
        label="Requests with a tier told"
        note="The others take the lowest, unless their caller or content says more"
      />
      <Stat
        value={String(withoutOwner)}
        label="Data sources without owner"
        noteTone={withoutOwner > 0 ? 'warn' : 'ok'}
        note={withoutOwner > 0 ? 'Nobody answers for them' : 'Somebody answers for each'}
      />
      <Stat
        value={String(withoutReview)}
        label="Reviews due"
        noteTone={withoutReview > 0 ? 'warn' : 'ok'}
        note={withoutReview > 0 ? 'Overdue, or never reviewed' : 'All reviewed in time'}
      />
      <Stat
        value={String(systems.length)}
        label="Systems"
        note={systems.map(({ name }) => name).join(', ') || 'None named'}
      />
    </StatRow>
  )
}
