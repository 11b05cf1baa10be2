import type { ReactNode } from 'react'
import { BrandMark } from '#components/shell/brand.tsx'

/** The frame of the pages one sees without being signed in. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col bg-sunken">
      <header className="flex items-center gap-2.5 px-6 py-5">
        <BrandMark />
        <span className="font-semibold text-ink">Gatehouse</span>
      </header>
      <main className="flex flex-1 flex-col items-center px-4 pt-[6vh] pb-16">{children}</main>
    </div>
  )
}
