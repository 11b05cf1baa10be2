import type { ReactNode } from 'react'
import { docPages } from './doc-pages.ts'
import { DocsList } from './docs-list.tsx'
import type { Heading } from './markdown-outline.ts'

/** A documentation page between the list of pages and its own table of contents. */
export async function DocsFrame({ contents, children }: { contents: readonly Heading[]; children: ReactNode }) {
  const pages = await docPages()
  return (
    <div className="grid gap-x-10 px-4 py-6 md:px-7 md:py-7.5 lg:grid-cols-[11rem_minmax(0,1fr)] 2xl:grid-cols-[11rem_minmax(0,1fr)_13rem]">
      <DocsList pages={pages.map(({ slug, title }) => ({ href: `/docs/${slug}`, title }))} />
      <div className="min-w-0">{children}</div>
      {contents.length > 1 ? <Contents contents={contents} /> : null}
    </div>
  )
}

function Contents({ contents }: { contents: readonly Heading[] }) {
  return (
    <nav aria-label="On this page" className="sticky top-20 self-start text-sm max-2xl:hidden">
      <p className="mb-1.5 text-muted text-xs">On this page</p>
      <ul>
        {contents.map(heading => (
          <li key={heading.id}>
            <a href={`#${heading.id}`} className="block rounded-md py-1 text-muted hover:text-ink">
              {heading.text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
