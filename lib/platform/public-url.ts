import { env } from './env.ts'

/** The address people reach the portal at, without a slash at the end: GATEHOUSE_PUBLIC_URL, or this machine's. */
export function publicUrl(): string {
  const { GATEHOUSE_PUBLIC_URL, PORT } = env()
  return (GATEHOUSE_PUBLIC_URL ?? `http://localhost:${PORT}`).replace(/\/+$/, '')
}
