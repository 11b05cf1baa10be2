import { GitCommitVertical } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Code } from '#components/ui/code-block.tsx'
import { getRepository, listCommits } from '#lib/artifacts/queries.ts'
import { ListCommitsQuery, type RepositoryDto } from '#lib/artifacts/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { headline, kindText, kindTitle } from './_components/commit-words.ts'
import { CommitsTable } from './_components/commits-table.tsx'
import { RemotePanel } from './_components/remote-panel.tsx'

export const metadata: Metadata = { title: 'Repository' }

type Search = Promise<{ kind?: string; cursor?: string }>

export default async function ArtifactsPage({ searchParams }: { searchParams: Search }) {
  const { kind, cursor } = await searchParams
  return renderPage(async ({ ctx }) => {
    const query = ListCommitsQuery.parse({ ...(kind ? { kind } : {}), ...(cursor ? { cursor } : {}) })
    const [repository, commits] = await Promise.all([getRepository(ctx), listCommits(ctx, query)])
    const older = new URLSearchParams({ ...(kind ? { kind } : {}), cursor: commits.nextCursor ?? '' })
    return (
      <Page>
        <LiveRefresh topics={['config', 'approvals']} />
        <PageHeader
          title={headline(repository)}
          description={
            <>
              One commit a version, as YAML and Markdown, with its author and who approved it.
              {repository.head ? (
                <>
                  {' '}
                  The branch main is at <Code>{repository.head.slice(0, 12)}</Code>.
                </>
              ) : null}
            </>
          }
        />
        <RemotePanel repository={repository} manages={scopeOf(ctx.actor, 'artifacts.manage') !== null} />
        <Kinds repository={repository} current={kind} />
        {commits.data.length === 0 ? (
          <EmptyState
            icon={<GitCommitVertical />}
            title={kind ? `No commit of a ${kindText(kind)}` : 'No commit yet'}
            description="Change a budget, a policy or a route: its new version is committed within a minute."
          />
        ) : (
          <CommitsTable commits={commits.data} />
        )}
        {commits.nextCursor ? (
          <div>
            <ButtonLink href={`/assure/artifacts?${older}`}>Older commits</ButtonLink>
          </div>
        ) : null}
      </Page>
    )
  })
}

function Kinds({ repository, current }: { repository: RepositoryDto; current: string | undefined }) {
  if (repository.kinds.length === 0) return null
  return (
    <nav aria-label="Kinds of records" className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      <KindLink href="/assure/artifacts" label="All" active={current === undefined} />
      {repository.kinds.map(({ kind, records }) => (
        <KindLink
          key={kind}
          href={`/assure/artifacts?kind=${kind}`}
          label={`${kindTitle(kind)} · ${records}`}
          active={current === kind}
        />
      ))}
    </nav>
  )
}

function KindLink({ href, label, active }: { href: string; label: string; active: boolean }) {
  return (
    <Link
      href={href}
      aria-current={active ? 'true' : undefined}
      className={`py-1 underline-offset-3 hover:underline ${active ? 'font-medium text-ink' : 'text-muted'}`}
    >
      {label}
    </Link>
  )
}
