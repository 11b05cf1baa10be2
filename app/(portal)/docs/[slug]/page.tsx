import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageCrumb } from '#components/shell/page-crumb.tsx'
import { contentsOf, docPage, docPages } from '../_components/doc-pages.ts'
import { DocsFrame } from '../_components/docs-frame.tsx'
import { MarkdownPage } from '../_components/markdown-page.tsx'

type Props = { params: Promise<{ slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await docPage((await params).slug))?.title ?? 'Docs' }
}

export default async function DocPage({ params }: Props) {
  const { slug } = await params
  const [page, pages] = await Promise.all([docPage(slug), docPages()])
  if (!page) notFound()
  return (
    <DocsFrame contents={contentsOf(page)}>
      <PageCrumb label={page.title} />
      <MarkdownPage markdown={page.markdown} slugs={new Set(pages.map(each => each.slug))} />
    </DocsFrame>
  )
}
