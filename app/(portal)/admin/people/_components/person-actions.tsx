'use client'

import { Link2, UserCheck, UserX } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { useSubmit } from '#components/form/use-submit.ts'
import { formatClock } from '#components/format.ts'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { deactivatePersonAction, reactivatePersonAction } from '#lib/people/actions.ts'
import type { PersonDto } from '#lib/people/schema.ts'
import { createSignInLinkAction } from '#lib/sign-in/actions.ts'

/** What an administrator can do with a person: let them in by a link, end their access, give it back. */
export function PersonActions({ person, keys, self }: { person: PersonDto; keys: number; self: boolean }) {
  if (person.status === 'deactivated') return <Reactivate person={person} />
  return (
    <>
      <SignInLink person={person} />
      {self ? null : <Deactivate person={person} keys={keys} />}
    </>
  )
}

function SignInLink({ person }: { person: PersonDto }) {
  const [link, setLink] = useState<{ url: string; expiresAt: string }>()
  const { submit, pending, problem } = useSubmit(createSignInLinkAction)
  return (
    <Dialog
      title={`Sign-in link for ${person.name}`}
      description="It signs them in once, within 15 minutes. One made before ends."
      trigger={
        <Button>
          <Link2 aria-hidden />
          Sign-in link
        </Button>
      }
      footer={
        link ? (
          <CopyButton text={link.url} label="Copy link" variant="primary" />
        ) : (
          <Button variant="primary" loading={pending} onClick={() => submit({ personId: person.id }, setLink)}>
            Make a link
          </Button>
        )
      }
    >
      {problem ? (
        <Callout tone="bad" live>
          {problem.message}
        </Callout>
      ) : link ? (
        <div className="flex flex-col gap-2 text-sm">
          <output
            aria-label="The sign-in link"
            className="wrap-anywhere rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-xs"
          >
            {link.url}
          </output>
          <p className="text-muted">Shown once. It works until {formatClock(link.expiresAt)} UTC.</p>
        </div>
      ) : (
        <p className="text-sm">Whoever has the link is {person.name}. Hand it over on a way that you trust.</p>
      )}
    </Dialog>
  )
}

function Deactivate({ person, keys }: { person: PersonDto; keys: number }) {
  const [reason, setReason] = useState('')
  const router = useRouter()
  async function deactivate() {
    const result = await deactivatePersonAction({ id: person.id, reason })
    if (!result.ok) return result.error.message
    router.refresh()
  }
  return (
    <ConfirmDialog
      title={`Deactivate ${person.name}?`}
      description={endsText(keys)}
      action="Deactivate"
      typed={person.email}
      onConfirm={deactivate}
      trigger={
        <Button variant="danger">
          <UserX aria-hidden />
          Deactivate
        </Button>
      }
    >
      <Field label="Reason" optional help="Stands in the audit log.">
        <Textarea rows={2} value={reason} onChange={event => setReason(event.target.value)} maxLength={500} />
      </Field>
    </ConfirmDialog>
  )
}

function endsText(keys: number): string {
  const which =
    keys === 0
      ? 'They have no working key.'
      : `Every gateway refuses their ${keys} working ${keys === 1 ? 'key' : 'keys'} with 401 within a second, for good.`
  return `Their sessions and sign-in links end at once. ${which} What they did stays attributed to them.`
}

function Reactivate({ person }: { person: PersonDto }) {
  const { submit, pending, problem } = useSubmit(reactivatePersonAction)
  return (
    <>
      <Button variant="primary" loading={pending} onClick={() => submit({ id: person.id })}>
        <UserCheck aria-hidden />
        Reactivate
      </Button>
      {problem ? (
        <Callout tone="bad" live>
          {problem.message}
        </Callout>
      ) : null}
    </>
  )
}
