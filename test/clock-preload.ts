import { readFileSync } from 'node:fs'

// Loaded before a process under test: its wall clock is off by what a file says at each look.
const file = process.env.TEST_CLOCK_FILE ?? ''
const offMs = () => Number(readFileSync(file, 'utf8'))

globalThis.Date = new Proxy(Date, {
  construct: (real, args, made) => Reflect.construct(real, args.length > 0 ? args : [real.now() + offMs()], made),
  get: (real, name, receiver) => (name === 'now' ? () => real.now() + offMs() : Reflect.get(real, name, receiver)),
})
