'use client'

import { lazy, type ReactElement, type ReactNode, useState, useTransition } from 'react'
import { AlertDialog, AlertDialogClose } from './ui/alert-dialog.tsx'
import { Button } from './ui/button.tsx'
import { Callout } from './ui/callout.tsx'

const TypedNameField = lazy(() => import('./typed-name-field.tsx'))

export type ConfirmDialogProps = {
  /** A question that names the object: "Revoke EX-041?" */
  title: ReactNode
  /** What will happen, where and how fast. */
  description: ReactNode
  /** The verb on the button: "Revoke". */
  action: string
  /** For what cannot be undone: the person types this name first. */
  typed?: string
  danger?: boolean
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Does it; a returned text is shown as the error and keeps the dialog open. */
  onConfirm: () => Promise<unknown>
  children?: ReactNode
}

/** Asks before an action; with `typed` it asks for the object's name to be typed. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, description, action, typed, danger = true, trigger, onConfirm, children } = props
  const [ownOpen, setOwnOpen] = useState(false)
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const [pending, startTransition] = useTransition()
  const open = props.open ?? ownOpen

  function setOpen(next: boolean) {
    setText('')
    setError(undefined)
    setOwnOpen(next)
    props.onOpenChange?.(next)
  }

  function confirm() {
    startTransition(async () => {
      const problem = await onConfirm()
      if (typeof problem === 'string') setError(problem)
      else setOpen(false)
    })
  }

  return (
    <AlertDialog
      title={title}
      description={description}
      trigger={trigger}
      open={open}
      onOpenChange={setOpen}
      footer={
        <>
          <AlertDialogClose render={<Button variant="secondary">Cancel</Button>} />
          <Button
            variant={danger ? 'destructive' : 'primary'}
            loading={pending}
            disabled={typed !== undefined && text.trim() !== typed}
            onClick={confirm}
          >
            {action}
          </Button>
        </>
      }
    >
      {children}
      {typed === undefined ? null : <TypedNameField name={typed} value={text} onValueChange={setText} />}
      {error ? (
        <Callout tone="bad" live>
          {error}
        </Callout>
      ) : null}
    </AlertDialog>
  )
}
