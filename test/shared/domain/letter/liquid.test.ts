/** Templates: what they may say, and that nothing in them can harm or leave a hole. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkTemplate,
  renderTemplate,
  TEMPLATE_BYTES_MAX,
  variablesOf,
} from '../../../../shared/domain/letter/liquid.ts';

const SCOPE = { contact: { firstName: 'Ana', company: 'A & B <x>', odd: '{{ sender.name }}' }, sender: {} };

describe('a template', () => {
  it.each([
    ['Hi {{ contact.firstName }}!', 'Hi Ana!'],
    ['{{ contact.company }}', 'A & B <x>'],
    ['{{ contact.odd }}', '{{ sender.name }}'],
    ['{{ contact.title | default: "you" }}', 'you'],
    ['{% if contact.title %}{{ contact.title }}{% else %}you{% endif %}', 'you'],
    ['{% unless contact.title %}none{% endunless %}', 'none'],
    ['{% assign a = contact.firstName | upcase %}{{ a }}', 'ANA'],
    ['{% case contact.firstName %}{% when "Ana" %}1{% else %}2{% endcase %}', '1'],
    ['{% comment %}{{ nothing }}{% endcomment %}x', 'x'],
  ])('renders %s', (template, text) => {
    expect(checkTemplate(template)).toBeUndefined();
    expect(renderTemplate(template, SCOPE)).toEqual({ kind: 'rendered', text });
  });

  it.each([
    ['Dear {{ contact.title }}', 'contact.title', 1],
    ['Dear {{ contact.firstName }},\n\n{{ fields.why }}', 'fields', 3],
    ['{{ contact.size }}', 'contact.size', 1],
    ['{{ contact.constructor }}', 'contact.constructor', 1],
    ['{{ contact["__proto__"] }}', 'contact.__proto__', 1],
    ['{{ contact.title | upcase | default: "you" }}', 'contact.title', 1],
  ])('names the variable that %s lacks, and its line', (template, variable, line) => {
    const answer = renderTemplate(template, SCOPE);
    expect(answer).toMatchObject({ kind: 'invalid', variable, line });
    expect(answer).toHaveProperty('message', expect.stringContaining(`Line ${line}: ${variable}`));
  });

  it.each([
    '{{ contact.firstName',
    '{% if contact.firstName %}',
    '{% for i in (1..9) %}{{ i }}{% endfor %}',
    '{% include "/etc/passwd" %}',
    '{% render "x" %}',
    '{% layout "x" %}',
    '{{ "a" | replace: "a", "b" }}',
    '{{ "now" | date: "%Y" }}',
    `${'x'.repeat(TEMPLATE_BYTES_MAX)}x`,
  ])('is refused when it is saved: %.40s', (template) => {
    expect(checkTemplate(template)).toMatchObject({ kind: 'invalid' });
    expect(renderTemplate(template, SCOPE)).toMatchObject({ kind: 'invalid' });
  });

  it.each(['{{ contact }}', '{{ (1..3) }}', '{{ contact.title | default: nil }}', '{{ true }}'])(
    'prints text and nothing else: %s is refused',
    (template) => {
      expect(renderTemplate(template, SCOPE)).toMatchObject({ kind: 'invalid' });
    },
  );

  it('cannot grow without end', () => {
    const bomb = `{% assign a = "aaaaaaaaaa" %}${'{% assign a = a | append: a %}'.repeat(100)}{{ a }}`;
    expect(renderTemplate(bomb, SCOPE)).toMatchObject({ kind: 'invalid' });
    expect(renderTemplate('{% assign a = (1..100000000) %}x', SCOPE)).toMatchObject({ kind: 'invalid' });
  });

  it('answers, whatever it is made of', () => {
    const pieces = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      'if',
      'endif',
      'contact',
      '.',
      'x',
      '|',
      '"',
      ' ',
      '-',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (all) => {
        expect(['rendered', 'invalid']).toContain(renderTemplate(all.join(''), SCOPE).kind);
      }),
      { numRuns: 500 },
    );
  });

  it('answers even when it is nested as deep as its size allows', () => {
    const depth = Math.floor(TEMPLATE_BYTES_MAX / 25);
    const nested = '{% if true %}'.repeat(depth) + '{% endif %}'.repeat(depth);
    expect(['rendered', 'invalid']).toContain(renderTemplate(nested, SCOPE).kind);
  });

  it('tells which variables it reads', () => {
    const template = '{{ contact.firstName }} {% if fields.why %}{{ fields.why | upcase }}{% endif %}';
    expect(variablesOf(template)).toEqual(['contact.firstName', 'fields.why']);
    expect(variablesOf('{{ broken')).toEqual([]);
  });
});
