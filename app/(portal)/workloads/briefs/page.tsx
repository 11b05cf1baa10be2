import { FileText, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { formatPercent } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { listBriefs } from '#lib/briefs/queries.ts'
import { type BriefDto, ListBriefsQuery } from '#lib/briefs/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { briefsTitle, STATES } from './_components/brief-words.ts'

export const metadata: Metadata = { title: 'Workload briefs' }

const MANY = 200

export default function BriefsPage() {
  return renderPage(async ({ ctx }) => {
    const { data } = await listBriefs(ctx, ListBriefsQuery.parse({ limit: MANY }))
    const write = scopeOf(ctx.actor, 'workloads.propose') ? (
      <ButtonLink href="/workloads/briefs/new" variant="primary">
        <Plus aria-hidden />
        Write a brief
      </ButtonLink>
    ) : null
    return (
      <Page>
        <LiveRefresh topics={['approvals']} />
        <PageHeader
          title={briefsTitle(data)}
          description="A brief says what a workload is for and within which bounds. The board or a delegate decides it; approved, it becomes a workload."
          actions={write}
        />
        {data.length === 0 ? (
          <EmptyState
            icon={<FileText />}
            title="Nothing is written down"
            description="Six steps with examples; what you write is saved as you go, and nobody decides on it before you submit it."
            action={write}
          />
        ) : (
          <BriefsTable briefs={data} />
        )}
      </Page>
    )
  })
}

function BriefsTable({ briefs }: { briefs: readonly BriefDto[] }) {
  return (
    <Table label="Briefs">
      <TableHead>
        <tr>
          <TableHeader>Brief</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader className="max-md:hidden">Team</TableHeader>
          <TableHeader className="max-md:hidden">Written by</TableHeader>
          <TableHeader numeric className="max-md:hidden">
            Written
          </TableHeader>
          <TableHeader>Changed</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {briefs.map(brief => (
          <TableRow key={brief.id}>
            <TableCell>
              <Link
                href={`/workloads/briefs/${brief.id}`}
                className="inline-block py-1 font-medium underline-offset-3 hover:underline"
              >
                {brief.name}
              </Link>
            </TableCell>
            <TableCell>
              <Badge tone={STATES[brief.state].tone}>{STATES[brief.state].label}</Badge>
            </TableCell>
            <TableCell className="max-md:hidden">{brief.teamName ?? 'none yet'}</TableCell>
            <TableCell className="max-md:hidden">{brief.authorName}</TableCell>
            <TableCell numeric className="max-md:hidden">
              {formatPercent(brief.progress, 0)}
            </TableCell>
            <TableCell>
              <RelativeTime time={brief.updatedAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
