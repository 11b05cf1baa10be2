import { Plus, Route, Scale } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { formatCount } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { listFailovers } from '#lib/failovers/queries.ts'
import { type FailoverDto, ListFailoversQuery } from '#lib/failovers/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { listRoutes } from '#lib/routes/queries.ts'
import { ListRoutesQuery } from '#lib/routes/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { routesTitle } from './_components/route-words.ts'
import { RoutesTable } from './_components/routes-table.tsx'
import { typicalExplanation } from './_components/typical-explanation.ts'

export const metadata: Metadata = { title: 'Routes' }

const MANY = 200

export default function RoutesPage() {
  return renderPage(async ({ ctx }) => {
    const [{ data, nextCursor }, archived, failing] = await Promise.all([
      listRoutes(ctx, ListRoutesQuery.parse({ limit: MANY })),
      listRoutes(ctx, ListRoutesQuery.parse({ limit: MANY, state: 'archived' })),
      listFailovers(ctx, ListFailoversQuery.parse({ state: 'active' })),
    ])
    const manages = scopeOf(ctx.actor, 'routes.manage') !== null
    const add = manages ? (
      <ButtonLink href="/operate/routes/new" variant="primary">
        <Plus aria-hidden />
        New route
      </ButtonLink>
    ) : null
    return (
      <Page>
        <LiveRefresh topics={['config', 'fleet']} />
        <PageHeader
          title={routesTitle(data)}
          description={`The most specific route that covers a call decides: of its workload, then its team, then the organization.${nextCursor ? ` The first ${MANY} by name.` : ''}`}
          actions={
            <>
              <ButtonLink href="/operate/routes/explain">
                <Scale aria-hidden />
                Explain a request
              </ButtonLink>
              {add}
            </>
          }
        />
        <OutOfUse failovers={failing.data} />
        {data.length === 0 ? (
          <EmptyState
            icon={<Route />}
            title="No route yet"
            description="A route lets gateways choose among approved models by cost, measured wait or a balance, within regions, providers and prices, and try the next one when one fails."
            action={add}
          />
        ) : (
          <RoutesTable routes={data} explain={route => typicalExplanation(ctx, route)} />
        )}
        {archived.data.length > 0 ? (
          <Section title={`${formatCount(archived.data.length, 'archived route')}`}>
            <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
              {archived.data.map(({ id, name }) => (
                <li key={id}>
                  <Link
                    href={`/operate/routes/${id}`}
                    className="inline-block py-1 text-muted underline-offset-3 hover:underline"
                  >
                    {name}
                  </Link>
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
      </Page>
    )
  })
}

function OutOfUse({ failovers }: { failovers: readonly FailoverDto[] }) {
  if (failovers.length === 0) return null
  const names = new Intl.ListFormat('en').format(failovers.map(({ model }) => model ?? 'a removed model'))
  return (
    <Callout
      tone="warn"
      title={`${names} ${failovers.length === 1 ? 'is' : 'are'} out of use`}
      action={<ButtonLink href="/operate/deployments">See deployments</ButtonLink>}
    >
      Calls go to equivalents where there are any, until it answers again.
    </Callout>
  )
}
