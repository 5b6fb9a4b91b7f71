/** A small daily quota: what does not fit today goes when the sender's day has rolled over. */
import type { Workload } from './workload.ts';

export const quota: Workload = {
  name: 'quota',
  about: 'seven contacts, two letters a day: the rest waits for the next days',
  healOnDay: 14,
  focus: 'send-step',
  weight: 1,
  play: async (script) => {
    const zone = script.random.pick(['Europe/Berlin', 'Asia/Shanghai', 'America/Los_Angeles']);
    const sender = { id: 'jane', dailyQuota: 2, zone };
    await script.launch({ campaign: 'slow', sender, delayDays: [0], contacts: script.prospects(7) });
  },
};
