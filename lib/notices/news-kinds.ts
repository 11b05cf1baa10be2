/** What people are told of, by kind: what they choose their preferences by, and administrators what a channel gets. */
export interface NewsKind {
  readonly kind: string
  readonly title: string
}

/** Every kind of news, in the order that people read them: nothing is told of a kind that nobody can choose here. */
export const NEWS_KINDS = [
  { kind: 'approval_waiting', title: 'A request waits for my decision' },
  { kind: 'approval_decided', title: 'A request was decided' },
  { kind: 'approval_question', title: 'Somebody asks or writes about a request' },
  { kind: 'approval_mention', title: 'Somebody mentions me about a request' },
  { kind: 'record_mention', title: 'Somebody mentions me about a record' },
  { kind: 'key_expiring', title: 'An API key expires' },
  { kind: 'policy_asked', title: 'A policy is to be read and acknowledged' },
  { kind: 'policy_reminder', title: 'A policy still waits for me to acknowledge it' },
  { kind: 'policy_review_due', title: 'A policy is due for review' },
  { kind: 'data_source_review_due', title: 'A data source is due for review' },
  { kind: 'workload_review', title: 'A workload is due for review' },
  { kind: 'workload_sunset', title: 'A workload ends' },
  { kind: 'model_sunset', title: 'A model that you use ends' },
  { kind: 'model_provider_end', title: 'A provider ends a model' },
  { kind: 'model_request_review', title: 'A request for a model waits for a review' },
  { kind: 'exemption', title: 'An exemption was granted, revoked or ended' },
  { kind: 'exemption_ending', title: 'An exemption ends soon' },
  { kind: 'exemption_overdue', title: 'A condition of an exemption is overdue' },
  { kind: 'risk_review', title: 'A risk is to be reviewed' },
  { kind: 'failover_drill', title: 'A failover drill failed' },
  { kind: 'content_audit_finding', title: 'The content log holds what it should not' },
  { kind: 'channel_failing', title: 'A notification channel does not deliver' },
  { kind: 'board_seat', title: 'I am given a seat on the review board' },
  { kind: 'board_meeting', title: 'A meeting of the review board is planned, changed or near' },
  { kind: 'board_minutes', title: 'Minutes of the review board are to be read' },
  { kind: 'board_action_item', title: 'The review board gave me something to do' },
  { kind: '*', title: 'Everything else' },
] as const satisfies readonly NewsKind[]

/** A kind of news that there is; `*` is only what preferences call the others by. */
export type NewsKindId = Exclude<(typeof NEWS_KINDS)[number]['kind'], '*'>

/** The ids of them all. */
export const NEWS_KIND_IDS: readonly NewsKindId[] = NEWS_KINDS.flatMap(({ kind }) => (kind === '*' ? [] : [kind]))

/** The title of a kind; of one that is not listed, its own words. */
export function newsTitle(kind: string): string {
  return NEWS_KINDS.find(one => one.kind === kind)?.title ?? kind.replaceAll('_', ' ')
}
