export default {
  build: { outDir: "site", rollupOptions: { input: ["browser.html", "program.html"] } },
};
