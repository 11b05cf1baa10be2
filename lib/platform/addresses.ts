import { env } from './env.ts'

/** Where clients reach the gateway: GATEHOUSE_GATEWAY_URL, or its port on this machine. No slash at the end. */
export function gatewayUrl(): string {
  return (env().GATEHOUSE_GATEWAY_URL ?? `http://127.0.0.1:${env().GATEWAY_PORT}`).replace(/\/+$/, '')
}

/** Where people reach the portal: GATEHOUSE_PUBLIC_URL, or its port on this machine. No slash at the end. */
export function portalUrl(): string {
  return (env().GATEHOUSE_PUBLIC_URL ?? `http://localhost:${env().PORT}`).replace(/\/+$/, '')
}
