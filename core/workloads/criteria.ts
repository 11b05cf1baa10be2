import { environmentsOf, type WorkloadLifecycle } from './lifecycle.ts'

/** What is known of a workload when somebody asks for it to go on, from live records. */
export interface WorkloadFacts {
  /** Whether an approved brief decides its terms. */
  readonly briefed: boolean
  /** Null: it has none. */
  readonly owner: { readonly name: string; readonly active: boolean } | null
  /** Names of the budgets in force for its calls. */
  readonly budgets: readonly string[]
  /** Names of the routes in force for its calls. */
  readonly routes: readonly string[]
  /** What the catalog says against its models; empty: nothing. */
  readonly modelProblems: readonly string[]
  /** Exemptions that name it and have run out without another; null: nobody keeps them. */
  readonly expiredExemptions: readonly string[] | null
  /** Whether its calls are classified above the lowest tier. */
  readonly sensitive: boolean
  readonly reviewBy: Date
  readonly callsInSevenDays: number
  /** When it is to end, as asked for; null: not said. */
  readonly sunsetAt: Date | null
  readonly migrationPlan: string
}

export const CRITERION_STATES = ['met', 'unmet', 'unmeasurable'] as const

/** Something that has to hold before a workload goes on. */
export interface Criterion {
  readonly id: string
  readonly title: string
  /** What nothing measures yet is never met. */
  readonly state: (typeof CRITERION_STATES)[number]
  readonly detail: string
  /** What to do about it. */
  readonly fix: string
  /** Whether who decides may let it go, with a reason. */
  readonly waivable: boolean
}

/** All that has to hold for a workload to go to a place, at a moment. */
export function criteriaFor(to: WorkloadLifecycle, facts: WorkloadFacts, now: Date): Criterion[] {
  return CRITERIA[to].map(check => check(facts, now))
}

/** Those that keep it from going on: not met, and not let go of; what may not be waived is never let go of. */
export function standingAgainst(criteria: readonly Criterion[], waived: readonly string[]): Criterion[] {
  return criteria.filter(({ id, state, waivable }) => state !== 'met' && !(waivable && waived.includes(id)))
}

type Check = (facts: WorkloadFacts, now: Date) => Criterion

function checked(id: string, title: string, met: boolean, detail: string, fix: string, waivable = false): Criterion {
  return { id, title, state: met ? 'met' : 'unmet', detail, fix, waivable }
}

const brief: Check = ({ briefed }) =>
  checked(
    'brief',
    'A brief is approved',
    briefed,
    briefed ? 'Its terms are those of an approved brief.' : 'It was registered without a brief.',
    'Write a brief for it and have it approved.',
  )

const owner: Check = facts => {
  const named = facts.owner
  const detail = named
    ? `${named.name} ${named.active ? 'answers for it' : 'no longer works here'}.`
    : 'It has no owner.'
  return checked('owner', 'Its owner works here', named?.active ?? false, detail, 'Name an owner on its page.')
}

const budget: Check = ({ budgets }) =>
  checked('budget', 'A budget is set', budgets.length > 0, listed(budgets, 'No budget covers it.'), 'Set one for it.')

const route: Check = ({ routes }) =>
  checked('route', 'A route is set', routes.length > 0, listed(routes, 'No route covers it.'), 'Add one for it.')

const models: Check = ({ modelProblems }) =>
  checked(
    'models',
    'Its models are approved for its tier',
    modelProblems.length === 0,
    listed(modelProblems, 'Every model is approved and can be called.'),
    'Name other models in a brief, or have these approved.',
  )

const exemptions: Check = ({ expiredExemptions: expired }) =>
  expired === null
    ? unmeasurable('exemptions', 'No exemption of it has run out')
    : checked(
        'exemptions',
        'No exemption of it has run out',
        expired.length === 0,
        listed(expired, 'None has run out without another.'),
        'Ask for a new exemption, or do without.',
        true,
      )

const review: Check = ({ reviewBy }, now) =>
  checked(
    'review',
    'Its review is not overdue',
    reviewBy > now,
    `The next review is due on ${reviewBy.toISOString().slice(0, 10)}.`,
    'Review it on its page.',
  )

const golden: Check = () => unmeasurable('golden_dataset', 'It has a golden dataset of at least 25 examples')
const evaluation: Check = () => unmeasurable('evaluation', 'Its evaluations meet the minimum of its brief')
const adversarial: Check = ({ sensitive }) =>
  sensitive
    ? unmeasurable('adversarial', 'It withstands an adversarial suite')
    : checked('adversarial', 'It withstands an adversarial suite', true, 'Not asked of data of the lowest tier.', '')

function unmeasurable(id: string, title: string): Criterion {
  const detail = 'Nothing here measures it yet, so it does not count as met.'
  const fix = 'Show the evidence to who decides, and ask for it to be let go.'
  return { id, title, state: 'unmeasurable', detail, fix, waivable: true }
}

const sunset: Check = ({ sunsetAt }, now) =>
  checked(
    'sunset',
    'Its end is set',
    sunsetAt !== null && sunsetAt > now,
    sunsetAt ? `It is to end on ${sunsetAt.toISOString().slice(0, 10)}.` : 'No day is named.',
    'Name a day to come.',
  )

const plan: Check = ({ migrationPlan }) =>
  checked(
    'migration_plan',
    'Its callers know where to go',
    migrationPlan.trim() !== '',
    migrationPlan.trim() || 'There is no migration plan.',
    'Say where its callers go.',
  )

const quiet: Check = ({ callsInSevenDays }) =>
  checked(
    'quiet',
    'Nobody has called it for seven days',
    callsInSevenDays === 0,
    callsInSevenDays === 0 ? 'No call in seven days.' : `${callsInSevenDays} calls in seven days.`,
    'Move its callers first; see who they are on its page.',
    true,
  )

function listed(items: readonly string[], none: string): string {
  return items.length === 0 ? none : items.join(' ')
}

/** What is asked on the way to each place. Whatever takes calls has somebody who answers for it. */
const CRITERIA: Readonly<Record<WorkloadLifecycle, readonly Check[]>> = {
  development: [owner],
  staging: [brief, owner, models],
  production: [brief, owner, budget, route, models, exemptions, review, golden, evaluation, adversarial],
  deprecated: [sunset, plan],
  decommissioned: [quiet],
}

/** What going to a place changes for calls, in a sentence. */
export function effectOf(to: WorkloadLifecycle): string {
  const reached = environmentsOf(to)
  if (reached.length === 0) return 'Every call is refused, and what it used is reclaimed.'
  if (to === 'deprecated') return 'Calls go on until its end, and are refused from then on.'
  return `Keys for ${reached.join(', ')} may call it; calls with others are refused.`
}
