'use client'

import { Radio } from '@base-ui/react/radio'
import { RadioGroup as Base } from '@base-ui/react/radio-group'
import { type ReactNode, useId } from 'react'
import { cn } from '#components/cn.ts'
import { useFieldLabel } from './field-label.ts'

export type RadioItem<Value extends string = string> = {
  value: Value
  label: ReactNode
  help?: ReactNode
  disabled?: boolean
}

export type RadioGroupProps<Value extends string> = {
  items: readonly RadioItem<Value>[]
  value?: Value
  defaultValue?: Value
  onValueChange?: (value: Value) => void
  name?: string
  disabled?: boolean
  className?: string
  'aria-label'?: string
}

/** One of a few, all visible, each with its consequence below. */
export function RadioGroup<Value extends string>({
  items,
  className,
  onValueChange,
  ...props
}: RadioGroupProps<Value>) {
  const named = useFieldLabel(props['aria-label'])
  return (
    <Base
      className={cn('flex flex-col gap-2', className)}
      onValueChange={value => onValueChange?.(value as Value)}
      {...named}
      {...props}
    >
      {items.map(item => (
        <RadioOption key={item.value} item={item} />
      ))}
    </Base>
  )
}

function RadioOption({ item }: { item: RadioItem }) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5 text-sm has-data-disabled:opacity-50">
      <Radio.Root
        id={id}
        value={item.value}
        disabled={item.disabled}
        // Within a Field, each would be named like the whole group otherwise.
        aria-labelledby={`${id}-label`}
        aria-describedby={item.help ? `${id}-help` : undefined}
        className="relative mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-faint bg-surface after:absolute after:-inset-1 data-checked:border-accent"
      >
        <Radio.Indicator className="size-2 rounded-full bg-accent data-unchecked:hidden" />
      </Radio.Root>
      <div>
        <label id={`${id}-label`} htmlFor={id} className="block font-medium">
          {item.label}
        </label>
        {item.help ? (
          <p id={`${id}-help`} className="text-muted text-xs">
            {item.help}
          </p>
        ) : null}
      </div>
    </div>
  )
}
