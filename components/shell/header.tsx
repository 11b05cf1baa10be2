'use client'

import { Menu, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { shortcutKeys } from '#components/shortcuts/shortcut-keys.ts'
import { useMac } from '#components/shortcuts/use-shortcut.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Breadcrumb, type Crumb } from '#components/ui/breadcrumb.tsx'
import { Button } from '#components/ui/button.tsx'
import { Kbd } from '#components/ui/kbd.tsx'

/** The bar above the page: where it is at the left; search, fleet and person at the right. */
export function Header({
  crumbs,
  demo,
  onOpenMenu,
  onSearch,
  children,
}: {
  crumbs: readonly Crumb[]
  demo?: boolean
  onOpenMenu: () => void
  onSearch: () => void
  /** Fleet chip and person menu. */
  children: ReactNode
}) {
  return (
    <header
      data-shell="header"
      className="sticky top-0 z-20 flex h-(--header-height) items-center gap-3 border-line border-b bg-surface px-4 md:px-6"
    >
      <Button variant="ghost" size="icon" className="-ml-2 md:hidden" aria-label="Open the menu" onClick={onOpenMenu}>
        <Menu />
      </Button>
      <Breadcrumb items={crumbs} />
      <div className="ml-auto flex shrink-0 items-center gap-3">
        {demo ? (
          <Badge tone="info" icon={null} className="max-lg:hidden">
            Demo organization
          </Badge>
        ) : null}
        <SearchBox onSearch={onSearch} />
        {children}
      </div>
    </header>
  )
}

function SearchBox({ onSearch }: { onSearch: () => void }) {
  const mac = useMac()
  return (
    <>
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts={mac ? 'Meta+K' : 'Control+K'}
        className="flex h-8 w-60 items-center justify-between rounded-lg border border-line-strong px-3 text-muted text-sm transition-colors hover:border-faint max-lg:hidden"
      >
        Search or jump to
        <Kbd className="-mr-1" aria-hidden>
          {shortcutKeys('mod+k', mac).join(mac ? '' : ' ')}
        </Kbd>
      </button>
      <Button variant="ghost" size="icon" className="lg:hidden" aria-label="Search or jump to" onClick={onSearch}>
        <Search />
      </Button>
    </>
  )
}
