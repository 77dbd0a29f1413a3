import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';

export default defineConfig({
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
  // Bundled, so that the server loads the few components in use instead of whole libraries.
  ssr: { noExternal: [/^@mantine\//, '@tabler/icons-react'] },
  build: { assetsInlineLimit: 0 },
});
