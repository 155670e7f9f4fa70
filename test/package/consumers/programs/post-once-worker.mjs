// `postOnce` as a Cloudflare Worker; `workerd test` runs its test handler.
import { postOnce } from "./post-once.mjs";

export default {
  async test(_controller, { OPTIONS }) {
    console.log(JSON.stringify(await postOnce(JSON.parse(OPTIONS))));
  },
};
