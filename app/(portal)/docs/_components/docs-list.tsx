'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cn } from '#components/cn.ts'

/** The pages of the documentation; the open one is marked. */
export function DocsList({ pages }: { pages: readonly { href: string; title: string }[] }) {
  const pathname = usePathname()
  const all = [...pages, { href: '/docs/api', title: 'REST API' }]
  return (
    <nav
      aria-label="Documentation"
      className="text-sm max-lg:mb-6 max-lg:border-line max-lg:border-b max-lg:pb-3 lg:sticky lg:top-20 lg:self-start"
    >
      <ul className="flex flex-wrap lg:flex-col">
        {all.map(({ href, title }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={href === pathname ? 'page' : undefined}
              className={cn(
                'block rounded-md px-2.5 py-1 text-muted hover:text-ink lg:-ml-2.5',
                (href === pathname || pathname.startsWith(`${href}/`)) && 'bg-selected font-medium text-ink',
              )}
            >
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
