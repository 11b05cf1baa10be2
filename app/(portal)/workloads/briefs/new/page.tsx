import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { requirePermission } from '#lib/platform/context.ts'
import { getWorkload } from '#lib/workloads/queries.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { BeginBrief } from '../_components/begin-brief.tsx'
import { STEPS } from '../_components/brief-words.ts'

export const metadata: Metadata = { title: 'New brief' }

type Props = { searchParams: Promise<{ slug?: string; team?: string; workload?: string }> }

export default function NewBriefPage({ searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'workloads.propose')
    const { slug, team, workload } = await searchParams
    const about = workload ? await getWorkload(ctx, workload) : null
    return (
      <Page wide={false}>
        <PageHeader
          crumb="New brief"
          title={about ? `Change ${about.name} by a brief` : 'What should models be used for?'}
          description="What you write is saved as you go. Nobody decides on it before you submit it."
        />
        <BeginBrief
          name={about?.name ?? slug ?? ''}
          slug={about ? null : (slug ?? null)}
          teamId={about ? null : (team ?? null)}
          workloadId={about?.id ?? null}
        />
        <ol className="mt-8 flex flex-col gap-3 border-line border-t pt-6 text-sm">
          {Object.values(STEPS).map(({ title, intro }, index) => (
            <li key={title} className="grid grid-cols-[1.5rem_1fr]">
              <span className="text-muted tabular-nums">{index + 1}</span>
              <span>
                <span className="font-medium">{title}</span>
                <span className="block text-muted">{intro}</span>
              </span>
            </li>
          ))}
        </ol>
      </Page>
    )
  })
}
