// Measures how long importing a module takes, in a process that has imported nothing else.
const [, , file = ""] = process.argv;
const started = performance.now();
await import(file);
process.stdout.write(JSON.stringify({ ms: performance.now() - started }));
