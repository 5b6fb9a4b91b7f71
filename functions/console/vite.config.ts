/** How the console becomes static files: relative addresses, so that it may hang under any path. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  logLevel: 'warn',
  build: {
    target: 'es2023',
    // The content security policy allows no `data:` scripts or styles; small files stay files.
    assetsInlineLimit: 0,
    // Cloudscape's locale files and its code editor's neighbours make chunks that are large but load on demand.
    chunkSizeWarningLimit: 1_500,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
