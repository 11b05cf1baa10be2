'use client'

import { Mail, MailOpen, X } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { cn } from '#components/cn.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Button } from '#components/ui/button.tsx'
import { toast } from '#components/ui/toast.ts'
import { dismissNoticeAction, markReadAction } from '#lib/notices/actions.ts'
import type { NoticeDto } from '#lib/notices/schema.ts'

/** What one was told; opening a notice marks it as read. */
export function NoticeList({ notices }: { notices: readonly NoticeDto[] }) {
  return (
    <ul aria-label="Notices">
      {notices.map(notice => (
        <NoticeRow key={notice.id} notice={notice} />
      ))}
    </ul>
  )
}

function NoticeRow({ notice }: { notice: NoticeDto }) {
  const { id, title, detail, href, dueAt, readAt, createdAt } = notice
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const unread = readAt === null
  function run(work: () => Promise<{ ok: true } | { ok: false; error: { message: string } }>) {
    startTransition(async () => {
      const result = await work()
      if (!result.ok) toast.error('Nothing was changed', { description: result.error.message })
      router.refresh()
    })
  }
  return (
    <li
      className="relative flex items-start gap-3 border-line border-b py-3 text-sm hover:bg-hover"
      aria-busy={pending}
    >
      <span
        aria-hidden
        className={cn('mt-1.5 size-2 shrink-0 rounded-full', unread ? 'bg-accent' : 'border border-line-strong')}
      />
      <div className="min-w-0 flex-1">
        <Link
          href={href}
          onClick={() => {
            if (unread) void markReadAction({ ids: [id] })
          }}
          className={cn('after:absolute after:inset-0', unread && 'font-medium')}
        >
          {unread ? <span className="sr-only">Unread: </span> : null}
          {title}
        </Link>
        {detail ? <p className="line-clamp-2 text-muted">{detail}</p> : null}
        <p className="text-muted text-xs">
          <RelativeTime time={createdAt} />
          {dueAt ? (
            <>
              , due <RelativeTime time={dueAt} />
            </>
          ) : null}
        </p>
      </div>
      <div className="z-1 flex shrink-0">
        <Button
          variant="ghost"
          size="icon"
          className="text-muted"
          disabled={pending}
          aria-label={`${unread ? 'Mark as read' : 'Mark as unread'}: ${title}`}
          onClick={() => run(() => markReadAction({ ids: [id], read: unread }))}
        >
          {unread ? <MailOpen /> : <Mail />}
        </Button>
        <Button
          variant="ghost"
          size="icon"
          className="text-muted"
          disabled={pending}
          aria-label={`Dismiss: ${title}`}
          onClick={() => run(() => dismissNoticeAction({ id }))}
        >
          <X />
        </Button>
      </div>
    </li>
  )
}
