import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const installed = (path: string): string => createRequire(import.meta.url).resolve(path);

/** KaTeX offers each face as woff2, woff and ttf; every browser we support reads woff2. */
const woff2Only: Plugin = {
  name: 'woff2-only',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('.css') || !id.includes('/katex/')) return undefined;
    return code.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\(["'](?:woff|truetype)["']\)/g, '');
  },
};

/** /docs works offline: Swagger UI's two files and its licence, under names that never change. */
const apiDocs: Plugin = {
  name: 'api-docs',
  generateBundle() {
    for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css', 'LICENSE', 'NOTICE']) {
      const source = readFileSync(installed(`swagger-ui-dist/${file}`));
      this.emitFile({ type: 'asset', fileName: `docs/${file}`, source });
    }
  },
};

export default defineConfig({
  root: here('static/src'),
  base: '/static/',
  publicDir: false,
  plugins: [woff2Only, apiDocs],
  build: {
    outDir: here('static/dist'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    license: { fileName: 'licenses.md' },
    target: 'es2022',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: { input: here('static/src/main.ts') },
  },
});
