import nodeResolve from "@rollup/plugin-node-resolve";

export default {
  input: "emulate.mjs",
  plugins: [nodeResolve()],
  output: { file: "rolled-up/emulate.mjs" },
};
