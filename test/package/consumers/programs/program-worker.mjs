// Runs one of the programs as a Cloudflare Worker; `workerd test` runs its test handler.
import { programs } from "./programs.mjs";

export default {
  async test(_controller, { OPTIONS }) {
    const { program, ...options } = JSON.parse(OPTIONS);
    console.log(JSON.stringify(await programs[program](options)));
  },
};
