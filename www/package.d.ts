/** The package's entries have their types under the package's name. */
declare module "*/dist/browser.mjs" {
  export * from "oim-config";
}

declare module "*/dist/node.mjs" {
  export * from "oim-config";
}
