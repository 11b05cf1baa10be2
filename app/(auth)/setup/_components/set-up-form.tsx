'use client'

import { useActionState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { enterBySetUp } from '#lib/sign-in/enter.ts'

const FIELDS = [
  {
    name: 'code',
    label: 'Set-up code',
    help: 'Printed by the start script, in the terminal it runs in.',
    autoComplete: 'off',
    spellCheck: false,
    className: 'font-mono',
  },
  { name: 'organizationName', label: 'Organization', help: 'As people know it.', autoComplete: 'organization' },
  { name: 'teamName', label: 'First team', help: 'Keys belong to a team; its bounds say what a key may spend.' },
  { name: 'name', label: 'Your name', autoComplete: 'name' },
  { name: 'email', label: 'Your e-mail address', help: 'Single sign-on knows you by it.', autoComplete: 'email' },
] as const

export function SetUpForm() {
  const [state, enter, pending] = useActionState(enterBySetUp, null)
  const errors = new Map(state?.fields.map(({ field, message }) => [field, message]))
  return (
    <form action={enter} className="flex flex-col gap-4" noValidate>
      {state && errors.size === 0 ? (
        <Callout tone="bad" live>
          {state.message}
        </Callout>
      ) : null}
      {FIELDS.map(({ name, label, ...field }) => (
        <Field key={name} label={label} help={'help' in field ? field.help : undefined} error={errors.get(name)}>
          <Input
            name={name}
            type={name === 'email' ? 'email' : 'text'}
            required
            defaultValue={state?.values[name] ?? ''}
            autoComplete={'autoComplete' in field ? field.autoComplete : undefined}
            spellCheck={'spellCheck' in field ? field.spellCheck : undefined}
            className={'className' in field ? field.className : undefined}
          />
        </Field>
      ))}
      <div>
        <Button type="submit" variant="primary" size="lg" loading={pending}>
          Create organization
        </Button>
      </div>
    </form>
  )
}
