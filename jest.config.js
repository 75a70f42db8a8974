/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/**/*.test.ts", "<rootDir>/examples/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/fixtures/"],
  moduleNameMapper: {
    // Lazy imports of our own files name the compiled file; tests run the source.
    "^(\\.{1,2}/(?!.*node_modules).*)\\.js$": "$1",
    "^leasehold$": "<rootDir>/lib/index.ts",
    "^leasehold/terraform$": "<rootDir>/lib/terraform/index.ts",
    "^leasehold/testing$": "<rootDir>/lib/testing/index.ts",
  },
  transform: {
    "\\.ts$": [
      "@swc/jest",
      {
        swcrc: false,
        sourceMaps: "inline",
        jsc: { target: "es2022", parser: { syntax: "typescript" } },
        // import() stays import(): the ESM-only packages are loaded as Node loads them.
        module: { type: "commonjs", ignoreDynamic: true },
      },
    ],
  },
  globalSetup: "<rootDir>/test/support/global-setup.ts",
  // Against hangs only: real processes on a busy machine take their time.
  testTimeout: 120_000,
  maxWorkers: 2,
};
