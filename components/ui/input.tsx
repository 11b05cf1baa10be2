'use client'

import { Field } from '@base-ui/react/field'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import { controlClass } from './control-class.ts'
import { useEarlyText } from './early-text.ts'

export type InputProps = Omit<Field.Control.Props, 'className' | 'prefix'> & {
  className?: string
  /** Fixed text or icon inside, before what is typed: "USD". */
  prefix?: ReactNode
  /** Fixed text inside, after what is typed: "requests a minute". */
  suffix?: ReactNode
}

/** A one-line text control; inside <Field> it is wired to label, help and error. */
export function Input({ className, prefix, suffix, ref: given, ...props }: InputProps) {
  const ref = useEarlyText(given)
  const control = <Field.Control ref={ref} className={cn(controlClass, 'h-8.5', className)} {...props} />
  if (!prefix && !suffix) return control
  return (
    <div
      className={cn(
        'flex h-8.5 w-full items-center gap-2 rounded-lg border border-line-strong bg-surface px-3 text-sm transition-colors focus-within:border-accent focus-within:outline-2 focus-within:outline-accent/35 hover:border-faint has-data-invalid:border-bad [&_svg]:size-4',
        className,
      )}
    >
      {prefix ? <span className="shrink-0 text-muted">{prefix}</span> : null}
      <Field.Control ref={ref} className="min-w-0 flex-1 bg-transparent text-ink outline-none" {...props} />
      {suffix ? <span className="shrink-0 text-muted">{suffix}</span> : null}
    </div>
  )
}

/** A control of several lines that grows with its text. */
export function Textarea({ className, ref: given, ...props }: ComponentProps<'textarea'>) {
  const ref = useEarlyText(given)
  return (
    <Field.Control
      render={<textarea rows={3} {...props} ref={ref} />}
      className={cn(controlClass, 'field-sizing-content min-h-20 py-2 leading-5', className)}
    />
  )
}
