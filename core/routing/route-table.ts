import type { RouteDocument } from './route.ts'
import { ROUTE_SCOPES } from './route-options.ts'

export interface RouteRecord {
  readonly id: string
  readonly document: RouteDocument
}

/** Whose a request is, and what it asks for. */
export interface RouteSubject {
  readonly model: string
  readonly teamId: string | null
  readonly workload: string | null
}

/** An organization's routes in the order in which they decide. */
export class RouteTable {
  /** Most specific first: by scope, then those for named models, then the older. */
  readonly #ordered: readonly RouteRecord[]
  readonly #ownNames: ReadonlySet<string>

  constructor(routes: Iterable<RouteRecord>) {
    this.#ordered = [...routes].filter(({ document }) => document.enabled).sort(bySpecificity)
    this.#ownNames = new Set(this.#ordered.flatMap(({ document }) => document.callableAs ?? []))
  }

  /** The routes that cover a request, the one that decides first. */
  covering(subject: RouteSubject, isCatalogName: boolean): RouteRecord[] {
    if (this.#ordered.length === 0 || (!isCatalogName && !this.#ownNames.has(subject.model))) return []
    return this.#ordered.filter(({ document }) => {
      if (!isInScope(document, subject)) return false
      if (!isCatalogName) return document.callableAs === subject.model
      const { requestedNames } = document
      return requestedNames.length === 0 || requestedNames.includes(subject.model)
    })
  }

  /** The routes that a team's requests may call by a name of their own, by that name; the one that decides of each. */
  callableBy(teamId: string): ReadonlyMap<string, RouteRecord> {
    const found = new Map<string, RouteRecord>()
    for (const route of this.#ordered) {
      const { callableAs, scope } = route.document
      if (callableAs === null || found.has(callableAs)) continue
      // Which workload a request belongs to is known when it comes.
      if (scope === 'workload' || isInScope(route.document, { model: callableAs, teamId, workload: null })) {
        found.set(callableAs, route)
      }
    }
    return found
  }

  /** These routes with one replaced or added. */
  with(draft: RouteRecord): RouteTable {
    return new RouteTable([...this.#ordered.filter(({ id }) => id !== draft.id), draft])
  }
}

function isInScope({ scope, target }: RouteDocument, { teamId, workload }: RouteSubject): boolean {
  if (scope === 'organization') return true
  return target !== null && target === (scope === 'team' ? teamId : workload)
}

function bySpecificity(a: RouteRecord, b: RouteRecord): number {
  const scope = ROUTE_SCOPES.indexOf(b.document.scope) - ROUTE_SCOPES.indexOf(a.document.scope)
  if (scope !== 0) return scope
  const named = Number(b.document.requestedNames.length > 0) - Number(a.document.requestedNames.length > 0)
  return named !== 0 ? named : a.id < b.id ? -1 : 1
}
