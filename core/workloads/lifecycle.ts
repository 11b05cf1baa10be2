/** Where a workload stands, in the order in which it gets there. */
export const WORKLOAD_LIFECYCLES = ['development', 'staging', 'production', 'deprecated', 'decommissioned'] as const
export type WorkloadLifecycle = (typeof WORKLOAD_LIFECYCLES)[number]

export const ENVIRONMENTS = ['development', 'staging', 'production'] as const
export type Environment = (typeof ENVIRONMENTS)[number]

/** Where a workload may go from where it stands. Nothing leads out of the end, and production is reached from staging. */
export const TRANSITIONS: Readonly<Record<WorkloadLifecycle, readonly WorkloadLifecycle[]>> = {
  development: ['staging', 'decommissioned'],
  staging: ['production', 'development', 'decommissioned'],
  production: ['deprecated', 'staging'],
  deprecated: ['decommissioned', 'production'],
  decommissioned: [],
}

const REACH: Readonly<Record<WorkloadLifecycle, readonly Environment[]>> = {
  development: ['development'],
  staging: ['development', 'staging'],
  production: ENVIRONMENTS,
  deprecated: ENVIRONMENTS,
  decommissioned: [],
}

/** The environments whose keys may make calls of a workload that stands there. */
export function environmentsOf(lifecycle: WorkloadLifecycle): readonly Environment[] {
  return REACH[lifecycle]
}

/** Whether a workload may go from one place to another at all; criteria and an approval come besides. */
export function mayGo(from: WorkloadLifecycle, to: WorkloadLifecycle): boolean {
  return TRANSITIONS[from].includes(to)
}
