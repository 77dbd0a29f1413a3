// The floor: node:http and pg, prepared statements, the product's SQL, and nothing else: no checks, no limits, no log.
import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { AUDIT_COLUMNS } from '../server/audit/audit.service.ts';
import {
  dossierStatement,
  FRAGMENT,
  listStatement,
  privacyListStatement,
  type Recorded,
  searchStatement,
  TRIGRAMS,
  USER,
} from './statements.ts';

const ACTOR = process.env.BENCH_ACTOR ?? '';
const JSON_OID = 114;

const raw: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === JSON_OID ? (text: string) => text : pg.types.getTypeParser(oid, format)),
};
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10, types: raw });

const [dossier, list, privacyList, search] = await Promise.all([
  dossierStatement(),
  listStatement(),
  privacyListStatement(),
  searchStatement(),
]);

const isUuid = (value: unknown) => typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value);

/** The recorded parameters with this request's own: the audit event needs an id of its own. */
function fresh({ parameters }: Recorded, given: Record<string, string>): unknown[] {
  return parameters.map((value) =>
    typeof value === 'string' && value in given ? given[value] : isUuid(value) ? uuidv7() : value,
  );
}

async function read(name: string, recorded: Recorded, given: Record<string, string>): Promise<string> {
  const { rows } = await pool.query({ name, text: recorded.text, values: fresh(recorded, given) });
  return rows[0].found;
}

const AUDIT = `insert into audit_event (${AUDIT_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

async function audit(
  client: pg.PoolClient,
  action: string,
  incident: string,
  user: string,
  details: object,
  now: Date,
) {
  const values = [
    uuidv7(),
    'bench',
    ACTOR,
    'support',
    action,
    'incident',
    incident,
    user,
    'success',
    JSON.stringify(details),
    now,
  ];
  await client.query({ name: 'audit', text: AUDIT, values });
}

type Body = { user_id: string; category: string; title: string; description: string; status: string };

async function create(client: pg.PoolClient, body: Body): Promise<object> {
  const now = new Date();
  const id = uuidv7();
  await client.query({
    name: 'person',
    text: 'select id, role from app_user where id in ($1, $2) and erased_at is null',
    values: [body.user_id, null],
  });
  const { rows } = await client.query({
    name: 'create',
    text: `insert into incident (id, user_id, category, title, description, status, priority, created_by_id, version, created_at, updated_at)
           values ($1, $2, $3, $4, $5, 'open', 'medium', $6, 1, $7, $7) returning number`,
    values: [id, body.user_id, body.category, body.title, body.description, ACTOR, now],
  });
  await audit(
    client,
    'support_incident_create',
    id,
    body.user_id,
    { status: 'open', category: body.category, priority: 'medium' },
    now,
  );
  return { id, number: rows[0].number, ...body };
}

async function transition(client: pg.PoolClient, id: string, { status }: Body): Promise<object> {
  const now = new Date();
  const { rows } = await client.query({
    name: 'lock',
    text: 'select * from incident where id = $1 for update',
    values: [id],
  });
  const incident = rows[0];
  await client.query({
    name: 'move',
    text: `update incident set status = $2, resolved_at = null, closed_at = null, updated_at = $3, version = version + 1
           where id = $1 and version = $4 returning version`,
    values: [id, status, now, incident.version],
  });
  await audit(
    client,
    'support_incident_update',
    id,
    incident.user_id,
    { from: incident.status, to: status, fields: ['status'] },
    now,
  );
  return { ...incident, status };
}

async function inTransaction(work: (client: pg.PoolClient) => Promise<object>): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const answer = await work(client);
    await client.query('commit');
    return JSON.stringify(answer);
  } finally {
    client.release();
  }
}

async function answer(request: IncomingMessage): Promise<string> {
  const url = new URL(request.url ?? '/', 'http://floor');
  const [, kind, id = ''] = url.pathname.split('/');
  if (kind === 'dossier') return read('dossier', dossier, { [USER]: id });
  if (kind === 'privacy') return read('privacy', privacyList, {});
  if (kind === 'list') return read('list', list, {});
  if (kind === 'search') {
    const trigrams = url.searchParams.getAll('trigram');
    const looked = TRIGRAMS.map((recorded, at) => [`%${recorded}%`, `%${trigrams[at]}%`]);
    return read('search', search, { [FRAGMENT]: url.searchParams.get('query') ?? '', ...Object.fromEntries(looked) });
  }
  const body = (await json(request)) as Body;
  return inTransaction((client) => (id ? transition(client, id, body) : create(client, body)));
}

createServer((request, response) => {
  answer(request).then(
    (body) => response.setHeader('content-type', 'application/json').end(body),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
}).listen(Number(process.env.PORT), '127.0.0.1');
