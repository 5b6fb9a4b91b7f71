// Every alarm has its chapter, and no chapter is about an alarm that is gone.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ofType, templatesOf } from './stack-fixture.ts';

it('the runbook and the alarms are in step', () => {
  const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
  const chapters = [...runbook.matchAll(/^## ([a-z-]{1,60})$/gm)].map(([, name]) => name);
  const alarms = ofType(templatesOf().application, 'AWS::CloudWatch::Alarm').map(
    ([, one]) => /docs\/runbook\.md#([a-z-]{1,60})$/.exec(String(one.Properties.AlarmDescription))?.[1],
  );
  expect(alarms.sort()).toEqual(chapters.sort());
});
