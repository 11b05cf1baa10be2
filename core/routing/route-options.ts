/** Whose requests a route decides, widest first: the most specific one that covers a request wins. */
export const ROUTE_SCOPES = ['organization', 'team', 'workload'] as const
export type RouteScope = (typeof ROUTE_SCOPES)[number]

/** What a route prefers: the least cost, the shortest measured wait, or a weighted balance. */
export const ROUTE_OBJECTIVES = ['cheapest', 'fastest', 'balanced'] as const
export type RouteObjective = (typeof ROUTE_OBJECTIVES)[number]

/** What candidates are scored by. */
export const ROUTE_FACTORS = ['cost', 'latency', 'errors', 'capability', 'preference'] as const
export type RouteFactor = (typeof ROUTE_FACTORS)[number]
