// `npm run permissions`: what each function may do beside what it was seen doing. `--record` looks anew (minutes).
import { parseArgs } from 'node:util';
import { readExercised } from './exercised.ts';
import { grantsOf, PLATFORM } from './granted.ts';
import { recordPermissions } from './record-permissions.ts';
import { templatesOf } from './stack-fixture.ts';

const { values } = parseArgs({
  options: {
    record: { type: 'boolean', default: false },
    add: { type: 'boolean', default: false },
    from: { type: 'string' },
    seeds: { type: 'string' },
  },
});
if (values.record) {
  const seeds = values.seeds === undefined ? undefined : Number(values.seeds);
  await recordPermissions({ from: values.from, add: values.add, seeds });
}

const exercised = readExercised();
const granted = grantsOf(templatesOf().application);
const rows = granted.map((grant) => {
  const seen = exercised[grant.function]?.[grant.resource]?.[grant.action] ?? [];
  return { ...grant, seen };
});
const missing = Object.entries(exercised).flatMap(([name, resources]) =>
  Object.entries(resources).flatMap(([resource, actions]) =>
    Object.keys(actions)
      .filter(
        (action) =>
          !granted.some((one) => one.function === name && one.resource === resource && one.action === action),
      )
      .map((action) => `${name}: ${action} on ${resource}`),
  ),
);

console.log('function          action                    resource                 seen in');
for (const { function: name, action, resource, seen } of rows) {
  const how = seen.length > 0 ? seen.join(', ') : 'NOWHERE';
  console.log(`${name.padEnd(17)} ${action.padEnd(25)} ${resource.padEnd(24)} ${how}`);
}
console.log('\nfunction           granted  exercised  ratio');
for (const name of new Set(rows.map((row) => row.function))) {
  const own = rows.filter((row) => row.function === name);
  const used = own.filter((row) => row.seen.length > 0).length;
  console.log(
    `${name.padEnd(18)} ${String(own.length).padStart(7)}  ${String(used).padStart(9)}  ${(own.length / used).toFixed(2)}`,
  );
}
console.log('\nBeside these, for the platform (no call of ours):');
for (const [action, why] of Object.entries(PLATFORM)) console.log(`  ${action.padEnd(26)} ${why}`);
for (const line of missing) console.log(`NOT GRANTED  ${line}`);
process.exitCode = missing.length > 0 || rows.some((row) => row.seen.length === 0) ? 1 : 0;
