/** Kinds of policy, each with the sections that one of it needs to be complete. */
export const POLICY_KINDS = ['acceptable_use', 'model_lifecycle', 'training_data', 'agent', 'custom'] as const
export type PolicyKind = (typeof POLICY_KINDS)[number]

export interface DemandedSection {
  /** Its heading; any of `also` in a heading counts as well. */
  readonly title: string
  readonly also: readonly string[]
  /** What belongs into it. */
  readonly asks: string
}

export interface PolicyKindFacts {
  readonly title: string
  readonly purpose: string
  readonly sections: readonly DemandedSection[]
}

const section = (title: string, asks: string, also: string[] = []): DemandedSection => ({ title, asks, also })

export const POLICY_KIND_FACTS: Readonly<Record<PolicyKind, PolicyKindFacts>> = {
  acceptable_use: {
    title: 'Acceptable use policy',
    purpose: 'Who may use generative AI, for what, with which data, and under which limits',
    sections: [
      section('Permitted uses', 'What people may do without asking, and through what', ['allowed uses']),
      section('Prohibited uses', 'What nobody may do, in sentences that a machine or an auditor can check'),
      section('Data handling', 'Which classification tiers may go to which models'),
      section('Intellectual property', 'Who owns what comes out, and what may go in', ['ownership of']),
      section('Human oversight', 'What a person has to check before it has an effect', ['oversight by']),
    ],
  },
  model_lifecycle: {
    title: 'Model lifecycle policy',
    purpose: 'How models enter the catalog, change and leave it',
    sections: [
      section('Admission', 'Who asks for a model, what is reviewed, who decides', ['onboarding']),
      section('Versions', 'How versions are pinned and changed', ['changes']),
      section('Evaluation', 'What a model has to pass, and how often'),
      section('Retirement', 'How much notice a sunset gives, and what replaces the model', ['sunset']),
      section('Responsibilities', 'Who owns which step', ['roles']),
    ],
  },
  training_data: {
    title: 'Training data policy',
    purpose: 'Which data may train, tune or evaluate models',
    sections: [
      section('Permitted data', 'Which tiers and sources may be used', ['allowed data']),
      section('Prohibited data', 'Which data may never be used'),
      section('Provenance', 'What is recorded of where data comes from', ['origin']),
      section('Provider use of our data', 'Whether vendors may learn from what we send', ['vendor']),
      section('Retention and erasure', 'How long data is kept, and how it is taken out again', ['retention']),
    ],
  },
  agent: {
    title: 'Agent policy',
    purpose: 'What software that acts by itself may do, and who answers for it',
    sections: [
      section('Registration', 'What has to be known of an agent before it runs'),
      section('Permitted actions', 'Which tools and data it may use', ['allowed actions', 'tools']),
      section('Prohibited actions', 'What no agent may do'),
      section('Human oversight', 'Which actions wait for a person', ['oversight']),
      section('Stopping', 'Who can stop an agent, and how fast', ['kill switch', 'incidents']),
    ],
  },
  custom: {
    title: 'Custom policy',
    purpose: 'Whatever else has to be agreed on',
    sections: [section('Scope', 'Whom and what it is for'), section('Rules', 'What has to be kept to')],
  },
}

/** Narrows a text to a kind; throws on one that this version does not know. */
export function policyKind(text: string): PolicyKind {
  const kind = POLICY_KINDS.find(one => one === text)
  if (!kind) throw new Error(`no kind of policy ${text}`)
  return kind
}
