import { ROLES, type Role } from '#core/permissions.ts'

/** Names of roles and of these people, by their ids; somebody who is not among them is no longer here. */
export function nameOfIn(people: readonly { id: string; name: string }[]): (id: string) => string {
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return id => ROLES[id as Role] ?? names.get(id) ?? 'somebody who is not here any more'
}

/** "Ana", "Ana for Grace", and "Ana, also for Grace" where her own voice is among those she gives. */
export function deciderText({ name, onBehalfOf }: { name: string; onBehalfOf: readonly string[] }): string {
  const others = onBehalfOf.filter(one => one !== name)
  if (others.length === 0) return name
  return `${name}${others.length < onBehalfOf.length ? ', also' : ''} for ${others.join(', ')}`
}
