import { Database } from 'lucide-react'
import { formatCount } from '#components/format.ts'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Section } from '#components/page/section.tsx'
import type { DataCoverage, DataSourceDto } from '#lib/data-sources/schema.ts'
import { DataCoverageFigures } from './data-coverage-figures.tsx'
import { DataSourcesTable } from './data-sources-table.tsx'
import { EditDataSource, type PersonChoice } from './edit-data-source.tsx'

type Props = {
  sources: readonly DataSourceDto[]
  coverage: DataCoverage
  tiers: readonly string[]
  people: readonly PersonChoice[]
  manages: boolean
}

/** Data sources, and how much of the traffic is known to use which. */
export function DataSources({ sources, coverage, tiers, people, manages }: Props) {
  return (
    <Section
      title="Data sources"
      description="A request takes at least the tier of the data that its key, its workload or its caller names"
      actions={manages && sources.length > 0 ? <EditDataSource tiers={tiers} people={people} /> : null}
    >
      {sources.length === 0 ? (
        <EmptyState
          icon={<Database />}
          title="No data source yet"
          description="Register the systems whose data reaches models: who owns it, how sensitive it is, and which workloads use it."
          action={manages ? <EditDataSource tiers={tiers} people={people} /> : null}
        />
      ) : (
        <div className="flex flex-col gap-3">
          <DataCoverageFigures coverage={coverage} />
          <p className="text-muted text-sm">{coverageText(coverage)}</p>
          <DataSourcesTable sources={sources} tiers={tiers} people={people} manages={manages} />
        </div>
      )}
    </Section>
  )
}

function coverageText({ seen, covered, uncovered }: DataCoverage): string {
  if (seen === 0) return 'No workload was seen in 30 days.'
  const known = `Of ${formatCount(seen, 'workload')} seen in 30 days, ${covered} ${covered === 1 ? 'is' : 'are'} known to use registered data.`
  return uncovered.length > 0 ? `${known} Not covered: ${uncovered.join(', ')}.` : known
}
