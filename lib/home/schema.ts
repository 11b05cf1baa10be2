/** What waits for the viewer. */
export const HOME_KINDS = [
  'notice',
  'key_expired',
  'key_expiring',
  'provider_failing',
  'replica_unwell',
  'model_sunset',
  'model_provider_end',
  'model_review_due',
  'model_request_review',
  'unpriced_usage',
  'people_without_team',
  'board_meeting',
  'board_vote',
  'board_minutes',
  'board_action_item',
  'exemption',
  'risk',
  'policy_asked',
  'policy_review_due',
  'workload_review',
  'workload_sunset',
  'brief_returned',
] as const
export type HomeKind = (typeof HOME_KINDS)[number]

export interface HomeItem {
  kind: HomeKind
  tone: 'danger' | 'warning' | 'info'
  title: string
  detail: string
  /** When time decides; null: whenever. */
  dueAt: string | null
  href: string
  /** The word on the button. */
  action: string
  /** Set when it may be dismissed with dismissNoticeAction. */
  noticeId: string | null
}

/** Something that somebody did, in words that any viewer of it may read. */
export interface HomeChange {
  id: string
  /** How many like it by the same person follow each other; the newest is told. */
  count: number
  at: string
  title: string
  detail: string
  /** Where the record is; null when it has no page of its own. */
  href: string | null
}

/** Headline figures within the viewer's reach; null where there is nothing to measure, or no permission. */
export interface HomeFigures {
  /** The last seven days. */
  requests: number
  refusedShare: number | null
  /** Decimal US dollars since the first of the month, UTC, and the requests whose price is not known. */
  monthCostUsd: string
  monthUnpricedRequests: number
  /** Milliseconds that the gateway itself added, 99th percentile of seven days. */
  overheadP99Ms: number | null
  /** Of the asks for a key in the last ninety days, how many needed nobody. */
  selfService: { asked: number; automatic: number }
}

/** A figure that leads for a role, with the rows behind it. */
export interface RoleFigure {
  value: number
  label: string
  href: string
  tone: 'calm' | 'warning'
}

export interface HomeOverview {
  asOf: string
  needs: HomeItem[]
  /** What "changed" counts from: the visit before this one, else a week ago. */
  since: string
  changedCount: number
  changes: HomeChange[]
  /** What leads for the viewer's roles. */
  lead: RoleFigure[]
  figures: HomeFigures
}
