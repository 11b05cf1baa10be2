'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { toast } from '#components/ui/toast.ts'
import { updateCachePolicyAction } from '#lib/cache/actions.ts'
import type { CachePolicyDto } from '#lib/cache/schema.ts'
import { RuleFields, type RuleValues, toRules } from './rule-fields.tsx'

/** Changes a policy's rules; whom it covers stays. */
export function ChangePolicy({ policy }: { policy: CachePolicyDto }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [values, setValues] = useState<RuleValues & { reason: string }>(() => valuesOf(policy))
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const set = (change: Partial<typeof values>) => setValues(now => ({ ...now, ...change }))

  const save = () =>
    startTransition(async () => {
      setProblem(undefined)
      const { reason, ...rules } = values
      const result = await updateCachePolicyAction({ id: policy.id, reason, ...toRules(rules) })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      toast.success(`${policy.name} is changed, and begins anew`)
      router.refresh()
    })

  return (
    <Dialog
      title={`Change ${policy.name}`}
      description="In force on every replica within a second. What it has kept is dropped."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="primary">Change</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={save}>
            Change policy
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <RuleFields values={values} set={set} errors={{}} />
        <Field label="Reason" optional help="Stands in the history of the policy.">
          <Input maxLength={500} value={values.reason} onValueChange={reason => set({ reason })} />
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

function valuesOf(policy: CachePolicyDto): RuleValues & { reason: string } {
  const { ttlSeconds, maxAnswerBytes, maxBytes, sharing, shared, deterministicOnly, includeTools } = policy
  return {
    ...{ sharing, shared, deterministicOnly, includeTools },
    ttlSeconds: String(ttlSeconds),
    maxAnswerBytes: String(maxAnswerBytes),
    maxBytes: String(maxBytes),
    reason: '',
  }
}
