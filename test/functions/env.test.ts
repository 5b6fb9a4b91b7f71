// The environment: complete, or an error that helps whoever deployed it.
import { describe, expect, it } from 'vitest';
import { ENVIRONMENT, readEnv } from '../../functions/env.ts';
import { makeIds } from '../../functions/ids.ts';
import { sampleEnv, VARIABLES } from '../support/environment.ts';

const messageOf = (env: Record<string, string | undefined>): string => {
  try {
    readEnv(env);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

describe('the environment', () => {
  it('is read as it is, beside everything else that stands in it', () => {
    const env = readEnv({
      ...VARIABLES,
      PATH: '/bin',
      REPLY_DOMAIN: 'Reply.Example.com',
      PUBLIC_URL: 'https://r.example/',
    });
    expect(env).toMatchObject({ TABLE_NAME: 'relance', REPLY_DOMAIN: 'reply.example.com', RUNS_ON: 'aws' });
    expect(env.PUBLIC_URL).toBe('https://r.example');
    expect(env).not.toHaveProperty('PATH');
  });

  it.each(Object.keys(VARIABLES))('names %s where it is missing, and says what it is for', (name) => {
    const message = messageOf({ ...VARIABLES, [name]: undefined });
    expect(message).toContain(`${name} is missing: `);
    expect(message).toContain(ENVIRONMENT[name as keyof typeof ENVIRONMENT].of);
  });

  it('names everything that is wrong at once, and shows no value', () => {
    const message = messageOf({
      ...VARIABLES,
      TABLE_NAME: undefined,
      CONTACT_SECRET: 'hush',
      STEPS_QUEUE_URL: 'steps',
    });
    expect(message).toMatch(
      /TABLE_NAME is missing.*\n.*STEPS_QUEUE_URL is wrong.*\n.*CONTACT_SECRET is wrong/,
    );
    expect(message).not.toContain('hush');
  });

  it('says of every variable what it is for', () => {
    for (const variable of Object.values(ENVIRONMENT)) expect(variable.of).toMatch(/\w/);
  });

  it('asks for https in opt-out links, except locally', () => {
    const plain = { ...VARIABLES, PUBLIC_URL: 'http://127.0.0.1:4000' };
    expect(messageOf(plain)).toContain('PUBLIC_URL is wrong (must be https)');
    expect(readEnv({ ...plain, RUNS_ON: 'local' }).PUBLIC_URL).toBe('http://127.0.0.1:4000');
  });
});

describe('token keys', () => {
  const one = '1'.repeat(32);
  const two = '2'.repeat(32);

  it.each([
    ['pairs', `b:${two},a:${one}`],
    ['pairs with blanks', ` b:${two} , a:${one} `],
    ['JSON', JSON.stringify({ b: two, a: one })],
  ])('are read from %s, and the first stays the first', (_how, value) => {
    expect(Object.entries(sampleEnv({ TOKEN_KEYS: value }).TOKEN_KEYS)).toEqual([
      ['b', two],
      ['a', one],
    ]);
  });

  it.each([
    ['nothing', ''],
    ['an empty object', '{}'],
    ['no JSON', '{a:'],
    ['a short key', 'a:short'],
    ['a digit as id, which JavaScript would put first', `2:${one}`],
    ['a long id', `ab:${one}`],
    ['an id twice', `a:${one},a:${two}`],
    ['a key without an id', one],
    ['numbers', '{"a":1}'],
  ])('are refused where there is %s', (_what, value) => {
    expect(messageOf({ ...VARIABLES, TOKEN_KEYS: value })).toContain('TOKEN_KEYS is wrong');
  });
});

describe('ids', () => {
  it('are 20 fresh base32 characters each time, beside the secrets of the environment', () => {
    const env = sampleEnv();
    const ids = makeIds(env);
    const drawn = Array.from({ length: 200 }, () => ids.fresh());
    expect(drawn.every((id) => /^[a-z2-7]{20}$/.test(id))).toBe(true);
    expect(new Set(drawn).size).toBe(200);
    expect(ids).toMatchObject({ contactSecret: env.CONTACT_SECRET, tokenKeys: env.TOKEN_KEYS });
  });
});
