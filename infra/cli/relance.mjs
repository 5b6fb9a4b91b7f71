#!/usr/bin/env node
// The `relance` command. Plain JavaScript, because it must also run where Node is too old for the rest, and say so.
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const [major] = process.versions.node.split('.').map(Number);
if (major < NEEDED) {
  console.error(
    `Relance needs Node ${NEEDED}; this is ${process.version}.\n` +
      'On Linux and Windows, npm scripts bring their own (run `npm ci` first, then `npm start`).\n' +
      'Elsewhere install Node 24 from https://nodejs.org and start again.',
  );
  process.exit(1);
}

// What was compiled once is not compiled again: halves the second start. Written at once, because a kill asks nobody.
const { enableCompileCache, flushCompileCache } = await import('node:module');
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/relance', import.meta.url)));

// Name → what loads it, and its line in the help. A command takes the arguments behind its name and answers an exit code.
const COMMANDS = {
  start: [() => import('./start.ts').then((module) => module.start), 'run the whole product on this machine'],
  demo: [() => import('./demo.ts').then((module) => module.demo), 'watch three weeks of it in a minute'],
  launch: [() => import('./launch.ts').then((module) => module.launch), 'FILE  create and launch a campaign'],
  status: [
    () => import('./status.ts').then((module) => module.status),
    'what runs, and what waits for a person',
  ],
  doctor: [
    () => import('./doctor.ts').then((module) => module.doctor),
    'what is wrong with a configuration or a deployment',
  ],
  tail: [() => import('./tail.ts').then((module) => module.tail), 'alerts and mails as they come'],
  reply: [
    () => import('./reply.ts').then((module) => module.reply),
    '[CONTACT MAIL --text "…"]  who waits for an answer; answer',
  ],
};
const HELP = [
  'relance COMMAND',
  '',
  ...Object.entries(COMMANDS).map(([name, [, line]]) => `  ${name.padEnd(8)} ${line}`),
  '',
  'launch, status, tail and reply ask a running Relance: --url (RELANCE_URL, else http://127.0.0.1:4000),',
  '--token (RELANCE_TOKEN, else that of ./.relance), --json for programs.',
  'Exit codes: 0 done, 1 refused, 2 used wrongly, 3 not reached.',
].join('\n');
const [name = 'help', ...args] = process.argv.slice(2);
const isHelp = name === 'help' || name === '--help' || args.includes('--help');
const load = !isHelp && Object.hasOwn(COMMANDS, name) ? COMMANDS[name][0] : undefined;
if (!load) {
  (isHelp ? console.log : console.error)(HELP);
  process.exit(isHelp ? 0 : 2);
}
const run = await load();
flushCompileCache();
process.exitCode = await run(args);
