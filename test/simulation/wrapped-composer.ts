/** nodemailer's composer as it is, with virtual time standing still while it works. */
import Real from 'nodemailer/lib/mail-composer';
import { busy } from './timeline.ts';

export default class MailComposer {
  readonly mail: ConstructorParameters<typeof Real>[0];

  constructor(mail: ConstructorParameters<typeof Real>[0]) {
    this.mail = mail;
  }

  compile() {
    const compiled = new Real(this.mail).compile();
    return {
      build: async (): Promise<Buffer> => {
        busy.count += 1;
        try {
          return await compiled.build();
        } finally {
          busy.count -= 1;
        }
      },
    };
  }
}
