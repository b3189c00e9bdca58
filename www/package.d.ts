/** The package's entry for browsers has its types under the package's name. */
declare module "*/dist/browser.mjs" {
  export * from "oim-config";
}
