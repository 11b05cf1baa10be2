'use client'

import { Field as BaseField } from '@base-ui/react/field'
import { Fieldset } from '@base-ui/react/fieldset'
import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { cn } from '#components/cn.ts'
import { FieldLabel, type FieldLabelling } from './field-label.ts'

export type FieldProps = {
  label: ReactNode
  /** What the value does to calls at the gateway, in a sentence. */
  help?: ReactNode
  /** The rule that was broken and the way out; shown in place and read out. */
  error?: ReactNode
  name?: string
  optional?: boolean
  disabled?: boolean
  /** False when the control is a button (Select), so that a click on the label does not press it. */
  nativeLabel?: boolean
  className?: string
  /** Exactly one control: Input, Textarea, Select, Combobox, Switch … */
  children: ReactNode
}

/** Label above, control, then help or error: all tied together for assistive technology. */
export function Field({ label, help, error, name, optional, disabled, nativeLabel, className, children }: FieldProps) {
  const labelling = useLabelling({ help, error, disabled })
  return (
    <BaseField.Root
      name={name}
      invalid={Boolean(error)}
      disabled={disabled}
      className={cn('flex min-w-0 flex-col gap-1.5', className)}
    >
      <BaseField.Label
        id={labelling.labelId}
        className="font-medium text-ink text-sm"
        nativeLabel={nativeLabel}
        onClick={nativeLabel === false ? () => document.getElementById(labelling.controlId)?.focus() : undefined}
        render={nativeLabel === false ? <div /> : undefined}
      >
        {label}
        {optional ? <span className="ml-1.5 font-normal text-muted">optional</span> : null}
      </BaseField.Label>
      <FieldLabel value={labelling}>{children}</FieldLabel>
      <FieldNotes help={help} error={error} id={labelling.controlId} />
    </BaseField.Root>
  )
}

/** A checkbox, switch or radio with its label at the right and its help below the label. */
export function FieldRow({ label, help, error, name, disabled, className, children }: FieldProps) {
  const labelling = useLabelling({ help, error, disabled })
  return (
    <BaseField.Root
      name={name}
      invalid={Boolean(error)}
      disabled={disabled}
      className={cn('grid grid-cols-[auto_1fr] items-start gap-x-2.5 gap-y-0.5', className)}
    >
      <div className="flex h-5 items-center">
        <FieldLabel value={labelling}>{children}</FieldLabel>
      </div>
      <BaseField.Label id={labelling.labelId} className="font-medium text-ink text-sm">
        {label}
      </BaseField.Label>
      <div className="col-start-2 flex flex-col gap-1">
        <FieldNotes help={help} error={error} id={labelling.controlId} />
      </div>
    </BaseField.Root>
  )
}

function useLabelling({ help, error, disabled }: Pick<FieldProps, 'help' | 'error' | 'disabled'>): FieldLabelling {
  const id = useId()
  const notes = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ')
  return {
    labelId: `${id}-label`,
    controlId: id,
    disabled,
    invalid: Boolean(error),
    ...(notes ? { describedBy: notes } : {}),
  }
}

function FieldNotes({ help, error, id }: Pick<FieldProps, 'help' | 'error'> & { id: string }) {
  return (
    <>
      {help ? (
        <BaseField.Description id={`${id}-help`} className="text-muted text-xs">
          {help}
        </BaseField.Description>
      ) : null}
      {error ? (
        <BaseField.Error id={`${id}-error`} match className="flex items-start gap-1.5 text-bad-text text-xs">
          <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
          <span>{error}</span>
        </BaseField.Error>
      ) : null}
    </>
  )
}

/** Several fields under one question; the legend is read before each of them. */
export function FieldGroup({
  legend,
  className,
  children,
}: {
  legend: ReactNode
  className?: string
  children: ReactNode
}) {
  return (
    <Fieldset.Root className={cn('flex min-w-0 flex-col gap-3', className)}>
      <Fieldset.Legend className="font-medium text-ink text-sm">{legend}</Fieldset.Legend>
      {children}
    </Fieldset.Root>
  )
}
