#!/usr/bin/env node
// The `relance` command. Plain JavaScript, because it must also run where Node is too old for the rest, and say so.
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

const COMMANDS = {
  start: () => import('./start.ts').then((module) => module.start),
  demo: () => import('./demo.ts').then((module) => module.demo),
};
const [name = 'help', ...args] = process.argv.slice(2);
const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (!load) {
  console.log(
    'relance start   run the whole product on this machine\nrelance demo    watch three weeks of it in a minute',
  );
  process.exit(name === 'help' || name === '--help' ? 0 : 1);
}
process.exitCode = await (await load())(args);
