/**
 * What may be done. A role grants a permission at a scope (see role-grants.ts): on one's own records, on those of the
 * teams one leads or belongs to, or on the whole organization. Server and browser read this same table.
 */

/** How far a grant reaches, from narrow to wide. */
export const SCOPES = ['own', 'team', 'organization'] as const
export type Scope = (typeof SCOPES)[number]

export const PERMISSIONS = {
  'organization.read': 'See the organization and its settings',
  'organization.manage': 'Change settings, remove demonstration data',
  'people.read': 'See people',
  'people.manage': 'Add, change and deactivate people, give roles',
  'teams.read': 'See teams',
  'teams.manage': 'Create and change teams, members and key bounds',
  'serviceTokens.read': 'See service tokens',
  'serviceTokens.manage': 'Issue and revoke service tokens',
  'providers.read': 'See providers',
  'providers.manage': 'Add providers and their credentials',
  'models.read': 'See the model catalog',
  'models.manage': 'Change the model catalog and its prices',
  'models.approve': 'Let more be done with a model without asking, where the approval policy leaves that way',
  'models.request': 'Ask for a model that the catalog does not offer',
  'keys.read': 'See API keys',
  'keys.issue': 'Issue API keys',
  'keys.manage': 'Rotate and revoke API keys',
  'playground.use': 'Call models from the playground',
  'usage.read': 'See spend, tokens and latency',
  'requests.read': 'See governed requests',
  'budgets.read': 'See budgets and what is left of them',
  'budgets.request': 'Ask for a higher budget',
  'budgets.manage': 'Set budgets and decide on requests for more',
  'approvals.read': 'See requests that people decide',
  'approvals.decide': 'Decide requests, where their policy names one',
  'approvals.manage': 'Change how requests are decided and who stands in for whom',
  'board.read': 'See the review board, its meetings and decisions',
  'board.manage': 'Run the review board: charter, agenda, decisions and minutes',
  'board.vote': 'Vote on the review board, where its charter names one',
  'exemptions.read': 'See exemptions, what uses them and what is left of them',
  'exemptions.request': 'Ask for an exemption, and for more time',
  'exemptions.manage': 'Revoke exemptions and say how long they may last',
  'risks.read': 'See the risk register',
  'risks.manage': 'Assess risks, link their controls and ask for their acceptance',
  'notifications.read': 'See notification channels and what they delivered',
  'notifications.manage': 'Set up notification channels, and what others hear',
  'rateLimits.read': 'See rate limits, what is used of them and who runs into them',
  'rateLimits.manage': 'Set rate limits',
  'gateway.read': 'See the gateway fleet',
  'routes.read': 'See routes, why a model was chosen, and failover drills',
  'routes.manage': 'Change routes, run and plan failover drills',
  'cache.read': 'See cache policies and what they saved',
  'cache.manage': 'Change cache policies and drop what is kept',
  'guardrails.read': 'See classification tiers, guardrails and what they found',
  'guardrails.manage': 'Change classification tiers and guardrails, judge findings',
  'policies.read': 'Read policies and their versions',
  'policies.manage': 'Write policies, circulate them, link their clauses to what enforces them',
  'acknowledgements.read': 'See who has acknowledged which policy',
  'content.list': 'See which content is kept, who read it and what its audits found',
  'content.read': 'Read the content of requests whose tier keeps it in full',
  'content.readRestricted': 'Read content of restricted tiers, each time with a reason',
  'content.manage': 'Switch the content log on and off, renew its key, run its audit',
  'maturity.read': 'See the maturity criteria, and say what one believes of them',
  'maturity.attest': 'Attest what no record can show',
  'maturity.manage': 'Ask the board to excuse a criterion or to advance',
  'annotations.read': 'See the comments, files and links of records that one may see',
  'annotations.write': 'Comment on records that one may see, attach files, link them',
  'artifacts.read': 'See the repository of governance records',
  'artifacts.manage': 'Say where the repository is pushed to, and propose changes from it',
  'consistency.read': 'See where records do not fit together',
  'audit.read': 'Read and export the audit log',
  'workloads.read': 'See workloads and their briefs',
  'workloads.propose': 'Write briefs for workloads',
  'workloads.manage': 'Change workloads, review them, ask for their lifecycle to change',
} as const satisfies Record<string, string>
export type Permission = keyof typeof PERMISSIONS

export const ROLES = {
  developer: 'Developer',
  team_lead: 'Team lead',
  approver: 'Approver',
  security: 'Security',
  finance: 'Finance',
  operations: 'Operations',
  board_member: 'Board member',
  legal: 'Legal',
  executive: 'Executive',
  administrator: 'Administrator',
  auditor: 'Auditor',
} as const satisfies Record<string, string>
export type Role = keyof typeof ROLES
export type Grants = Partial<Record<Permission, Scope>>

export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text)
}

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(PERMISSIONS, text)
}
