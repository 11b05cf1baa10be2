'use client'

import { Check } from 'lucide-react'
import { shortcutKeys } from '#components/shortcuts/shortcut-keys.ts'
import { useMac, useShortcut } from '#components/shortcuts/use-shortcut.ts'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import type { Problem } from './use-submit.ts'

/** The end of a form: what went wrong as a whole, the one button with its shortcut, and whether it is saved. */
export function FormActions({
  action,
  pending,
  problem,
  refused,
  placed = [],
  saved,
  disabled,
  cancelHref,
  onSubmit,
}: {
  action: string
  pending: boolean
  problem: Problem | undefined
  /** What did not happen when it was refused: "No budget was set". */
  refused?: string
  /** Fields that show their own errors: a problem that is only of these is not said again. */
  placed?: readonly string[]
  saved?: boolean
  disabled?: boolean
  cancelHref?: string
  onSubmit: () => void
}) {
  const mac = useMac()
  useShortcut('mod+Enter', onSubmit, { description: action, enabled: !pending && !disabled })
  const unplaced = problem && !Object.keys(problem.fields).some(field => placed.includes(field))
  return (
    <div className="flex flex-col gap-3">
      {unplaced ? (
        <Callout tone="bad" live title={refused}>
          {problem.message}
        </Callout>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          variant="primary"
          loading={pending}
          disabled={disabled}
          shortcut={shortcutKeys('mod+Enter', mac).join(mac ? '' : ' ')}
        >
          {action}
        </Button>
        {cancelHref ? (
          <ButtonLink href={cancelHref} variant="ghost">
            Cancel
          </ButtonLink>
        ) : null}
        <span role="status" className="inline-flex items-center gap-1.5 text-ok-text text-sm">
          {saved ? (
            <>
              <Check className="size-4" aria-hidden />
              Saved
            </>
          ) : null}
        </span>
      </div>
    </div>
  )
}
