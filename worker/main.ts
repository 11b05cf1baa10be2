process.stdout.write('ready\n')
const alive = setInterval(() => undefined, 60_000)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => clearInterval(alive))
