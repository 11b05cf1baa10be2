/** What can be measured about an organization, for criteria to be held against. */

export type FactUnit = 'count' | 'share' | 'days'

interface FactData {
  /** What is counted, as a noun: "API keys in use". */
  readonly label: string
  readonly unit: FactUnit
  /** The page with the rows behind the number. */
  readonly href: string
}

const count = (label: string, href: string): FactData => ({ label, unit: 'count', href })
const share = (label: string, href: string): FactData => ({ label, unit: 'share', href })

export const FACTS = {
  'people.sponsors': count('people with the role Executive', '/admin/people'),
  'people.engineering': count('people with the role Operations, Developer or Team lead', '/admin/people'),
  'people.security': count('people with the role Security', '/admin/people'),
  'people.legal': count('people with the role Legal', '/admin/people'),
  'people.finance': count('people with the role Finance', '/admin/people'),
  'policies.legalReviewed': count('acceptable use policies that legal has reviewed', '/govern/policies'),
  'policies.ratified': count('acceptable use policies that the sponsor has ratified', '/govern/policies'),
  'policies.circulatedTeamsShare': share('teams the acceptable use policy was circulated to', '/govern/policies'),
  'policies.acknowledgedTeamsShare': share(
    'teams whose lead has acknowledged the acceptable use policy',
    '/govern/policies',
  ),
  'policies.agentPolicies': count('ratified agent policies', '/govern/policies'),
  'policies.changes': count('ratified versions that replaced another', '/govern/policies'),
  'tiers.count': count('classification tiers', '/govern/classification'),
  'tiers.withoutContent': count('tiers of which no content is kept', '/govern/classification'),
  'dataSources.classified': count('classified data sources', '/govern/classification'),
  'models.approvedComplete': count('approved models with complete metadata', '/govern/catalog'),
  'models.providersWithComplete': count('providers of approved models with complete metadata', '/govern/catalog'),
  'budgets.organizationCeilings': count(
    'budgets of the whole organization with an action at a threshold',
    '/finance/budgets',
  ),
  'budgets.coveredTeamsShare': share('active teams with a budget of their own', '/finance/budgets'),
  'budgets.alertsFired': count('budget thresholds reached', '/finance/budgets'),
  'providers.withCredential': count('enabled providers with a credential', '/admin/providers'),
  'providers.validated': count('providers that passed their test and answered requests', '/admin/providers'),
  'providers.routedMonth': count('providers that answered requests in 30 days', '/build/usage'),
  'gateway.replicasReady': count('gateways that are ready', '/operate/gateway'),
  'keys.active': count('API keys in use', '/build/keys'),
  'keys.selfServiceShare': share('keys of 90 days issued without anybody’s approval', '/build/keys'),
  'requests.answeredWeek': count('requests answered in 7 days', '/operate/requests'),
  'requests.answeredWithoutKey': count('requests answered without a key in 7 days', '/operate/requests'),
  'requests.recordedMonth': count('requests recorded in 30 days', '/operate/requests'),
  'requests.completeShare': share(
    'answered requests of 7 days with identity, model, tokens and latency',
    '/operate/requests',
  ),
  'requests.daysOfData': { label: 'days since the first recorded request', unit: 'days', href: '/build/usage' },
  'requests.teamsMonth': count('teams that called a model in 30 days', '/build/usage'),
  'requests.byAgentsMonth': count('requests of agents in 30 days', '/operate/requests'),
  'costs.pricedShare': share('requests of 30 days with a price', '/build/usage'),
  'costs.teamsSeenShare': share('teams with traffic in 30 days whose cost is recorded', '/build/usage'),
  'channels.delivered': count('channels whose last delivery arrived', '/admin/notifications'),
  'board.meetingsWithMinutes': count('board meetings with approved minutes', '/govern/board'),
  'board.quartersWithReview': count('quarters in which the board met and approved its minutes', '/govern/board'),
  'board.decisions': count('decisions of the board', '/govern/board/decisions'),
  'exemptions.decided': count('exemptions that were decided', '/govern/exemptions'),
  'guardrails.enabled': count('guardrails that act', '/operate/guardrails'),
  'guardrails.blocking': count('guardrails that block', '/operate/guardrails'),
  'dlp.blocked': count('requests that a guardrail blocked', '/security/dlp'),
  'dlp.judged': count('findings that Security has judged', '/security/dlp'),
  'failover.recoveries': count('failovers and drills that recovered', '/operate/failover-drills'),
  'failover.passedDrills': count('failover drills passed', '/operate/failover-drills'),
  'routes.workloadObjectives': count('different objectives among routes of workloads', '/operate/routes'),
  'contentLog.cleanAudits': count('audits of the content log without a finding', '/security/content-log'),
  'workloads.seenMonth': count('workloads with traffic in 30 days', '/workloads'),
  'workloads.production': count('workloads in production', '/workloads'),
  'workloads.approvedTransitions': count('lifecycle changes of workloads that were approved', '/workloads'),
  'briefs.submitted': count('workload briefs that were submitted', '/workloads/briefs'),
  'briefs.reviewed': count('workload briefs that were reviewed and approved', '/workloads/briefs'),
  'artifacts.commits': count('commits in the repository of governance records', '/assure/artifacts'),
  'artifacts.uncommitted': count('governance records that the repository lacks', '/assure/artifacts'),
  'consistency.checks': count('consistency checks', '/assure/consistency'),
} as const satisfies Record<string, FactData>
export type FactName = keyof typeof FACTS

/** A fact as it was found. */
export interface Observation {
  /** Null: nobody knows, which meets nothing. A share is between 0 and 1. */
  readonly value: number | null
  /** The newest complete periods, newest first, for criteria that hold over several. */
  readonly periods?: readonly { readonly period: string; readonly value: number }[]
}

export type Observations = Readonly<Partial<Record<FactName, Observation>>>
