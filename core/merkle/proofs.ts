import { hashNode, rootOf } from './tree.ts'

/** PATH(m, D[n]) of RFC 6962, 2.1.1: the hashes that lead from leaf `index` to the root. Throws outside the tree. */
export function proveInclusion(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`leaf ${index} is not in a tree of ${leaves.length}`)
  }
  if (leaves.length === 1) return []
  const split = splitAt(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  if (index < split) return [...proveInclusion(left, index), rootOf(right)]
  return [...proveInclusion(right, index - split), rootOf(left)]
}

/** Whether a leaf hash is at `index` of the tree of that size and root (RFC 9162, 2.1.3.2). */
export function verifyInclusion(
  leafHash: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (index < 0 || index >= size) return false
  let [fn, sn] = [index, size - 1]
  let hash: Buffer = Buffer.from(leafHash)
  for (const step of proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      hash = hashNode(step, hash)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else {
      hash = hashNode(hash, step)
    }
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && hash.equals(root)
}

/** PROOF(m, D[n]) of RFC 6962, 2.1.2: that the tree of the first `older` leaves is a beginning of this one. */
export function proveConsistency(leaves: readonly Uint8Array[], older: number): Buffer[] {
  if (!Number.isInteger(older) || older < 1 || older > leaves.length) {
    throw new RangeError(`a tree of ${leaves.length} has no beginning of ${older} leaves`)
  }
  return subproof(leaves, older, true)
}

function subproof(leaves: readonly Uint8Array[], older: number, whole: boolean): Buffer[] {
  if (older === leaves.length) return whole ? [] : [rootOf(leaves)]
  const split = splitAt(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  if (older <= split) return [...subproof(left, older, whole), rootOf(right)]
  return [...subproof(right, older - split, false), rootOf(left)]
}

/** Whether the tree (`newer`, `newerRoot`) continues the tree (`older`, `olderRoot`) (RFC 9162, 2.1.4.2). */
export function verifyConsistency(
  older: number,
  olderRoot: Uint8Array,
  newer: number,
  newerRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (older < 1 || older > newer) return false
  if (older === newer) return proof.length === 0 && Buffer.from(olderRoot).equals(newerRoot)
  const steps = isPowerOfTwo(older) ? [olderRoot, ...proof] : [...proof]
  const [first, ...rest] = steps
  if (!first) return false
  let [fn, sn] = [older - 1, newer - 1]
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)]
  let from: Buffer = Buffer.from(first)
  let to = from
  for (const step of rest) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      ;[from, to] = [hashNode(step, from), hashNode(step, to)]
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else {
      to = hashNode(to, step)
    }
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && from.equals(olderRoot) && to.equals(newerRoot)
}

/** The largest power of two below n. */
function splitAt(n: number): number {
  return 2 ** Math.floor(Math.log2(n - 1))
}

// Not shifts: those would cut sizes to 32 bits.
function half(n: number): number {
  return Math.floor(n / 2)
}

function isPowerOfTwo(n: number): boolean {
  return Number.isInteger(Math.log2(n))
}
