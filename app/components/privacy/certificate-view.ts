import { z } from 'zod';

const count = z.number().int();
const erased = z.object({ how: z.string(), erased: count, remaining: count });
const kept = z.object({ how: z.literal('keep'), kept: count, ground: z.string() });
const table = z.object({
  rows: count,
  mentions: count.optional(),
  columns: z.record(z.string(), z.union([erased, kept])),
});
const shared = { request_id: z.string(), sha256: z.string() };
const erasure = z.object({
  kind: z.literal('erasure'),
  ...shared,
  erased_at: z.string(),
  erased: count,
  remaining: count,
  tables: z.record(z.string(), table),
});
const access = z.object({
  kind: z.literal('access'),
  ...shared,
  completed_at: z.string(),
  archive: z.object({ sha256: z.string(), size_bytes: count, expires_at: z.string() }),
});

export type CertificateColumn = { name: string; erased: number; remaining: number; ground: string | null; how: string };
export type CertificateTable = {
  name: string;
  rows: number;
  erased: number;
  remaining: number;
  /** The columns that were erased, then those that stay on a legal ground. */
  columns: CertificateColumn[];
};

export type CertificateView = { requestId: string; sha256: string; at: string } & (
  | { kind: 'erasure'; erased: number; remaining: number; tables: CertificateTable[] }
  | { kind: 'access'; archiveSha256: string; sizeBytes: number }
);

/** What a certificate says, for the page; null for one that this page cannot read, which is then shown as it is. */
export function certificateView(certificate: Record<string, unknown>): CertificateView | null {
  const { data } = z.discriminatedUnion('kind', [erasure, access]).safeParse(certificate);
  if (!data) return null;
  const common = { requestId: data.request_id, sha256: data.sha256 };
  if (data.kind === 'access') {
    const { archive, completed_at: at } = data;
    return { ...common, kind: 'access', at, archiveSha256: archive.sha256, sizeBytes: archive.size_bytes };
  }
  return {
    ...common,
    kind: 'erasure',
    at: data.erased_at,
    erased: data.erased,
    remaining: data.remaining,
    tables: Object.entries(data.tables)
      .map(([name, one]) => tableView(name, one))
      .sort((a, b) => b.erased - a.erased || b.rows - a.rows),
  };
}

function tableView(name: string, { rows, mentions = 0, columns }: z.infer<typeof table>): CertificateTable {
  const views = Object.entries(columns).map(([column, entry]) => ({
    name: column,
    how: entry.how,
    erased: 'erased' in entry ? entry.erased : 0,
    remaining: 'remaining' in entry ? entry.remaining : 0,
    ground: 'ground' in entry ? entry.ground : null,
  }));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return {
    name,
    rows,
    erased: sum(views.map((view) => view.erased)),
    remaining: sum(views.map((view) => view.remaining)) + mentions,
    columns: [...views.filter((view) => view.ground === null), ...views.filter((view) => view.ground !== null)],
  };
}
