import type { Metadata } from 'next'
import { formatCount, formatDateTime } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { getConsistency } from '#lib/consistency/queries.ts'
import type { CheckDto } from '#lib/consistency/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { headline } from './_components/consistency-words.ts'
import { FindingList } from './_components/finding-list.tsx'

export const metadata: Metadata = { title: 'Consistency' }

export default function ConsistencyPage() {
  return renderPage(async ({ ctx }) => {
    const { asOf, checks } = await getConsistency(ctx)
    const broken = checks.filter(({ findings }) => findings.length > 0)
    const whole = checks.filter(({ findings }) => findings.length === 0)
    return (
      <Page>
        <LiveRefresh topics={['config', 'approvals']} />
        <PageHeader
          title={headline(checks)}
          description={`Checked against the records of ${formatDateTime(asOf)}. Every change that waits for approval can be tried against the same checks on its page.`}
        />
        {broken.map(check => (
          <Broken key={check.id} check={check} />
        ))}
        {whole.length > 0 ? (
          <Section title={`${formatCount(whole.length, 'check')} ${whole.length === 1 ? 'holds' : 'hold'}`}>
            <ul className="columns-1 gap-x-10 text-sm md:columns-2">
              {whole.map(({ id, title }) => (
                <li key={id} className="flex break-inside-avoid items-start gap-2 py-1.5">
                  <Badge tone="ok">Holds</Badge>
                  <span>{title}</span>
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
      </Page>
    )
  })
}

function Broken({ check }: { check: CheckDto }) {
  const { title, consequence, severity, findings } = check
  return (
    <Section
      title={title}
      description={`Otherwise: ${consequence}`}
      actions={<Badge tone={severity === 'error' ? 'bad' : 'warn'}>{formatCount(findings.length, 'finding')}</Badge>}
    >
      <FindingList findings={findings} label={title} />
    </Section>
  )
}
