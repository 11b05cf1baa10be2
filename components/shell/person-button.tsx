import type { ComponentProps } from 'react'
import { Avatar } from '#components/ui/avatar.tsx'

export type ShellPerson = {
  name: string
  /** E-mail address or role: the second line. */
  detail?: string
}

/** The person's initials, which open the menu. */
export function PersonButton({ person, ...props }: ComponentProps<'button'> & { person: ShellPerson }) {
  return (
    <button type="button" aria-haspopup="menu" className="rounded-full" {...props}>
      <Avatar name={person.name} />
      <span className="sr-only">{person.name}: account and theme</span>
    </button>
  )
}
