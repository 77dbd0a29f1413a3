import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';

/** What nearly every page needs, in two files that stay in the browser's cache: libraries, and the desk's own frame. */
function chunkOf(id) {
  if (/node_modules\/(react|react-dom|scheduler|@remix-run|i18next|react-i18next)\//.test(id)) return 'libraries';
  if (/node_modules\/(@mantine|@tabler)\/|\/app\/components\/ui\//.test(id) && !id.endsWith('.css')) return 'frame';
  return undefined;
}

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [
    remix({
      serverModuleFormat: 'esm',
      ignoredRouteFiles: ['**/*.test.ts'],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_singleFetch: true,
        // The whole route manifest is about 2 kB: finding routes later would only add requests.
        v3_lazyRouteDiscovery: false,
      },
    }),
  ],
  // In the server's build all is bundled, and React is its fast self whatever NODE_ENV says: quicker to start, less memory.
  ssr: isSsrBuild ? { noExternal: true, external: ['@remix-run/node'] } : { noExternal: [/^@mantine\//] },
  define: isSsrBuild ? { 'process.env.NODE_ENV': '"production"' } : {},
  // Found at once, so that the first page of `npm run dev` is not loaded twice; icons are small files as they are.
  optimizeDeps: {
    include: ['react', 'react-dom/client', '@remix-run/react', '@mantine/core', 'i18next', 'react-i18next'],
    exclude: ['@tabler/icons-react'],
  },
  build: {
    assetsInlineLimit: 0,
    rollupOptions: isSsrBuild ? {} : { output: { manualChunks: chunkOf } },
  },
}));
