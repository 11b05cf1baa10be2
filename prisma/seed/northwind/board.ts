import type { BoardRole } from '#core/board/charter.ts'
import type { BoardVote } from '#core/board/tally.ts'
import { BLOCKED_MODEL } from './catalog.ts'

export const CHARTER = {
  name: 'AI review board',
  purpose: [
    'The board decides what generative AI may be used for at Northwind, and under which conditions.',
    'It reviews requests for models, exemptions and higher budgets, settles disputes about policies, and watches over',
    'compliance. Its minutes are recorded, and every decision can be traced to what it allowed.',
  ].join(' '),
  votingRule: 'simple_majority',
  quorum: { kind: 'fraction', numerator: 3, denominator: 5 },
  cadence: { every: 'month', weekday: 1, week: 2, time: '14:00', timeZone: 'Europe/Amsterdam', minutes: 60 },
} as const

export const CHAIR = 'Noor de Vries'
export const SECRETARY = 'Lucía Fernández'

export const MEMBERS: readonly { name: string; role: BoardRole }[] = [
  { name: CHAIR, role: 'chair' },
  { name: SECRETARY, role: 'secretary' },
  { name: 'Amina Khalil', role: 'member' },
  { name: 'Grace Okafor', role: 'member' },
  { name: 'Elin Söderström', role: 'member' },
]

export interface PastItem {
  title: string
  kind: 'proposal' | 'minutes' | 'request'
  background: string
  motion: string
  options?: string[]
  notes?: string
  /** Everybody who was there votes for unless named here. */
  votes: Record<string, [BoardVote, string]>
  rationale: string
  dissent?: string
  /** Days from the meeting until the decision is reviewed. */
  reviewAfter?: number
  /** Text, owner, days from now until it is due, and what shows that it is done. */
  conditions?: [string, string, number, string | null][]
}

export interface PastMeeting {
  /** About so many days ago. */
  days: number
  absent: string[]
  /** Minutes after the start at which somebody came. */
  late: Record<string, number>
  items: PastItem[]
  tasks: [string, string, number, string | null][]
}

/** Two meetings that were held. The items of kind `request` and `minutes` are linked by the writer. */
export const PAST_MEETINGS: readonly PastMeeting[] = [
  {
    days: 66,
    absent: [],
    late: { 'Elin Söderström': 12 },
    items: [
      {
        title: 'How workloads are onboarded',
        kind: 'proposal',
        background:
          'Every workload fills in a brief before it goes to production; the board or its delegate reviews it.',
        motion: 'Shall the board adopt the onboarding of workloads as proposed?',
        options: ['Adopt as proposed', 'Adopt for Internal and above only', 'Put off'],
        notes: 'Priya Raman described the two pilots. The brief takes about an hour to fill in.',
        votes: {},
        rationale: 'Both pilots found a missing rollback plan before production did.',
        reviewAfter: 71,
      },
      {
        title: `${BLOCKED_MODEL} for the catalog`,
        kind: 'proposal',
        background:
          'Data platform asks for it to label churn data. Its retention terms are not settled with the provider.',
        motion: `Shall the board approve ${BLOCKED_MODEL} for Internal data?`,
        votes: {
          [CHAIR]: ['against', ''],
          [SECRETARY]: ['against', 'The retention terms are open'],
          'Amina Khalil': ['against', ''],
          'Grace Okafor': ['abstain', ''],
        },
        rationale: 'Without settled retention terms nobody can say where Internal data would stay.',
        dissent: 'Elin Söderström: a trial on Public data alone would have been safe and would have told us more.',
      },
    ],
    tasks: [['Settle retention terms with the provider', 'Lucía Fernández', -20, 'Signed addendum, filed with Legal']],
  },
  {
    days: 31,
    absent: ['Elin Söderström'],
    late: {},
    items: [
      {
        title: 'Minutes of Review board meeting 1',
        kind: 'minutes',
        background: '',
        motion: 'Shall the board approve the minutes of Review board meeting 1 as circulated?',
        votes: {},
        rationale: 'They say what was decided.',
      },
      {
        title: 'Budget of Support assistants',
        kind: 'request',
        background: 'Priya Raman asks: The winter season brings more tickets',
        motion: 'Shall the board approve the higher budget of Support assistants?',
        options: ['Approve', 'Approve on conditions', 'Reject'],
        votes: { 'Grace Okafor': ['against', 'The forecast was two months old'] },
        rationale: 'Answer times rose in October, and each ticket that is answered at once saves more than it costs.',
        dissent: 'Grace Okafor: the forecast should have been made anew before the limit was raised.',
        conditions: [
          ['Report cost per answered ticket every month', 'Priya Raman', -2, null],
          ['Make the forecast anew before the winter season', 'Grace Okafor', -12, 'Forecast of November, on Budgets'],
        ],
      },
      {
        title: 'First policy for agents',
        kind: 'proposal',
        background: 'Agents act under an identity of their own, with tools that are listed, and none deletes data.',
        motion: 'Shall the board adopt the first policy for agents?',
        notes: 'Amina Khalil showed how the gateway refuses a tool call that the policy does not list.',
        votes: { 'Grace Okafor': ['recused', 'Runs the agent that the policy was drafted around'] },
        rationale: 'It is narrow enough to begin with, and what it forbids is enforced.',
        reviewAfter: 92,
      },
    ],
    tasks: [
      ['Bring figures on blocked requests by policy to the next meeting', 'Amina Khalil', 5, null],
      ['List agents that run outside the gateway', 'Kenji Watanabe', 16, null],
    ],
  },
]

/** What somebody put onto the next agenda by hand. */
export const PROPOSAL = {
  title: 'Dispute: may marketing use customer quotes?',
  background:
    'Marketing reads the acceptable use policy as allowing published quotes; Legal reads it as forbidding any customer data.',
  motion: 'Shall quotes that a customer has published count as Public?',
  options: ['Count as Public', 'Count as Internal', 'Ask each customer'],
}
