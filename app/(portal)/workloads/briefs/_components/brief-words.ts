import type { Tone } from '#components/ui/badge.tsx'
import type { BriefStep } from '#core/workloads/brief-steps.ts'
import type { BriefDto } from '#lib/briefs/schema.ts'

export const STATES: Readonly<Record<BriefDto['state'], { label: string; tone: Tone }>> = {
  draft: { label: 'Draft', tone: 'neutral' },
  submitted: { label: 'Waits for a decision', tone: 'warn' },
  approved: { label: 'Approved', tone: 'ok' },
  returned: { label: 'Returned', tone: 'bad' },
  discarded: { label: 'Discarded', tone: 'neutral' },
}

export const STEPS: Readonly<Record<BriefStep, { title: string; intro: string }>> = {
  purpose: { title: 'Purpose', intro: 'What it is to achieve, who answers for it, and how it is done today.' },
  data: {
    title: 'Data and models',
    intro: 'The higher of the two tiers binds every call, and only these models are called.',
  },
  quality: { title: 'Success', intro: 'How one will know that it works: below the minimum it has failed.' },
  cost: { title: 'Speed and cost', intro: 'What a month may cost becomes a budget that the gateway keeps.' },
  boundaries: { title: 'Boundaries', intro: 'What it is for, what it is not for, and how it ends.' },
  people: { title: 'People', intro: 'How much it decides by itself, who watches it, and whom it affects.' },
}

/** A field of long text: what it asks, what a good answer has, and one. */
export interface TextQuestion {
  readonly field: string
  readonly label: string
  readonly help: string
  readonly example: string
}

export const TEXTS: Readonly<Record<BriefStep, readonly TextQuestion[]>> = {
  purpose: [
    {
      field: 'objective',
      label: 'Objective',
      help: 'For whom, and what is better afterwards. Others find it by these words.',
      example: 'Answer customers’ questions about orders within a minute, day and night',
    },
    {
      field: 'currentState',
      label: 'Current state',
      help: 'How it is done today, and what that costs.',
      example: 'Twelve people answer 900 chats a day; half of them ask where a parcel is',
    },
    {
      field: 'approach',
      label: 'Approach',
      help: 'What the model does, with what it is given, and what stays as it is.',
      example: 'Drafts from the handbook and the order, which a person sends',
    },
  ],
  data: [],
  quality: [],
  cost: [],
  boundaries: [
    {
      field: 'inScope',
      label: 'What it is for',
      help: 'Tasks, languages, markets.',
      example: 'Orders and returns, in German and English',
    },
    {
      field: 'outOfScope',
      label: 'What it must not be used for',
      help: 'What somebody might try with it.',
      example: 'Legal or medical advice, decisions on refunds above 100 euros',
    },
    {
      field: 'rollback',
      label: 'When and how one goes back',
      help: 'What has to be seen, and what is done then.',
      example: 'Below the minimum for three days: people answer again, the switch is the chat’s own',
    },
    {
      field: 'decommission',
      label: 'When it has served its time',
      help: 'What makes it needless, and what is kept.',
      example: 'When the new shop answers by itself; the golden dataset is kept',
    },
  ],
  people: [
    {
      field: 'oversight',
      label: 'Oversight',
      help: 'Who watches it, how often, and how they step in.',
      example: 'The shift lead reads ten chats a day and can switch it off',
    },
    {
      field: 'peopleAffected',
      label: 'People affected',
      help: 'Whom its answers reach or decide about, and what follows for them.',
      example: 'Customers who write in the chat; a wrong answer costs them time',
    },
  ],
}

export const AUTONOMY_CHOICES = [
  { value: 'suggests', label: 'It suggests', help: 'A person acts.' },
  { value: 'acts_after_approval', label: 'It acts after approval', help: 'A person allows each action.' },
  { value: 'acts_supervised', label: 'It acts while people watch', help: 'A person can step in.' },
  { value: 'acts_alone', label: 'It acts alone', help: 'People look at it afterwards. Its brief counts as high risk.' },
] as const

export const KEY_SCOPE_CHOICES = [
  { value: 'team', label: 'Keys of its team', help: 'Calls with keys of other teams are refused with 403.' },
  { value: 'bound', label: 'Keys bound to it', help: 'Nobody can name it by accident or on purpose.' },
  { value: 'organization', label: 'Any key', help: 'For what several teams share.' },
] as const

/** Briefs in a sentence: what waits first. */
export function briefsTitle(briefs: readonly BriefDto[]): string {
  if (briefs.length === 0) return 'No brief has been written yet'
  const waiting = briefs.filter(({ state }) => state === 'submitted').length
  if (waiting === 0) return 'No brief waits for a decision'
  return `${waiting} ${waiting === 1 ? 'brief waits' : 'briefs wait'} for a decision`
}

/** A brief in a sentence. */
export function briefTitle({
  name,
  state,
  problems,
}: {
  name: string
  state: BriefDto['state']
  problems: number
}): string {
  if (state === 'submitted') return `The brief for ${name} waits for a decision`
  if (state === 'approved') return `The brief for ${name} is approved`
  if (state === 'discarded') return `The brief for ${name} was given up`
  if (problems === 0) return `The brief for ${name} can be submitted`
  return `The brief for ${name} lacks ${problems} ${problems === 1 ? 'answer' : 'answers'}`
}
