if (process.argv[2] === 'fuzz') await import('../bench/fuzz.ts')
else await import('../bench/run.ts')

export {}
