import type { Metadata } from 'next'
import Link from 'next/link'
import { formatCount, formatPercent } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Meter } from '#components/ui/meter.tsx'
import { listModels } from '#lib/models/queries.ts'
import { ListModelsQuery, type ModelDto } from '#lib/models/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { CatalogTabs } from '../_components/catalog-tabs.tsx'
import { factName, fixHref } from '../_components/fact-names.ts'
import { openRequests } from '../_components/open-requests.ts'

export const metadata: Metadata = { title: 'Completeness' }

const MANY = 200

export default function CompletenessPage() {
  return renderPage(async ({ ctx }) => {
    const [{ data, nextCursor }, open] = await Promise.all([
      listModels(ctx, ListModelsQuery.parse({ limit: MANY })),
      openRequests(ctx),
    ])
    const manages = scopeOf(ctx.actor, 'models.manage') !== null
    const models = data.filter(({ lifecycle }) => lifecycle !== 'blocked').sort(byWhatIsMissing)
    return (
      <Page>
        <LiveRefresh topics={['config']} />
        <PageHeader
          crumb="Completeness"
          title={headline(models)}
          description={`What decisions rest on: data, price, window, regions, what the provider keeps and trains with, owner, lineage, card and review. Blocked models are left out.${nextCursor ? ` The first ${MANY} by name.` : ''}`}
        />
        <CatalogTabs open={open} />
        {models.length === 0 ? (
          <EmptyState
            title="No model to describe yet"
            description="Models of the catalog stand here with what is missing."
          />
        ) : null}
        <ul className="grid gap-x-12 gap-y-5 md:grid-cols-2">
          {models.map(model => (
            <li key={model.id} className="border-line border-b pb-4">
              <ModelGaps model={model} manages={manages} />
            </li>
          ))}
        </ul>
      </Page>
    )
  })
}

function ModelGaps({ model, manages }: { model: ModelDto; manages: boolean }) {
  const { known, of, missing } = model.completeness
  return (
    <div className="flex flex-col gap-2">
      <Meter
        label={
          <Link className="font-medium hover:underline" href={`/govern/catalog/${model.id}`}>
            {model.identifier}
          </Link>
        }
        ratio={known / of}
        value={formatPercent(known / of)}
        tone={missing.length === 0 ? 'ok' : known / of < 0.5 ? 'warn' : 'info'}
      />
      <p className="text-sm">
        <span className="text-muted">
          {missing.length === 0 ? `${model.providerName}. Nothing is missing.` : 'Missing: '}
        </span>
        {missing.map((fact, at) => (
          <span key={fact}>
            {at > 0 ? ', ' : ''}
            {manages ? (
              <Link className="text-accent-text underline underline-offset-3" href={fixHref(model.id, fact)}>
                {factName(fact)}
              </Link>
            ) : (
              factName(fact)
            )}
          </span>
        ))}
      </p>
    </div>
  )
}

function byWhatIsMissing(a: ModelDto, b: ModelDto): number {
  return b.completeness.missing.length - a.completeness.missing.length || (a.identifier < b.identifier ? -1 : 1)
}

function headline(models: readonly ModelDto[]): string {
  if (models.length === 0) return 'There is nothing to describe yet'
  const complete = models.filter(({ completeness }) => completeness.missing.length === 0)
  const providers = new Set(complete.map(({ providerId }) => providerId)).size
  if (complete.length === 0) return `None of ${formatCount(models.length, 'model')} is fully described`
  return `${complete.length} of ${formatCount(models.length, 'model')} are fully described, of ${formatCount(providers, 'provider')}`
}
