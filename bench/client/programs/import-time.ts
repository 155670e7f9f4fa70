// How long it takes to import a module, in a process that has imported nothing else.
const [, , file = ""] = process.argv;
const started = performance.now();
await import(file);
process.stdout.write(JSON.stringify({ ms: performance.now() - started }));
