import type { Metadata } from 'next'
import { formatDateTime } from '#components/format.ts'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { Code, CodeBlock } from '#components/ui/code-block.tsx'
import { getCommit } from '#lib/artifacts/queries.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { kindText } from '../_components/commit-words.ts'

export const metadata: Metadata = { title: 'Commit' }

export default async function CommitPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return renderPage(async ({ ctx }) => {
    const commit = await getCommit(ctx, id)
    const title = `${kindText(commit.kind)} ${commit.name || commit.recordId.slice(-8)}, version ${commit.version}`
    return (
      <Page>
        <PageHeader
          crumb={commit.oid.slice(0, 10)}
          title={title.charAt(0).toUpperCase() + title.slice(1)}
          description={commit.reason || 'No reason was given'}
        />
        <DefinitionList
          items={[
            { term: 'Author', value: commit.authorName },
            { term: 'Approved by', value: commit.approverNames.join(', ') || 'nobody had to' },
            { term: 'When', value: formatDateTime(commit.at) },
            { term: 'Commit', value: <Code>{commit.oid}</Code> },
          ]}
        />
        {commit.version > 1 && commit.changes.length > 0 ? (
          <Section title="What changed">
            <ul className="flex flex-col gap-1 text-sm">
              {commit.changes.map(({ field, before, after }) => (
                <li key={field} className="wrap-anywhere">
                  <span className="font-medium">{field}</span>: <del>{before ?? 'nothing'}</del> →{' '}
                  <ins className="no-underline">{after ?? 'nothing'}</ins>
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
        {commit.files.map(({ path, content }) => (
          <CodeBlock key={path} label={path} titled code={content} />
        ))}
      </Page>
    )
  })
}
