// A Cloudflare Worker; `workerd test` runs its test handler.
import { tour } from "./tour.mjs";

export default {
  async test(_controller, { BASE_URL }) {
    console.log(JSON.stringify(await tour({ baseUrl: BASE_URL })));
  },
};
