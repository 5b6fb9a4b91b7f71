/** What an operator chooses, from `cdk.json` context, `-c name=value` or `RELANCE_NAME`; every mistake is named at synth. */
import { z } from 'zod';

const Config = z.object({
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/, 'use up to 20 characters of a-z, 0-9 and "-", beginning with a letter')
    .default('dev')
    .describe('tells two installations in one account apart'),
  mailDays: z.coerce
    .number()
    .int()
    .min(30, 'keep raw mails for at least 30 days: a reply may be corrected weeks later')
    .max(3650)
    .default(365)
    .describe('how long raw inbound mails are kept'),
});
export type Config = z.infer<typeof Config>;

/** Throws one error that names every wrong setting, what it is for and where it may be set. */
export function readConfig(
  context: (name: string) => unknown,
  env: Readonly<Record<string, string | undefined>>,
): Config {
  const asked = Object.fromEntries(
    Object.keys(Config.shape).map((name) => [name, context(name) ?? env[`RELANCE_${constantCase(name)}`]]),
  );
  const read = Config.safeParse(asked);
  if (read.success) return read.data;
  const lines = read.error.issues.map((issue) => {
    const name = String(issue.path[0]) as keyof typeof Config.shape;
    return `${name} (${Config.shape[name].description}): ${issue.message}. Set it with -c ${name}=… or RELANCE_${constantCase(name)}.`;
  });
  throw new Error(`The configuration is not right.\n${lines.join('\n')}`);
}

const constantCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
