import { ArrowRight } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { contentsOf, docPages } from './_components/doc-pages.ts'

export const metadata: Metadata = { title: 'Docs' }

/** Every page of the documentation with what it answers. */
export default async function DocsIndex() {
  const pages = await docPages()
  const entries = [
    ...pages.map(page => ({
      href: `/docs/${page.slug}`,
      title: page.title,
      introduction:
        page.introduction ||
        contentsOf(page)
          .map(heading => heading.text)
          .join(' · '),
    })),
    {
      href: '/docs/api',
      title: 'REST API',
      introduction: 'Every path of /api/v1, from the same registry that serves it.',
    },
  ]
  return (
    <Page wide={false}>
      <PageHeader
        title="How Gatehouse works, and how to work with it"
        description="The same pages come with the source, under docs/."
      />
      <ul className="border-line border-t">
        {entries.map(entry => (
          <li key={entry.href} className="border-line border-b">
            <Link href={entry.href} className="group flex items-center gap-4 py-3">
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{entry.title}</span>
                {entry.introduction ? (
                  <span className="line-clamp-2 text-muted text-sm">{entry.introduction}</span>
                ) : null}
              </span>
              <ArrowRight
                className="size-4 shrink-0 text-muted transition-transform group-hover:translate-x-0.5"
                aria-hidden
              />
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  )
}
