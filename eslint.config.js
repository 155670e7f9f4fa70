import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "site/",
      "coverage/",
      "src/generated/",
      "**/.work/",
      "test/fixtures/",
      "test/package/consumers/programs/types/",
      "test/sample-api/",
      "test/types/programs/",
    ],
  },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // One idea a file: a file that outgrows this wants to be two.
      "max-lines": ["error", { max: 220, skipBlankLines: true, skipComments: true }],
      eqeqeq: "error",
    },
  },
  {
    // The universal part runs in Workers, Bun, Deno and browsers: it may not touch Node's modules.
    files: ["src/*.ts", "src/{openapi,wrappers,transport,images}/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [{ group: ["node:*"], message: "This part is universal; use src/node." }],
        },
      ],
      // Declarations that use them do not compile in a program without `lib.dom`.
      "@typescript-eslint/no-restricted-types": [
        "error",
        { types: { BodyInit: true, HeadersInit: true, RequestInfo: true, ResponseInit: true } },
      ],
    },
  },
  {
    files: ["test/**", "bench/**", "examples/**"],
    rules: { "max-lines": "off" },
  },
  {
    // Programs of users, in every form that Node and the compilers take.
    files: ["test/package/consumers/programs/**"],
    rules: { "no-undef": "off", "@typescript-eslint/no-require-imports": "off" },
  },
  {
    // What people call is theirs to mend after a new version of the spec: `npm test` compiles it.
    files: [
      "**/*.{js,mjs,cjs}",
      "bench/client/{consumers,programs}/**",
      "test/batch/**",
      "{,test/}examples/**",
    ],
    extends: [tseslint.configs.disableTypeChecked],
  },
);
