import { onFirstUse } from "./on-first-use.js";

/**
 * What a program need not load before it is used: importing this package then costs what it takes to
 * make a client and to know its errors.
 */
export const parts = {
  transport: onFirstUse(() => import("../transport/transport.js")),
  api: onFirstUse(() => import("./api-client.js")),
  download: onFirstUse(() => import("../images/download.js")),
  waiting: onFirstUse(() => import("./wait-until-ready.js")),
};
