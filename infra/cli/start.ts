/** `npm start`: the whole product on this machine, until Ctrl-C. Nothing leaves it unless SMTP_URL is set. */
import { join, resolve } from 'node:path';
import { buildConsole } from '../build-console.ts';
import { makeClock } from '../local/clock.ts';
import { replyDomainOf } from '../local/local-config.ts';
import { type Runtime, startRuntime } from '../local/runtime.ts';
import { readOptions, readPort, told } from './arguments.ts';
import { endOnStorageFailure, stopSignal } from './ending.ts';
import { countSending } from './sending.ts';

const API_PORT = 4000;
const SMTP_PORT = 2525;

export const start = (args: readonly string[]): Promise<number> =>
  told(async () => {
    const options = readOptions(args, {
      dir: { type: 'string' },
      port: { type: 'string' },
      'smtp-port': { type: 'string' },
      domain: { type: 'string' },
    });
    const dir = resolve(options.dir ?? '.relance');
    const smtpUrl = process.env.SMTP_URL;
    endOnStorageFailure();
    const consoleDir = await buildConsole(() => console.log('building the console, once …'));
    const runtime = await startRuntime({
      dir,
      // What is really sent must go at the real hour.
      clock: makeClock(smtpUrl ? { mode: 'real' } : { mode: 'skipping', file: join(dir, 'clock.json') }),
      canTurn: !smtpUrl,
      consoleDir,
      apiPort: readPort(options.port, 'port', API_PORT),
      smtpPort: readPort(options['smtp-port'], 'smtp-port', SMTP_PORT),
      ...(options.domain ? { domain: options.domain } : {}),
      ...(smtpUrl ? { smtpUrl } : {}),
    });
    const stopped = stopSignal();
    console.log(greeting(runtime, dir, smtpUrl));
    const sending = await countSending(runtime.ports.store);
    if (sending > 0) {
      console.log(
        `${sending} letter${sending === 1 ? ' was' : 's were'} being sent when the last run ended. ` +
          'SES’s events settle most of them by themselves; the rest will stand under "needs a decision".',
      );
    }
    await stopped;
    console.log('\nstopping …');
    await runtime.close();
    return 0;
  });

function greeting(runtime: Runtime, dir: string, smtpUrl: string | undefined): string {
  const { config } = runtime;
  const going = smtpUrl ? 'sent through SMTP_URL, and kept in' : 'kept in (nothing is really sent)';
  return [
    'Relance is running; Ctrl-C stops it, the data stays.',
    '',
    `  console  ${runtime.apiUrl}/#token=${config.apiToken}`,
    `  API      ${runtime.apiUrl}/v1`,
    `  token    ${config.apiToken}`,
    `  letters  ${going} ${runtime.outbox}`,
    `           from any address @${config.domain}`,
    `  answers  smtp://127.0.0.1:${runtime.smtpPort}, to the Reply-To of a letter (@${replyDomainOf(config.domain)})`,
    `  data     ${dir}`,
    '',
  ].join('\n');
}
