import { join } from 'node:path';
import { MikroORM } from '@mikro-orm/postgresql';
import { ormOptions } from '../db/orm.config.ts';
import { run } from './programs.ts';

// Compares the entities with the snapshot beside the migrations, so that it needs no database.
const name = process.argv[2];
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Usage: npm run migration:create -- name_in_snake_case');
  process.exit(1);
}
const orm = await MikroORM.init(ormOptions('postgres://localhost/guichet'));
try {
  const { fileName, diff } = await orm.migrator.create(undefined, false, false, name);
  if (fileName === '') {
    console.log('The entities and the snapshot agree.');
  } else {
    const file = join('db/migrations', fileName);
    run('biome', ['check', '--write', file]);
    console.log(`Wrote ${file}:\n${diff.up.join('\n')}`);
  }
} finally {
  await orm.close(true);
}
