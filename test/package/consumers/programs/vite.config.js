export default {
  build: { outDir: "site", rollupOptions: { input: ["browser.html", "post-once.html"] } },
};
