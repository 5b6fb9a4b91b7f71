// A stranger's HTML keeps its formatting and loses everything that loads, runs, submits or leads away.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmlessHtml } from '../../shared/harmless-html.ts';

describe('harmless HTML', () => {
  it.each([
    ['<p>Hello <b>you</b></p>', '<p>Hello <b>you</b></p>'],
    ['<p>a &lt; b &amp; c</p>', '<p>a &#60; b &#38; c</p>'],
    ['<script>alert(1)</script>x', 'x'],
    ['<style>p{}</style>x', 'x'],
    ['<p onclick="x()" style="color:red">x</p>', '<p>x</p>'],
    ['<img src="https://t.example/p.gif" alt="Our logo">', '[Our logo]'],
    ['<a href="https://acme.example/x">here</a>', '<a title="https://acme.example/x">here</a>'],
    ['<a href="javascript:alert(1)">here</a>', '<a>here</a>'],
    ['<iframe src="https://e.example"></iframe>x', 'x'],
    ['<p>unclosed <b>bold', '<p>unclosed <b>bold</b></p>'],
    ['<td colspan="2" background="https://e.example">x</td>', '<td colspan="2">x</td>'],
  ])('%s → %s', (given, made) => {
    expect(harmlessHtml(given).html).toBe(made);
  });

  it('names nothing outside of a title, whatever comes', () => {
    const pieces = fc.constantFrom(
      '<p>',
      '</p>',
      '<b',
      ' href="https://e.example/"',
      ' src=//e.example',
      '>',
      '<img ',
      '<!--',
      '-->',
      '<![CDATA[',
      '"',
      "'",
      '&#x22;',
      'url(https://e.example)',
      '<svg/onload=',
      '</title>',
      '<title>',
      '\0',
      'x',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const { html } = harmlessHtml(parts.join(''));
        expect(html).not.toMatch(/<[^>]*(?:\s(?:src|href|style|on[a-z]+|background|action)\s*=)/i);
        expect(html).not.toMatch(/<(?:script|style|img|svg|iframe|object|form|link|meta|title)\b/i);
      }),
      { numRuns: 1_000 },
    );
  });
});
