/** nodemailer's composer as it is, with virtual time standing still while it works; the same mail is composed once. */
import Real from 'nodemailer/lib/mail-composer';
import { busy } from './timeline.ts';

type Mail = ConstructorParameters<typeof Real>[0];

const COMPOSED_MAX = 4_000;
const composed = new Map<string, Buffer>();

export default class MailComposer {
  readonly mail: Mail;

  constructor(mail: Mail) {
    this.mail = mail;
  }

  compile() {
    return { build: () => build(this.mail) };
  }
}

async function build(mail: Mail): Promise<Buffer> {
  const key = JSON.stringify(mail);
  const known = composed.get(key);
  if (known) return known;
  busy.count += 1;
  try {
    const bytes = await new Real(mail).compile().build();
    if (composed.size >= COMPOSED_MAX) composed.clear();
    composed.set(key, bytes);
    return bytes;
  } finally {
    busy.count -= 1;
  }
}
