import { CalendarOff } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { formatCount, formatDate } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { type EndingModel, endingModels } from '#lib/models/ending-models.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { CatalogTabs } from '../_components/catalog-tabs.tsx'
import { openRequests } from '../_components/open-requests.ts'

export const metadata: Metadata = { title: 'Sunsets' }

const link = 'text-accent-text underline underline-offset-3'

export default function SunsetsPage() {
  return renderPage(async ({ ctx }) => {
    const [models, open] = await Promise.all([endingModels(ctx), openRequests(ctx)])
    return (
      <Page>
        <LiveRefresh topics={['config']} />
        <PageHeader
          crumb="Sunsets"
          title={headline(models)}
          description="From its sunset on the gateways refuse a model. Whoever still uses it is told ninety, thirty and seven days before."
        />
        <CatalogTabs open={open} />
        {models.length === 0 ? (
          <EmptyState
            icon={<CalendarOff />}
            title="No model ends"
            description="Deprecate a model with a sunset, or note on which day its provider ends it: both stand here, with who still uses it."
          />
        ) : (
          <Table label="Models that end">
            <TableHead>
              <TableRow>
                <TableHeader>Model</TableHeader>
                <TableHeader>Sunset</TableHeader>
                <TableHeader>Its provider ends it</TableHeader>
                <TableHeader numeric>Used in 30 days</TableHeader>
                <TableHeader>Instead</TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {models.map(model => (
                <Row key={model.id} model={model} />
              ))}
            </TableBody>
          </Table>
        )}
      </Page>
    )
  })
}

function Row({ model }: { model: EndingModel }) {
  return (
    <TableRow>
      <TableCell className="min-w-36">
        <Link className={link} href={`/govern/catalog/${model.id}`}>
          {model.identifier}
        </Link>
        <span className="text-muted"> {model.providerName}</span>
      </TableCell>
      <TableCell className="min-w-32">
        {model.sunsetAt ? (
          <>
            {formatDate(model.sunsetAt)}, <RelativeTime time={model.sunsetAt} />
          </>
        ) : (
          <span className="text-warn-text">none set</span>
        )}
      </TableCell>
      <TableCell className="min-w-44">
        {model.providerEnd ? `${formatDate(model.providerEnd.on)}, ${model.providerEnd.source}` : 'not announced'}
      </TableCell>
      <TableCell numeric>
        <Link className={link} href={`/govern/catalog/${model.id}?tab=use`}>
          {model.requests === 0
            ? 'nobody'
            : `${formatCount(model.requests, 'call')} by ${formatCount(model.keys, 'key')}`}
        </Link>
      </TableCell>
      <TableCell>{model.substitutes.join(', ') || <span className="text-warn-text">none named</span>}</TableCell>
    </TableRow>
  )
}

function headline(models: readonly EndingModel[]): string {
  if (models.length === 0) return 'No model of the catalog ends'
  const used = models.filter(({ requests }) => requests > 0).length
  const rest = used === 0 ? 'nobody uses them' : `${used === models.length ? 'all' : used} still used`
  return `${formatCount(models.length, 'model')} will end, ${rest}`
}
