import { Bell } from 'lucide-react'
import Link from 'next/link'
import { formatCount } from '#components/format.ts'

/** The bell in the header: how many notices are unread, and the way to them. */
export function InboxLink({ href, unread }: { href: string; unread: number }) {
  return (
    <Link
      href={href}
      aria-label={unread === 0 ? 'Inbox, nothing unread' : `Inbox, ${formatCount(unread, 'notice')} unread`}
      className="relative grid size-8 shrink-0 place-items-center rounded-lg text-muted hover:bg-hover hover:text-ink [&_svg]:size-4.5"
    >
      <Bell aria-hidden />
      {unread > 0 ? (
        <span
          aria-hidden
          className="absolute top-0 right-0 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 font-medium text-[10px] text-on-accent tabular-nums"
        >
          {unread > 99 ? '99+' : unread}
        </span>
      ) : null}
    </Link>
  )
}
