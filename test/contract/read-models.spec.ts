import { SqliteReadModels } from '../../src/adapters/sqlite/read-models';
import type { ReadModels } from '../../src/engine/read-models';
import { type Adapter, onEveryAdapter } from './adapters';
import { mongoReadModels } from './mongodb-backing';
import { readModelsContract } from './read-models.contract';
import { sqliteBacking } from './sqlite-backing';

const adapters: Adapter<ReadModels>[] = [
  { name: 'SQLite', open: () => sqliteBacking((path) => SqliteReadModels.open(path)) },
  ...mongoReadModels(),
];

onEveryAdapter(adapters, readModelsContract);
