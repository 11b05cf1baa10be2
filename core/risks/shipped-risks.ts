import type { RiskCategory, RiskTreatment } from './risk.ts'

/** A risk that every organization has which lets people use generative models. Ratings are a start, not a judgement. */
export interface ShippedRisk {
  readonly key: string
  readonly title: string
  readonly category: RiskCategory
  readonly description: string
  readonly inherent: readonly [likelihood: number, impact: number]
  readonly residual: readonly [likelihood: number, impact: number]
  readonly treatment: RiskTreatment
  readonly plan: string
}

const risk = (
  key: string,
  title: string,
  category: RiskCategory,
  description: string,
  inherent: ShippedRisk['inherent'],
  residual: ShippedRisk['residual'],
  plan: string,
): ShippedRisk => ({ key, title, category, description, inherent, residual, treatment: 'mitigate', plan })

/** What a new organization's register begins with. */
export const SHIPPED_RISKS: readonly ShippedRisk[] = [
  risk(
    'data-leaves',
    'Sensitive data reaches a model that may not see it',
    'data',
    'People paste customer data, contracts or credentials into prompts, or a workload sends more of a record than the task needs.',
    [4, 5],
    [2, 4],
    'Tiers say who may see what; guardrails find identifiers and secrets before a request leaves.',
  ),
  risk(
    'wrong-answers',
    'A wrong answer is believed and acted on',
    'output',
    'Models state falsehoods in the same tone as facts. Nobody checks, and a decision, a customer or a document is harmed.',
    [4, 4],
    [3, 3],
    'A person reads what leaves the house; workloads have test sets and success measures.',
  ),
  risk(
    'prompt-injection',
    'Instructions hidden in content take a model over',
    'security',
    'Text from outside, in a mail or a web page, tells the model to ignore its task, disclose its context or use its tools.',
    [4, 4],
    [3, 3],
    'Detectors for injected instructions; outside text is kept apart; tools are scoped to what the task needs.',
  ),
  risk(
    'shadow-use',
    'Models are used past the gateway',
    'people',
    'Teams use private accounts or direct keys, so that nobody sees what data goes where and what it costs.',
    [4, 3],
    [2, 3],
    'Keys within minutes without a ticket; provider credentials stay on the server; invoices are compared with usage.',
  ),
  risk(
    'key-theft',
    'A key is stolen and used by others',
    'security',
    'A key ends up in a repository, a log or a chat and is used until somebody notices.',
    [3, 4],
    [2, 3],
    'Keys end, have limits and address lists, and are revoked within a second.',
  ),
  risk(
    'runaway-cost',
    'Cost runs away',
    'cost',
    'A loop, a large batch or a dear model spends in a night what was meant for a quarter.',
    [4, 3],
    [2, 2],
    'Budgets that cannot be overspent, daily limits of keys, alerts on the way there.',
  ),
  risk(
    'provider-outage',
    'A provider fails or changes its model',
    'operation',
    'The only model that a product works with is away, slower, or answers otherwise since a silent update.',
    [3, 4],
    [2, 2],
    'Equivalents and failover, drills that prove them, versions pinned where the provider offers them.',
  ),
  risk(
    'unfair-outcomes',
    'People are treated unfairly',
    'people',
    'Patterns in training data make a model judge people by origin, sex or age, in hiring, credit or support.',
    [3, 5],
    [2, 4],
    'Briefs name the people affected; such uses are reviewed by the board and tested for it.',
  ),
  risk(
    'rights-of-others',
    'Output infringes the rights of others',
    'law',
    'Generated text, code or pictures repeat protected works, or a licence forbids what is done with them.',
    [3, 3],
    [2, 3],
    'Providers that indemnify; code goes through review and licence checks.',
  ),
  risk(
    'unlawful-processing',
    'Personal data is processed without a ground',
    'law',
    'A use has no legal ground, no agreement with the provider, or moves data where it may not be.',
    [3, 5],
    [2, 4],
    'Data sources have owners, tiers and regions; providers are checked before they are connected.',
  ),
  risk(
    'agent-acts',
    'An agent does what nobody wanted',
    'operation',
    'An agent with tools deletes, sends or buys because of a misread instruction, faster than anybody can stop it.',
    [3, 5],
    [2, 4],
    'Tools are listed and scoped, calls that matter wait for a person, and everything can be stopped at once.',
  ),
  risk(
    'skill-loss',
    'People stop being able to judge the work',
    'people',
    'What a model always does is done by nobody else any more; mistakes are no longer seen when it fails.',
    [3, 3],
    [3, 2],
    'Samples are done by hand; reviewers rotate; a workload says what happens without the model.',
  ),
]
