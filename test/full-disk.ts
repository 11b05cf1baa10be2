import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

// Loaded into a real gateway process before it starts: while the file named here exists, the disk takes no more.
const sign = process.env.TEST_FULL_DISK_SIGN ?? ''
const STANDARD_STREAMS = 2
const write = fs.writeSync as (...given: unknown[]) => number

Object.assign(fs, {
  writeSync: (descriptor: number, ...rest: unknown[]): number => {
    if (descriptor > STANDARD_STREAMS && fs.existsSync(sign)) {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 })
    }
    return write(descriptor, ...rest)
  },
})
syncBuiltinESMExports()
