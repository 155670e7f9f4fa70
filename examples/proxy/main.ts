// npm install undici
// PIKZELS_API_KEY=pkz_… PIKZELS_PROXY=http://user:password@proxy.example:3128 npx tsx main.ts
//
// From Node 24 on, none of this is needed: NODE_USE_ENV_PROXY=1 HTTPS_PROXY=http://… node main.js
import { createPikzels, type Fetch } from "pikzels-client";
import { fetch as undiciFetch, ProxyAgent } from "undici";

const dispatcher = new ProxyAgent(process.env["PIKZELS_PROXY"] ?? "http://localhost:3128");

// undici's own fetch, because a dispatcher has to be of the same version as the fetch that uses it.
const fetchByProxy: Fetch = async (url, init) =>
  (await undiciFetch(url, { ...init, dispatcher } as Parameters<typeof undiciFetch>[1])) as never;

const pikzels = createPikzels({ fetch: fetchByProxy });
const { outputs } = await pikzels.titles.fromText({ prompt: "A week alone in the Arctic" });
console.log(outputs);
await dispatcher.close();
