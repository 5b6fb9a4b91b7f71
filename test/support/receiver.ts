/** A webhook endpoint on this machine, which keeps what it is sent and answers as it is told. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Call = { readonly headers: Record<string, string>; readonly body: string };

export type Receiver = Awaited<ReturnType<typeof aReceiver>>;

export async function aReceiver(path: string) {
  const calls: Call[] = [];
  /** Status codes of the next calls; 204 when none is left. */
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      calls.push({ headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(answers.shift() ?? 204, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    calls,
    answers,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
