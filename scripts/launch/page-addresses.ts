/** The REST API as somebody who may read everything. */
export interface Reads {
  get<T>(path: string): Promise<T>
}

/** Where the REST API lists the records of a page that shows one. */
const LISTS: Readonly<Record<string, string>> = {
  '/admin/notifications/[id]': '/notification-channels',
  '/admin/people/[id]': '/people',
  '/admin/providers/[id]': '/providers',
  '/admin/teams/[id]': '/teams',
  '/approvals/[id]': '/approvals?view=all',
  '/assure/artifacts/[id]': '/artifacts/commits',
  '/assure/maturity/[id]': '/maturity/criteria?kind=exit',
  '/build/keys/[id]': '/keys',
  '/build/models/[id]': '/models',
  '/build/models/[id]/edit': '/models',
  '/govern/board/decisions/[id]': '/board/decisions',
  '/govern/board/meetings/[id]': '/board/meetings',
  '/govern/policies/[id]': '/policies',
  '/govern/policies/[id]/edit': '/policies',
  '/finance/budgets/[id]': '/budgets',
  '/govern/catalog/[id]': '/models',
  '/govern/catalog/requests/[id]': '/model-requests',
  '/govern/exemptions/[id]': '/exemptions?view=all',
  '/govern/risks/[id]': '/risks',
  '/govern/risks/[id]/assess': '/risks',
  '/operate/cache/[id]': '/cache/policies',
  '/operate/failover-drills/[id]': '/failover-drills',
  '/operate/rate-limits/[id]': '/rate-limits',
  '/operate/requests/[id]': '/requests',
  '/operate/routes/[id]': '/routes',
  '/operate/routes/[id]/edit': '/routes',
  '/security/audit/[id]': '/audit',
  '/workloads/[id]': '/workloads',
  '/workloads/briefs/[id]': '/briefs',
}

/** An address of a route: of a record's page, that of the first record. Throws for a route without a list above. */
export async function addressOf(route: string, api: Reads): Promise<string> {
  if (!route.includes('[')) return route
  if (route === '/docs/[slug]') return '/docs/quickstart'
  if (route === '/docs/api/[resource]') return '/docs/api/keys'
  if (route === '/approvals/policies/[kind]') return '/approvals/policies/budget_increase'
  const list = LISTS[route]
  if (!list) throw new Error(`scripts/launch/page-addresses.ts does not say where the records of ${route} are listed`)
  const { data } = await api.get<{ data: { id: string }[] }>(`${list}${list.includes('?') ? '&' : '?'}limit=1`)
  const id = data[0]?.id
  if (!id) throw new Error(`there is no record for ${route}`)
  return route.replace('[id]', id)
}
