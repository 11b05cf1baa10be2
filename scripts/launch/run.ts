import { spawn } from 'node:child_process'
import { ROOT } from './environment.ts'

export interface Ran {
  code: number
  output: string
}

/** Runs a program of the packages to its end, its output shown, or kept when `quiet`. */
export function run(
  args: string[],
  options: { quiet?: boolean; variables?: Record<string, string> } = {},
): Promise<Ran> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...options.variables } as NodeJS.ProcessEnv,
      stdio: ['ignore', options.quiet ? 'pipe' : 'inherit', options.quiet ? 'pipe' : 'inherit'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.once('error', error => resolve({ code: 1, output: `${output}${error.message}\n` }))
    child.once('close', (code, signal) => resolve({ code: code ?? (signal ? 1 : 0), output }))
  })
}
