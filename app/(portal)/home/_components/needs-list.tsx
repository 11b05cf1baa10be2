import {
  Bell,
  BookOpenCheck,
  Box,
  CalendarClock,
  CircleDollarSign,
  FileText,
  Gavel,
  Hourglass,
  KeyRound,
  ListChecks,
  Plug,
  Server,
  ShieldOff,
  TriangleAlert,
  Undo2,
  Users,
  Vote,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import type { HomeItem } from '#lib/home/schema.ts'
import { DismissNotice } from './dismiss-notice.tsx'

const ICONS: Record<HomeItem['kind'], ReactNode> = {
  notice: <Bell />,
  key_expired: <KeyRound />,
  key_expiring: <KeyRound />,
  provider_failing: <Plug />,
  replica_unwell: <Server />,
  model_sunset: <Box />,
  model_provider_end: <Box />,
  model_review_due: <Box />,
  model_request_review: <Box />,
  unpriced_usage: <CircleDollarSign />,
  people_without_team: <Users />,
  board_meeting: <Gavel />,
  board_vote: <Vote />,
  board_minutes: <FileText />,
  board_action_item: <ListChecks />,
  exemption: <ShieldOff />,
  risk: <TriangleAlert />,
  workload_review: <CalendarClock />,
  workload_sunset: <Hourglass />,
  brief_returned: <Undo2 />,
  policy_asked: <BookOpenCheck />,
  policy_review_due: <CalendarClock />,
}
const TILE = {
  danger: 'bg-bad-soft text-bad-text',
  warning: 'bg-warn-soft text-warn-text',
  info: 'bg-info-soft text-info-text',
}
const DUE = { danger: 'text-bad-text', warning: 'text-warn-text', info: 'text-info-text' }

/** What waits for the viewer, by what is due first; each with its one action. */
export function NeedsList({ needs }: { needs: readonly HomeItem[] }) {
  return (
    <ul aria-label="What needs you">
      {needs.map(item => (
        <li
          key={`${item.kind} ${item.noticeId ?? item.href}`}
          className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-line border-b py-2.5"
        >
          <span aria-hidden className={cn('grid size-7 place-items-center rounded-lg [&_svg]:size-4', TILE[item.tone])}>
            {ICONS[item.kind]}
          </span>
          <div className="grid min-w-0 items-center gap-x-6 sm:grid-cols-[minmax(0,1fr)_7.5rem]">
            <div className="min-w-0">
              <p className="font-medium">{item.title}</p>
              {item.detail ? <p className="line-clamp-2 text-muted text-sm">{item.detail}</p> : null}
            </div>
            <p className={cn('text-sm', DUE[item.tone])}>
              {item.dueAt ? <RelativeTime time={item.dueAt} className="whitespace-nowrap" /> : null}
            </p>
          </div>
          <div className="flex items-center gap-1">
            {item.noticeId ? <DismissNotice id={item.noticeId} title={item.title} /> : null}
            <ButtonLink href={item.href} aria-label={`${item.action}: ${item.title}`}>
              {item.action}
            </ButtonLink>
          </div>
        </li>
      ))}
    </ul>
  )
}
