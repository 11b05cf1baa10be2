import { Plus, ShieldOff } from 'lucide-react'
import type { Metadata } from 'next'
import { tableQueryOf } from '#components/data-table/table-query.ts'
import { formatNumber, formatPercent } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { TabLinks } from '#components/ui/tab-links.tsx'
import { exemptionFigures } from '#lib/exemptions/figures.ts'
import { getExemptionPolicy, listExemptions } from '#lib/exemptions/queries.ts'
import {
  EXEMPTION_VIEWS,
  type ExemptionFiguresDto,
  ExemptionFiguresQuery,
  type ExemptionView,
  ListExemptionsQuery,
} from '#lib/exemptions/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { ExemptionPolicyDialog } from './_components/exemption-policy-dialog.tsx'
import { ExemptionTrend } from './_components/exemption-trend.tsx'
import { headline, VIEW_LABELS } from './_components/exemption-words.ts'
import { ExemptionsTable } from './_components/exemptions-table.tsx'

export const metadata: Metadata = { title: 'Exemptions' }

type Search = Record<string, string | string[] | undefined>

const HREF = '/govern/exemptions'

export default function ExemptionsPage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx }) => {
    const params = await searchParams
    const view = viewOf(params.view)
    const { search, cursor, filters } = tableQueryOf(params, { filters: ['kind'] })
    const asked = { view, ...(filters.kind ? { kind: filters.kind[0] } : {}), ...(search ? { search } : {}) }
    const query = ListExemptionsQuery.safeParse({ ...asked, ...(cursor ? { cursor } : {}) })
    const [list, figures] = await Promise.all([
      query.success ? listExemptions(ctx, query.data) : { data: [], nextCursor: null },
      exemptionFigures(ctx, ExemptionFiguresQuery.parse({})),
    ])
    return (
      <Page>
        <LiveRefresh topics={['approvals', 'config']} />
        <PageHeader
          title={headline(figures.counts)}
          description={`What is allowed for a time although a rule forbids it. ${REACH[scopeOf(ctx.actor, 'exemptions.read') ?? 'own']}`}
          actions={<Actions ctx={ctx} />}
        />
        {scopeOf(ctx.actor, 'exemptions.read') === 'organization' ? <Compliance figures={figures} /> : null}
        <div className="flex min-w-0 flex-col gap-3">
          <TabLinks
            label="Views of the register"
            current={hrefOf(view)}
            items={EXEMPTION_VIEWS.map(one => ({
              href: hrefOf(one),
              label: VIEW_LABELS[one],
              count: figures.counts[one],
            }))}
          />
          <ExemptionsTable
            exemptions={list.data}
            nextCursor={list.nextCursor}
            csvHref={`${HREF}/csv?${new URLSearchParams(asked as Record<string, string>)}`}
            empty={<None ctx={ctx} view={view} />}
          />
        </div>
        <Section title="Month by month">
          <ExemptionTrend trend={figures.trend} asOf={new Date().toISOString()} />
        </Section>
      </Page>
    )
  })
}

const REACH = {
  own: 'Those that you asked for or answer for.',
  team: 'Yours, and those of your teams.',
  organization: 'Of the whole organization.',
}

function viewOf(text: string | string[] | undefined): ExemptionView {
  return EXEMPTION_VIEWS.find(one => one === text) ?? 'open'
}

function hrefOf(view: ExemptionView): string {
  return view === 'open' ? HREF : `${HREF}?view=${view}`
}

async function Actions({ ctx }: { ctx: Context }) {
  const mayManage = scopeOf(ctx.actor, 'exemptions.manage') !== null
  const policy = mayManage ? await getExemptionPolicy(ctx) : null
  return (
    <>
      {policy ? <ExemptionPolicyDialog policy={policy.policy} /> : null}
      {scopeOf(ctx.actor, 'exemptions.request') ? (
        <ButtonLink href={`${HREF}/new`} variant="primary">
          <Plus aria-hidden />
          Ask for an exemption
        </ButtonLink>
      ) : null}
    </>
  )
}

function Compliance({ figures: { compliance } }: { figures: ExemptionFiguresDto }) {
  const { days, requests, exempted, withExemptions, withoutExemptions } = compliance
  return (
    <StatRow>
      <Stat value={formatNumber(exempted)} label={`calls let on by an exemption, ${days} days`} />
      <Stat
        value={formatPercent(withExemptions)}
        label="of calls kept to the rules, exempted ones counted in"
        note={`of ${formatNumber(requests)} calls`}
      />
      <Stat value={formatPercent(withoutExemptions)} label="exempted ones left out" />
    </StatRow>
  )
}

function None({ ctx, view }: { ctx: Context; view: ExemptionView }) {
  const mayAsk = scopeOf(ctx.actor, 'exemptions.request') !== null
  if (view !== 'open' && view !== 'all') {
    return (
      <EmptyState
        icon={<ShieldOff />}
        title="Nothing here"
        description={`No exemption is ${VIEW_LABELS[view].toLowerCase()}.`}
      />
    )
  }
  return (
    <EmptyState
      icon={<ShieldOff />}
      title="No exemption here"
      description="When a rule stands in the way of something sensible, ask for an exemption: somebody else approves it, gateways allow it within a second, and it ends by itself."
      action={mayAsk ? <ButtonLink href={`${HREF}/new`}>Ask for an exemption</ButtonLink> : null}
    />
  )
}
