import { isId } from '#core/ids.ts'
import { DomainError, notFound } from '#lib/platform/errors.ts'
import type { Operation } from '#lib/platform/operation.ts'

export interface FoundOperation {
  operation: Operation
  params: Record<string, string>
}

/** The path exists, the method does not; `allow` names those that do. */
export class MethodNotAllowed extends DomainError {
  readonly allow: string
  constructor(method: string, allow: string[]) {
    super('method_not_allowed', `This path does not take ${method}. It takes ${allow.join(', ')}.`)
    this.allow = allow.join(', ')
  }
}

/**
 * The operation for a method and a path below /api/v1. A fixed segment wins over a parameter. Throws
 * `not_found` when no path matches or an id in it is no UUID, `MethodNotAllowed` when only the method is wrong.
 */
export function findOperation(operations: readonly Operation[], method: string, path: string): FoundOperation {
  const candidates = operations
    .map(operation => ({ operation, params: matchPath(operation.path, path) }))
    .filter((found): found is FoundOperation => found.params !== null)
    .sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)
  const [first] = candidates
  if (!first) throw notFound('path')
  const same = candidates.filter(found => found.operation.path === first.operation.path)
  const found = same.find(candidate => candidate.operation.method === (method === 'HEAD' ? 'GET' : method))
  if (!found) {
    throw new MethodNotAllowed(
      method,
      same.map(candidate => candidate.operation.method),
    )
  }
  for (const [name, value] of Object.entries(found.params)) {
    if (/^id$|Id$/.test(name) && !isId(value)) throw notFound('record')
  }
  return found
}

function matchPath(template: string, path: string): Record<string, string> | null {
  const expected = template.split('/')
  const given = path.split('/')
  if (expected.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [index, segment] of expected.entries()) {
    const value = decodeSegment(given[index] ?? '')
    if (value === null || (value === '') !== (segment === '')) return null
    const name = /^\{(\w+)\}$/.exec(segment)?.[1]
    if (name) params[name] = value
    else if (segment !== value) return null
  }
  return params
}

function decodeSegment(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
