import { ClipboardList } from 'lucide-react'
import type { Metadata } from 'next'
import { formatDateTime } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { TabLinks } from '#components/ui/tab-links.tsx'
import { LAYER_NAMES, LAYERS, STAGES } from '#core/maturity/criterion.ts'
import { getMaturity } from '#lib/maturity/queries.ts'
import type { MaturityDto } from '#lib/maturity/schema.ts'
import { listSnapshots } from '#lib/maturity/snapshots.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { CriteriaTable } from './_components/criteria-table.tsx'
import { HistoryChart } from './_components/history-chart.tsx'
import { RequestAdvancement } from './_components/maturity-actions.tsx'
import { headline, progressOf } from './_components/maturity-words.ts'
import { NextMoves } from './_components/next-moves.tsx'
import { StageGrid } from './_components/stage-grid.tsx'

export const metadata: Metadata = { title: 'Maturity' }

const FIRST_MOVES = 5

export default async function MaturityPage({ searchParams }: { searchParams: Promise<{ stage?: string }> }) {
  const asked = Number((await searchParams).stage)
  return renderPage(async ({ ctx }) => {
    const [maturity, snapshots] = await Promise.all([getMaturity(ctx), listSnapshots(ctx)])
    const stage = STAGES.find(each => each === asked) ?? maturity.stage
    const byId = new Map(maturity.criteria.map(criterion => [criterion.id, criterion]))
    const moves = maturity.nextMoves.flatMap(id => byId.get(id) ?? [])
    const manages = scopeOf(ctx.actor, 'maturity.manage') !== null
    const mayAsk = manages && moves.length === 0 && maturity.stage < 3 && !maturity.advancement
    return (
      <Page>
        <LiveRefresh topics={['approvals', 'config']} />
        <PageHeader
          title={headline(maturity)}
          description={`Held against live records and telemetry of ${formatDateTime(maturity.asOf)}. What nobody knows never counts as met.`}
          actions={
            <>
              <ButtonLink href="/assure/maturity/self-assessment">
                <ClipboardList aria-hidden />
                Self-assessment
              </ButtonLink>
              {mayAsk ? <RequestAdvancement stage={maturity.stage} /> : null}
            </>
          }
        />
        {maturity.advancement ? (
          <Callout
            tone="info"
            title={`Stage ${maturity.stage + 1} is before the board`}
            action={<ButtonLink href={`/approvals/${maturity.advancement.approvalId}`}>See the request</ButtonLink>}
          >
            If a criterion changes before it decides, the request is void.
          </Callout>
        ) : null}
        <div className="grid gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
          <Section title="Exit criteria met">
            <StageGrid maturity={maturity} />
          </Section>
          {moves.length > 0 ? (
            <Section
              title="What moves us first"
              description={`The first ${Math.min(FIRST_MOVES, moves.length)} of ${moves.length} to leave stage ${maturity.stage}`}
            >
              <NextMoves criteria={moves.slice(0, FIRST_MOVES)} />
            </Section>
          ) : null}
        </div>
        <HistoryChart snapshots={snapshots} />
        <Criteria maturity={maturity} stage={stage} />
      </Page>
    )
  })
}

function Criteria({ maturity, stage }: { maturity: MaturityDto; stage: number }) {
  const tabs = STAGES.map(each => {
    const { met, of } = progressOf(maturity, each)
    return { href: `/assure/maturity?stage=${each}`, label: `Stage ${each} · ${met} of ${of}` }
  })
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <TabLinks items={tabs} current={`/assure/maturity?stage=${stage}`} label="Stages" />
      {LAYERS.map(layer => {
        const criteria = maturity.criteria.filter(each => each.stage === stage && each.layer === layer)
        if (criteria.length === 0) return null
        return (
          <div key={layer} id={layer} className="scroll-mt-20">
            <Section title={LAYER_NAMES[layer]}>
              <CriteriaTable label={`Criteria of ${LAYER_NAMES[layer]}, stage ${stage}`} criteria={criteria} />
            </Section>
          </div>
        )
      })}
    </div>
  )
}
