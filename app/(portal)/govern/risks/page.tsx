import { Plus, TriangleAlert } from 'lucide-react'
import type { Metadata } from 'next'
import { tableQueryOf } from '#components/data-table/table-query.ts'
import { formatCount } from '#components/format.ts'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { TabLinks } from '#components/ui/tab-links.tsx'
import { scopeOf } from '#lib/platform/context.ts'
import { listRisks } from '#lib/risks/queries.ts'
import { ListRisksQuery, type RiskDto } from '#lib/risks/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { HeatMap, type HeatMapView } from './_components/heat-map.tsx'
import { headline } from './_components/risk-words.ts'
import { RisksTable } from './_components/risks-table.tsx'

export const metadata: Metadata = { title: 'Risks' }

type Search = Record<string, string | string[] | undefined>

const HREF = '/govern/risks'
const CELL = /^[1-5]-[1-5]$/

export default function RisksPage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx }) => {
    const params = await searchParams
    const { search, filters } = tableQueryOf(params, { filters: ['category', 'state'] })
    const chosen = { category: filters.category?.[0], state: filters.state?.[0], ...(search ? { search } : {}) }
    const query = ListRisksQuery.safeParse(JSON.parse(JSON.stringify(chosen)))
    const [open, list] = await Promise.all([
      listRisks(ctx, ListRisksQuery.parse({})),
      query.success ? listRisks(ctx, query.data) : { data: [] },
    ])
    const view: HeatMapView = params.map === 'inherent' ? 'inherent' : 'residual'
    const cell = typeof params.cell === 'string' && CELL.test(params.cell) ? params.cell : null
    const shown = cell ? list.data.filter(risk => cellOf(risk, view) === cell) : list.data
    const mayManage = scopeOf(ctx.actor, 'risks.manage') !== null
    return (
      <Page>
        <PageHeader
          title={headline(open.data)}
          description="What may go wrong with generative models here, how grave it is, and what is done about it."
          actions={
            mayManage ? (
              <ButtonLink href={`${HREF}/new`} variant="primary">
                <Plus aria-hidden />
                New risk
              </ButtonLink>
            ) : null
          }
        />
        <Section title="How likely, how bad">
          <div className="flex flex-col gap-3">
            <TabLinks
              label="Views of the map"
              current={mapHref(view)}
              items={[
                { href: mapHref('residual'), label: 'With controls (residual)' },
                { href: mapHref('inherent'), label: 'Without (inherent)' },
              ]}
            />
            <HeatMap risks={open.data} view={view} hrefOf={one => `${HREF}?map=${view}&cell=${one}`} />
          </div>
        </Section>
        <RisksTable
          risks={shown}
          empty={
            <EmptyState
              icon={<TriangleAlert />}
              title={cell ? 'No risk there' : 'No risk here'}
              description="A risk names what may go wrong, how likely and how bad it is, and which controls make it smaller."
              action={cell ? <ButtonLink href={HREF}>Show all risks</ButtonLink> : null}
            />
          }
          note={
            cell ? (
              <>
                {formatCount(shown.length, 'risk')} of likelihood {cell[0]} and impact {cell[2]}.{' '}
                <a href={HREF} className="underline underline-offset-4">
                  Show all
                </a>
              </>
            ) : (
              formatCount(shown.length, 'risk')
            )
          }
        />
      </Page>
    )
  })
}

function mapHref(view: HeatMapView): string {
  return view === 'residual' ? HREF : `${HREF}?map=inherent`
}

function cellOf(risk: RiskDto, view: HeatMapView): string {
  return view === 'residual' ? `${risk.residualLikelihood}-${risk.residualImpact}` : `${risk.likelihood}-${risk.impact}`
}
