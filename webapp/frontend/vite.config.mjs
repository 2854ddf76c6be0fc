import { defineConfig } from "vite";

// Flask serves the folder `static`; the pages find each script by the manifest.
export default defineConfig({
  base: "/static/dist/",
  publicDir: false,
  logLevel: "warn",
  build: {
    outDir: "../static/dist",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ["src/ego.ts", "src/explorer.ts", "src/find.ts", "src/mark.ts", "src/reader.ts", "src/review.ts", "src/waiting.ts", "src/workbench.ts"] },
  },
});
