// A Cloudflare Worker; `workerd test` runs its test handler.
import { tour } from "./tour.mjs";

export default {
  async test(_controller, { OPTIONS }) {
    console.log(JSON.stringify(await tour(JSON.parse(OPTIONS))));
  },
};
