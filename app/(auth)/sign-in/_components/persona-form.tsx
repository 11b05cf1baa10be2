'use client'

import { useActionState } from 'react'
import { Avatar } from '#components/ui/avatar.tsx'
import { Callout } from '#components/ui/callout.tsx'
import type { Role } from '#core/permissions.ts'
import { enterAsPersona } from '#lib/sign-in/enter.ts'
import { PERSONA_VIEWS } from './persona-views.ts'

type Persona = { id: string; name: string; title: string | null; roles: Role[]; team: string | null }

/** The demonstration's people: one click signs in as one of them. */
export function PersonaForm({ personas, next }: { personas: Persona[]; next: string }) {
  const [state, enter, pending] = useActionState(enterAsPersona, null)
  return (
    <form action={enter} className="flex flex-col gap-3" aria-busy={pending}>
      <input type="hidden" name="next" value={next} />
      {state ? (
        <Callout tone="bad" live>
          {state.message}
        </Callout>
      ) : null}
      <ul className="grid gap-2 sm:grid-cols-2">
        {personas.map(persona => (
          <li key={persona.id}>
            <button
              type="submit"
              name="personId"
              value={persona.id}
              disabled={pending}
              className="flex h-full w-full items-start gap-3 rounded-lg border border-line bg-surface px-3 py-2.5 text-left transition-colors hover:border-line-strong hover:bg-hover disabled:opacity-60"
            >
              <Avatar name={persona.name} className="mt-0.5" />
              <span className="flex min-w-0 flex-col">
                <span className="font-medium text-ink">{persona.name}</span>
                <span className="text-muted text-sm">{persona.title}</span>
                <span className="mt-0.5 text-faint text-xs">{viewOf(persona.roles)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </form>
  )
}

function viewOf(roles: Role[]): string {
  const [role] = roles
  return role ? PERSONA_VIEWS[role] : 'Own records'
}
