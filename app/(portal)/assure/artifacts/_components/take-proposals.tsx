'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { proposeChangesAction, proposeFromRemoteAction } from '#lib/artifacts/actions.ts'
import type { ProposalDto } from '#lib/artifacts/schema.ts'

/** Takes changed files as changes to be reviewed: those chosen here, or those on the remote's branch of proposals. */
export function TakeProposals({ fromRemote }: { fromRemote: string | null }) {
  const [files, setFiles] = useState<readonly { path: string; content: string }[]>([])
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [taken, setTaken] = useState<readonly ProposalDto[] | null>(null)
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  async function choose(list: FileList | null) {
    const chosen = [...(list ?? [])]
    const read = chosen.map(async file => {
      const folder = file.name.endsWith('.md') ? 'policy' : 'model'
      return { path: `${folder}/${file.name}`, content: await file.text() }
    })
    setFiles(await Promise.all(read))
  }

  function take(from: 'files' | 'remote') {
    startTransition(async () => {
      const result =
        from === 'remote'
          ? await proposeFromRemoteAction({ reason })
          : await proposeChangesAction({ files: [...files], reason })
      setProblem(result.ok ? null : result.error.message)
      if (!result.ok) return
      setTaken(result.data.data)
      router.refresh()
    })
  }

  return (
    <Dialog
      title="Take changes from the repository"
      description="A policy’s text goes to Legal, a model’s metadata to those who decide on the catalog. Nothing changes before they approve."
      onOpenChange={() => {
        setTaken(null)
        setProblem(null)
      }}
      trigger={<Button>Take changes</Button>}
      footer={
        <>
          <DialogClose render={<Button>Close</Button>} />
          {fromRemote ? (
            <Button loading={pending} onClick={() => take('remote')}>
              Take from {fromRemote}
            </Button>
          ) : null}
          <Button variant="primary" loading={pending} disabled={files.length === 0} onClick={() => take('files')}>
            Take {files.length === 1 ? 'the file' : `${files.length} files`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Files" help="policy/*.md and model/*.yaml, as they lie in the repository, changed.">
          <input
            type="file"
            multiple
            accept=".md,.yaml"
            className="text-sm"
            onChange={event => void choose(event.target.files)}
          />
        </Field>
        <Field label="What the change is for" help="Those who review read it.">
          <Input maxLength={500} value={reason} onValueChange={setReason} />
        </Field>
        {taken ? (
          <ul className="flex flex-col gap-1 text-sm" aria-live="polite">
            {taken.map(({ path, name, outcome, approvalId }) => (
              <li key={path}>
                {outcome === 'unchanged' ? (
                  `${name} is as it was`
                ) : (
                  <Link href={`/approvals/${approvalId}`} className="underline underline-offset-3">
                    {name} waits for its review
                  </Link>
                )}
              </li>
            ))}
          </ul>
        ) : null}
        {problem ? (
          <Callout tone="bad" live>
            {problem}
          </Callout>
        ) : null}
      </div>
    </Dialog>
  )
}
