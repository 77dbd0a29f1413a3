import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TSMigrationGenerator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { splitMigration } from '../db/migration-split.ts';
import { ormOptions } from '../db/orm.config.ts';
import { run } from './programs.ts';

type Diff = { up: string[]; down: string[] };

const written: string[] = [];

/** Writes what runs in a transaction and what runs while others go on into a file each. */
class SplitGenerator extends TSMigrationGenerator {
  override async generate(diff: Diff, _path?: string, name = ''): Promise<[string, string]> {
    const { inTransaction, online } = await splitMigration(diff.up);
    const timestamp = new Date().toISOString().replace(/[-T:]|\.\d{3}z$/gi, '');
    if (inTransaction.length > 0) this.#write(`${timestamp}_${name}`, { up: inTransaction, down: diff.down });
    if (online.length > 0) {
      this.#write(
        `${timestamp}_${name}_online`,
        { up: online, down: inTransaction.length > 0 ? [] : diff.down },
        false,
      );
    }
    return [diff.up.join('\n'), written[0] ?? ''];
  }

  #write(name: string, diff: Diff, transactional = true): void {
    const text = this.generateMigrationFile(`Migration${name}`, diff);
    const itself = '  override isTransactional(): boolean {\n    return false;\n  }\n\n';
    const file = join('db/migrations', `${name}.ts`);
    writeFileSync(file, transactional ? text : text.replace(/(override name = .*\n\n)/, `$1${itself}`));
    written.push(file);
  }
}

// Compares the entities with the snapshot beside the migrations, so that it needs no database.
const name = process.argv[2];
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Usage: npm run migration:create -- name_in_snake_case');
  process.exit(1);
}
const options = ormOptions('postgres://localhost/guichet');
const orm = await MikroORM.init({ ...options, migrations: { ...options.migrations, generator: SplitGenerator } });
try {
  const { fileName, diff } = await orm.migrator.create(undefined, false, false, name);
  if (fileName === '') {
    console.log('The entities and the snapshot agree.');
  } else {
    run('biome', ['check', '--write', ...written]);
    console.log(`Wrote ${written.join(' and ')}:\n${diff.up.join('\n')}`);
  }
} finally {
  await orm.close(true);
}
