import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import { EarlySubmit } from '#components/form/early-submit.tsx'
import { Providers } from '#components/providers.tsx'
import { themeClass, themeCookie, themeOf } from '#components/theme.ts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Gatehouse', template: '%s · Gatehouse' },
  description: 'AI governance whose decisions bind at the gateway.',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#111412' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const policy = (await headers()).get('content-security-policy') ?? ''
  const theme = themeOf((await cookies()).get(themeCookie)?.value)
  return (
    <html
      lang="en"
      className={cn(GeistSans.variable, GeistMono.variable, themeClass(theme))}
      data-theme={theme}
      suppressHydrationWarning
    >
      <body>
        <EarlySubmit nonce={/'nonce-([^']+)'/.exec(policy)?.[1]} />
        <Providers>{children}</Providers>
      </body>
    </html>
  )
}
