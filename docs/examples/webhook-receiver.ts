// Takes Relance's webhooks and believes only signed ones: WEBHOOK_SECRET=whsec_… node docs/examples/webhook-receiver.ts
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.WEBHOOK_SECRET ?? '');
const BODY_BYTES_MAX = 1_000_000;

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_BYTES_MAX) return response.writeHead(413).end();
    chunks.push(chunk);
  }
  try {
    // Checks signature and age over the bytes as they came: parse only afterwards.
    const event = webhook.verify(
      Buffer.concat(chunks).toString('utf8'),
      request.headers as Record<string, string>,
    );
    // The same `webhook-id` may come again: remember it, and answer 2xx before doing anything slow.
    process.stdout.write(`${request.headers['webhook-id']} ${JSON.stringify(event)}\n`);
    response.writeHead(204).end();
  } catch {
    response.writeHead(400).end();
  }
});
server.listen(Number(process.env.PORT ?? 4100), '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`listening on ${typeof address === 'object' ? address?.port : address}\n`);
});
