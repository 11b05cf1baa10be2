'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field, FieldRow } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { toast } from '#components/ui/toast.ts'
import { removeRemoteAction, setRemoteAction } from '#lib/artifacts/actions.ts'
import type { RemoteDto } from '#lib/artifacts/schema.ts'

const EMPTY = {
  url: '',
  branch: 'main',
  proposalsBranch: 'proposals',
  username: 'git',
  allowPrivateNetwork: false,
}

/** Says where the repository is pushed to. */
export function SetRemote({ remote }: { remote: RemoteDto | null }) {
  const { url, branch, proposalsBranch, username, allowPrivateNetwork } = remote ?? EMPTY
  const [form, setForm] = useState({ url, branch, proposalsBranch, username, allowPrivateNetwork })
  const [password, setPassword] = useState('')
  const [open, setOpen] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const change = (part: Partial<typeof form>) => setForm(before => ({ ...before, ...part }))

  function save() {
    startTransition(async () => {
      const result = await setRemoteAction({ ...form, ...(password ? { password } : {}) })
      setProblem(result.ok ? null : result.error.message)
      if (!result.ok) return
      setOpen(false)
      toast.success('The next commit is pushed there')
      router.refresh()
    })
  }

  return (
    <Dialog
      title={remote ? 'Change the remote' : 'Push the repository to a remote'}
      description="A Git server that takes HTTPS with a user and a token. It is pushed to, never by force."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>{remote ? 'Change' : 'Set a remote'}</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Address" help="Without user and password.">
          <Input
            inputMode="url"
            placeholder="https://git.example.com/governance.git"
            value={form.url}
            onValueChange={value => change({ url: value })}
          />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Branch" help="Only ours: a commit of others there stops the push.">
            <Input value={form.branch} onValueChange={value => change({ branch: value })} />
          </Field>
          <Field label="Proposals" help="The branch on which others change files.">
            <Input value={form.proposalsBranch} onValueChange={value => change({ proposalsBranch: value })} />
          </Field>
          <Field label="User">
            <Input value={form.username} onValueChange={value => change({ username: value })} />
          </Field>
          <Field
            label="Password or token"
            help={remote?.hasPassword ? 'Leave it empty to keep the one there is.' : 'Kept encrypted, never shown.'}
          >
            <Input type="password" autoComplete="off" value={password} onValueChange={setPassword} />
          </Field>
        </div>
        <FieldRow label="It is in a private network" help="Allows addresses of this network, and plain http there.">
          <Switch
            checked={form.allowPrivateNetwork}
            onCheckedChange={checked => change({ allowPrivateNetwork: checked })}
          />
        </FieldRow>
        {problem ? (
          <Callout tone="bad" live>
            {problem}
          </Callout>
        ) : null}
      </div>
    </Dialog>
  )
}

/** Stops pushing. */
export function RemoveRemote({ url }: { url: string }) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function remove() {
    startTransition(async () => {
      const result = await removeRemoteAction({ reason })
      setProblem(result.ok ? null : result.error.message)
      if (!result.ok) return
      setOpen(false)
      router.refresh()
    })
  }

  return (
    <Dialog
      title="Push there no more?"
      description={`What was pushed to ${url} stays there.`}
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="ghost">Remove</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="danger" loading={pending} onClick={remove}>
            Remove the remote
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Why" help="Stands in the audit log.">
          <Input maxLength={500} value={reason} onValueChange={setReason} />
        </Field>
        {problem ? (
          <Callout tone="bad" live>
            {problem}
          </Callout>
        ) : null}
      </div>
    </Dialog>
  )
}
