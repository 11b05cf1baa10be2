'use client'

import { Button as BaseButton } from '@base-ui/react/button'
import { cva, type VariantProps } from 'class-variance-authority'
import { LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import { Kbd } from './kbd.tsx'

export const buttonVariants = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-lg border font-medium text-sm transition-colors disabled:opacity-50 data-disabled:cursor-not-allowed data-disabled:opacity-50 [&_svg:not([class*=size-])]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover',
        secondary: 'border-line-strong bg-surface text-ink hover:bg-hover',
        ghost: 'border-transparent text-ink hover:bg-hover',
        danger: 'border-line-strong bg-surface text-bad-text hover:border-bad hover:bg-bad-soft',
        destructive: 'border-transparent bg-bad-text text-surface hover:opacity-90',
        link: 'border-transparent text-accent-text underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-7 gap-1.5 rounded-md px-2.5',
        md: 'h-8 px-3',
        lg: 'h-9 px-4',
        icon: 'size-8',
        'icon-sm': 'size-7 rounded-md',
      },
    },
    compoundVariants: [{ variant: 'link', class: 'h-auto px-0' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

type Variants = VariantProps<typeof buttonVariants>

export type ButtonProps = Omit<BaseButton.Props, 'className'> &
  Variants & {
    className?: string
    /** Shows a spinner, keeps the focus and ignores presses. */
    loading?: boolean
    /** The key that does the same, shown inside: "A", "⌘↵". The page binds it. */
    shortcut?: string
  }

/** A button. One primary a screen; `danger` opens a confirmation, `destructive` is its last step. */
export function Button({ variant, size, className, loading, shortcut, disabled, children, ...props }: ButtonProps) {
  return (
    <BaseButton
      className={cn(buttonVariants({ variant, size }), className)}
      disabled={disabled || loading}
      focusableWhenDisabled={loading}
      aria-busy={loading || undefined}
      {...props}
    >
      {loading ? <LoaderCircle className="animate-spin" aria-hidden /> : null}
      {children}
      {shortcut ? (
        <Kbd inherit aria-hidden>
          {shortcut}
        </Kbd>
      ) : null}
    </BaseButton>
  )
}

/** A link that looks like a button. */
export function ButtonLink({
  variant,
  size,
  className,
  ...props
}: ComponentProps<typeof Link> & Variants & { children: ReactNode }) {
  return <Link className={cn(buttonVariants({ variant, size }), className)} {...props} />
}
