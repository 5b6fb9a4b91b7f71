/** Watching the SDK's calls from outside: which operation on what, and what came back. Used by tests and tools only. */

/** `input` and `output` as the service client knows them; `output` is missing where the call failed. */
export type SdkCall = {
  /** As the SDK names it: `PutItem`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output?: Readonly<Record<string, unknown>>;
};
export type Observer = (service: string, call: SdkCall) => void;

type Args = { readonly input: unknown };
type Next = (args: Args) => Promise<{ readonly output: unknown }>;
type Middleware = (next: Next, context: { readonly commandName?: string }) => Next;
/** The part of every SDK client that is used here; the SDK's own type has a parameter for each client. */
type Observable = { readonly middlewareStack: { add(middleware: Middleware, options: object): void } };

/** Sees every call once, however often the SDK repeats it. */
export function observeCalls<Client>(client: Client, service: string, observe: Observer | undefined): Client {
  if (!observe) return client;
  const { middlewareStack } = client as unknown as Observable;
  middlewareStack.add(
    (next, context) => async (args) => {
      const operation = String(context.commandName).replace(/Command$/, '');
      const input = args.input as SdkCall['input'];
      try {
        const result = await next(args);
        observe(service, { operation, input, output: result.output as SdkCall['input'] });
        return result;
      } catch (error) {
        observe(service, { operation, input });
        throw error;
      }
    },
    // Last of its step: DynamoDB's document client has turned its commands into plain ones by then.
    { step: 'serialize', priority: 'high', name: 'observeCalls' },
  );
  return client;
}
