/** Mails that ask for something elsewhere in every way that HTML knows: none of it may leave the browser. */

const mailOf = (html: string): string =>
  [
    'From: a@elsewhere.example',
    'Subject: x',
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    '',
  ].join('\r\n');

const BODIES: readonly string[] = [
  '<p>Hello <b>you</b></p><img src="https://tracker.example/pixel.gif"><link rel="stylesheet" href="https://evil.example/a.css">',
  '<body background="https://tracker.example/b.png"><style>@import url(https://evil.example/c.css)</style><p style="background:url(https://evil.example/d.png)">x</p></body>',
  '<script>fetch("https://evil.example/e")</script><iframe src="https://evil.example/f"></iframe><meta http-equiv="refresh" content="0;url=https://evil.example/g">',
  '<form action="https://evil.example/h"><button>Go</button></form><video src="https://evil.example/i"></video><a href="https://evil.example/j" ping="https://evil.example/k">link</a>',
  '<svg><image href="https://evil.example/l"/></svg><object data="https://evil.example/m"></object><table><tr><td background="https://evil.example/n">y',
];

export const HOSTILE_MAILS: readonly Uint8Array[] = BODIES.map((html) => Buffer.from(mailOf(html)));
