import { Worker } from 'node:worker_threads'

/** The programs of the threads that a gateway starts when it has work for them. */
const THREADS = ['./content/content-worker.ts', './inspection/inspection-worker.ts']

/**
 * Loads what the threads are made of, as the process that calls this has loaded what a gateway is. Where
 * NODE_COMPILE_CACHE names a folder, Node keeps all of it there without types, when the process ends: a gateway that
 * finds it has no use for a compiler of TypeScript, which every thread would hold in memory for itself.
 *
 * @see https://nodejs.org/api/module.html#module-compile-cache
 */
export async function compileThreads(): Promise<void> {
  await Promise.all(THREADS.map(program => load(new URL(program, import.meta.url).href)))
}

async function load(program: string): Promise<void> {
  // What a program does without work does not matter: its modules are there by then.
  const source = `import(${JSON.stringify(program)}).catch(() => {}).then(() => process.exit())`
  const thread = new Worker(source, { eval: true })
  await new Promise((resolve, reject) => thread.once('exit', resolve).once('error', reject))
}
