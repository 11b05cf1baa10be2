import { ShieldAlert } from 'lucide-react'
import type { Metadata } from 'next'
import { formatCount, formatNumber } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { listDetectors } from '#lib/detectors/queries.ts'
import type { DetectorDto } from '#lib/detectors/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { listTiers } from '#lib/tiers/queries.ts'
import { ControlledRisks } from '../../_components/controlled-risks.tsx'
import { renderPage } from '../../_components/render-page.tsx'
import { AddPattern } from './_components/add-pattern.tsx'
import { InstallGuardrails } from './_components/install-guardrails.tsx'
import { RulesTable } from './_components/rules-table.tsx'
import { TestBench } from './_components/test-bench.tsx'

export const metadata: Metadata = { title: 'Guardrails' }

export default function GuardrailsPage() {
  return renderPage(async ({ ctx }) => {
    const [rules, tiers] = await Promise.all([listDetectors(ctx), listTiers(ctx)])
    const manages = scopeOf(ctx.actor, 'guardrails.manage') !== null
    const names = tiers.map(tier => tier.name)
    return (
      <Page>
        <LiveRefresh topics={['config', 'events']} />
        <PageHeader
          title={headline(rules)}
          description="Every text of every request is inspected before it leaves, and every answer. Findings are counted by place, never by value."
          actions={manages && rules.length > 0 ? <AddPattern /> : null}
        />
        {rules.length === 0 ? (
          <EmptyState
            icon={<ShieldAlert />}
            title="No guardrail yet"
            description="Begin with a rule for every detector. Nothing is inspected until then."
            action={manages ? <InstallGuardrails /> : null}
          />
        ) : (
          <>
            <Section title="Rules" description="What happens to what a detector finds, by the tier of the request">
              <RulesTable rules={rules} tiers={names} manages={manages} />
            </Section>
            <Section title="Test bench" description="See what would be found in a text, and what would happen to it">
              <TestBench tiers={names} />
            </Section>
            <ControlledRisks ctx={ctx} kind="guardrail" />
          </>
        )}
      </Page>
    )
  })
}

function headline(rules: readonly DetectorDto[]): string {
  const found = rules.reduce((sum, rule) => sum + rule.found, 0)
  const blocked = rules.reduce((sum, rule) => sum + rule.blocked, 0)
  const inForce = rules.filter(rule => rule.enabled).length
  if (inForce === 0) return 'No guardrail is in force'
  return `${formatCount(inForce, 'guardrail')} in force found ${formatNumber(found)} and blocked ${formatNumber(blocked)} in seven days`
}
