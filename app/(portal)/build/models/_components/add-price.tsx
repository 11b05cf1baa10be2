'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { toast } from '#components/ui/toast.ts'
import { addModelPriceAction } from '#lib/models/actions.ts'
import type { PriceAmountsDto } from '#lib/models/schema.ts'
import { NO_PRICE, PRICE_CLASSES, PriceFields, type PriceText, priceAmountsOf } from './price-fields.tsx'

/** Adds a price that follows the one in force. */
export function AddPrice({ id, name, current }: { id: string; name: string; current: PriceAmountsDto | null }) {
  const [open, setOpen] = useState(false)
  const [price, setPrice] = useState(() => textOf(current))
  const [validFrom, setValidFrom] = useState('')
  const [source, setSource] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function add() {
    setProblem(undefined)
    startTransition(async () => {
      const result = await addModelPriceAction({
        id,
        usdPerMillionTokens: priceAmountsOf(price),
        ...(validFrom ? { validFrom: `${validFrom}T00:00:00.000Z` } : {}),
        ...(source.trim() ? { source: source.trim() } : {}),
      })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      toast.success(`${name} has a new price`, {
        description: validFrom
          ? `Calls from ${validFrom} on are charged with it.`
          : 'Calls from now on are charged with it.',
      })
      router.refresh()
    })
  }

  return (
    <Dialog
      title={`Add a price for ${name}`}
      description="It follows the price in force; what was charged before stays as it was."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>{current ? 'Add price' : 'Set price'}</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={add}>
            Add price
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <PriceFields value={price} onChange={setPrice} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Valid from" optional help="Left out: from now on. Days are in UTC.">
            <Input type="date" value={validFrom} onValueChange={setValidFrom} />
          </Field>
          <Field label="Source" optional help="Where the price was read.">
            <Input value={source} onValueChange={setSource} placeholder="vendor price list" maxLength={200} />
          </Field>
        </div>
        {problem ? (
          <Callout tone="bad" live>
            {problem}
          </Callout>
        ) : null}
      </div>
    </Dialog>
  )
}

function textOf(current: PriceAmountsDto | null): PriceText {
  if (!current) return NO_PRICE
  return Object.fromEntries(PRICE_CLASSES.map(({ key }) => [key, current[key] ?? ''])) as PriceText
}
