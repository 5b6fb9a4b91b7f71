/** The house rules that a machine can check: layers, sizes, words that must not stand here, and docs that stay true. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));
const sources = tracked.filter((file) => /\.(ts|mjs)$/.test(file) && !file.includes('/fixtures/'));
const read = (file: string): string => readFileSync(file, 'utf8');
const importsOf = (file: string): string[] =>
  [...read(file).matchAll(/(?:from|import)\s*\(?\s*['"]([^'"\n]{1,200})['"]/g)].map(
    (match) => match[1] ?? '',
  );
const within = (folder: string): string[] => sources.filter((file) => file.startsWith(folder));

/** Folder → what it must not import, and why. */
const LAYERS: readonly (readonly [folder: string, forbidden: RegExp, why: string])[] = [
  ['shared/', /@aws-sdk|aws-cdk-lib|\/functions\/|\/infra\//, 'shared knows no AWS and nothing above itself'],
  ['shared/domain/', /ports\.ts|engine\.ts|\/api\.ts|nodemailer|mailparser|^zod$/, 'the domain is pure'],
  ['shared/inbound/', /ports\.ts|engine\.ts|nodemailer|mailparser|^zod$/, 'reading is pure'],
  ['functions/', /aws-cdk-lib|\/infra\/|\/test\//, 'functions do not know where they run'],
  ['infra/', /\/test\/(?!fixtures\/)/, 'the product imports of the tests only fixtures'],
  ['infra/local/', /aws-cdk-lib/, 'the local runtime is not the CDK'],
  ['test/support/audit', /\/(shared|functions|infra)\//, 'the auditor is not the product'],
];

describe('layers', () => {
  it.each(LAYERS)('%s imports nothing that %s', (folder, forbidden) => {
    const broken = within(folder).flatMap((file) =>
      importsOf(file)
        .filter((name) => forbidden.test(name))
        .map((name) => `${file} → ${name}`),
    );
    expect(broken).toEqual([]);
  });

  it('only functions/aws speaks to AWS, and only parse-mail knows mailparser', () => {
    const aws = within('functions/').filter((file) => !file.startsWith('functions/aws/'));
    expect(aws.filter((file) => importsOf(file).some((name) => name.startsWith('@aws-sdk')))).toEqual([]);
    const parsers = [...within('shared/'), ...within('functions/')].filter((file) =>
      importsOf(file).includes('mailparser'),
    );
    expect(parsers).toEqual(['shared/parse-mail.ts']);
  });
});

describe('files', () => {
  it('keeps every file under 400 lines', () => {
    const long = sources.filter(
      (file) => !/lexicon|generated/.test(file) && read(file).split('\n').length > 400,
    );
    expect(long).toEqual([]);
  });

  it('opens every source file with what it is for', () => {
    const silent = sources.filter(
      (file) => !file.startsWith('test/') && !/^(#!.*\n)?(\/\*\*|\/\/)/.test(read(file)),
    );
    expect(silent).toEqual([]);
  });

  it('keeps time and randomness behind the ports', () => {
    const wall = /Date\.now\(|Math\.random\(|randomUUID\(|[^.]setTimeout\(|new Date\(\)/;
    const allowed = new Set(['functions/wire.ts', 'functions/ids.ts', 'functions/http-post.ts']);
    const broken = [...within('shared/'), ...within('functions/')].filter(
      (file) => !allowed.has(file) && !file.startsWith('functions/console/') && wall.test(read(file)),
    );
    expect(broken).toEqual([]);
  });

  it('leaves nothing half said: no leftovers, no skipped tests, no module mocks', () => {
    const words = ['TO' + 'DO', 'FIX' + 'ME', 'HA' + 'CK', '.sk' + 'ip(', '.on' + 'ly(', 'vi.mo' + 'ck('];
    const left = sources
      .filter((file) => file !== 'test/tidy.test.ts')
      .flatMap((file) => words.filter((word) => read(file).includes(word)).map((word) => `${file}: ${word}`));
    expect(left).toEqual([]);
  });

  it('names no barrel and no junk drawer', () => {
    const bad = sources.filter((file) => /(^|\/)(index|utils?|helpers?|common|manager|misc)\.ts$/.test(file));
    expect(bad).toEqual([]);
  });
});

describe('the package', () => {
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;

  it('pins every version exactly, and locks them without a registry address', () => {
    const versions = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}),
    );
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(read('package-lock.json').includes('"resolved"')).toBe(false);
  });

  it('shows only commands that exist', () => {
    const scripts = new Set([...Object.keys(manifest.scripts ?? {}), 'ci', 'install']);
    const docs = tracked.filter((file) => /\.md$/.test(file) && !file.includes('/fixtures/'));
    const named = docs.flatMap((file) =>
      [...read(file).matchAll(/(?:`|\$ |&& )npm (?:run )?([a-z][a-z:-]{1,20})/g)].map((match) => ({
        file,
        name: match[1] ?? '',
      })),
    );
    expect(named.filter(({ name }) => !scripts.has(name))).toEqual([]);
  });

  it('links only to files that exist', () => {
    const docs = tracked.filter((file) => /\.md$/.test(file) && !file.includes('/fixtures/'));
    const broken = docs.flatMap((file) =>
      [...read(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]{1,200})/g)]
        .map((match) => new URL(match[1] ?? '', `file:///repo/${file}`).pathname.replace('/repo/', ''))
        .filter((path) => !existsSync(path))
        .map((path) => `${file} → ${path}`),
    );
    expect(broken).toEqual([]);
  });
});
