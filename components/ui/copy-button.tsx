'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, type ButtonProps } from './button.tsx'

/** Copies text and says so for two seconds. Without a label it is an icon button. */
export function CopyButton({
  text,
  label,
  variant,
  size,
  className,
}: Pick<ButtonProps, 'variant' | 'size' | 'className'> & { text: string; label?: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  const Icon = copied ? Check : Copy
  return (
    <Button
      variant={variant ?? (label ? 'secondary' : 'ghost')}
      size={size ?? (label ? 'md' : 'icon-sm')}
      className={className}
      aria-label={label ? undefined : 'Copy'}
      onClick={async () => {
        await navigator.clipboard.writeText(text)
        setCopied(true)
      }}
    >
      <Icon className="size-3.5" aria-hidden />
      {label ? (copied ? 'Copied' : label) : null}
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </Button>
  )
}
